# RUN: %looplint check --select=LOOP403 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning|info}}:'
# RUN: %python %S/Inputs/prove.py %s "Task was destroyed but it is pending" "FN_"
#
# By hand nobody ends what is left on the loop; a runner cancels and awaits it.
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

LEFT = []


async def work():
    LEFT.append(asyncio.create_task(asyncio.sleep(60)))


# What asyncio.run does.


def run(coroutine):
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:12: info: `asyncio.new_event_loop`: a loop is made, run and closed by hand{{.*}} [LOOP403]
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(coroutine)
        # CHECK: :[[#@LINE-1]]:16: note: `AbstractEventLoop.run_until_complete` runs it
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def function_bad():
    run(work())


def debug_bad():
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:12: info: {{.*}} [LOOP403]
    loop.set_debug(True)
    try:
        loop.run_until_complete(work())
    finally:
        loop.close()


def several_bad():
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:12: info: {{.*}} [LOOP403]
    try:
        loop.run_until_complete(asyncio.sleep(0))
        loop.run_until_complete(work())
    finally:
        loop.close()


def FN_ends_generators_only():
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:12: info: {{.*}} [LOOP403]
    try:
        loop.run_until_complete(work())
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def FN_if_none_is_there():
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        # CHECK: :[[#@LINE-1]]:16: info: {{.*}} [LOOP403]
        asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(asyncio.sleep(0))
    finally:
        asyncio.set_event_loop(None)
        loop.close()


# What asyncio.Runner does.


class Client:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        # CHECK: :[[#@LINE-1]]:21: info: {{.*}} [LOOP403]

    def call(self, coroutine):
        return self.loop.run_until_complete(coroutine)

    def close(self):
        self.loop.close()


def FN_shared_by_methods():
    client = Client()
    client.call(asyncio.sleep(0))
    client.close()


# Right.


def run_ok():
    asyncio.run(work())


def runner_ok():
    with asyncio.Runner() as runner:
        runner.run(work())
        runner.run(work())


def FP_installed_for_a_pool():
    loops = []

    def install():
        loops.append(asyncio.new_event_loop())
        asyncio.set_event_loop(loops[-1])

    def call():
        loop = asyncio.get_event_loop_policy().get_event_loop()
        return loop.run_until_complete(asyncio.sleep(0))

    with ThreadPoolExecutor(1, initializer=install) as pool:
        pool.submit(call).result()
    loops[0].close()


def FP_ends_what_is_left():
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(asyncio.sleep(0))
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def FP_runs_forever():
    loop = asyncio.new_event_loop()
    loop.call_soon(loop.stop)
    try:
        loop.run_forever()
    finally:
        loop.close()


def FP_for_a_thread_of_its_own():
    loop = asyncio.new_event_loop()

    def serve():
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    thread = threading.Thread(target=serve)
    thread.start()
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
