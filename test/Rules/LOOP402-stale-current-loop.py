# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP402 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/Inputs/prove.py cases.py "Event loop is closed"
# RUN: not %python asked.py 2>&1 | FileCheck %s --check-prefix=ASKED
# RUN: %python script.py
# ASKED: RuntimeError: Event loop is closed

#--- asked.py
# The script itself asks for the loop that it has closed.
import asyncio


async def work():
    await asyncio.sleep(0)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(work())
loop.close()
# CHECK: asked.py:[[#@LINE-1]]:1: warning: {{.*}} [LOOP402]
asyncio.get_event_loop().run_until_complete(work())
# CHECK: asked.py:[[#@LINE-1]]:1: note: `asyncio.get_event_loop` gets the closed loop here

#--- cases.py
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor


async def work():
    await asyncio.sleep(0)


def later():
    asyncio.get_event_loop_policy().get_event_loop().run_until_complete(work())


# Whoever asks next on this thread gets the closed loop.


def left(coroutine):
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
        # CHECK: cases.py:[[#@LINE-1]]:9: warning: `AbstractEventLoop.close` closes a loop that stays {{.*}} [LOOP402]


def plain_bad():
    left(work())
    later()


def job():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(work())
    loop.close()
    # CHECK: cases.py:[[#@LINE-1]]:5: warning: {{.*}} [LOOP402]


def FN_on_a_pools_thread():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(job).result()
        pool.submit(later).result()


class Client:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)

    def close(self):
        self.loop.close()
        # CHECK: cases.py:[[#@LINE-1]]:9: warning: {{.*}} [LOOP402]


def FN_in_another_method():
    client = Client()
    client.close()
    later()


# Right.


def run_and_reset(coroutine):
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(coroutine)
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def reset_before_ok():
    run_and_reset(work())


def reset_after_ok():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(work())
    loop.close()
    asyncio.set_event_loop(asyncio.new_event_loop())


def never_installed_ok():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())
    loop.close()


def close(loop):
    loop.close()


def FP_reset_by_the_caller():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(work())
    close(loop)
    asyncio.set_event_loop(None)


def FP_only_job_of_its_pool():
    def job():
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.run_until_complete(work())
        loop.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(job).result()


def FP_only_such_jobs():
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(job_like_the_others)
        second = pool.submit(job_like_the_others)
        return first.result(), second.result()


def job_like_the_others():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(work())
    loop.close()


class FP_in_run_of_its_thread(threading.Thread):
    def run(self):
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.run_until_complete(work())
        loop.close()


def FP_at_the_end_of_its_thread():
    def run():
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(work())
        finally:
            loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()

#--- script.py
# Nobody asks at the end of a script.
import asyncio


async def main():
    await asyncio.sleep(0)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
try:
    loop.run_until_complete(main())
finally:
    loop.close()

#--- command.py
# Nor where a command ends that another file starts.
import asyncio


async def main():
    await asyncio.sleep(0)


def serve():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(main())
    finally:
        loop.close()

#--- __main__.py
import command

command.serve()

#--- server.py
# Where a loop that runs forever ends, its process does.
import asyncio


def FP_serve(stop):
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(stop())
        loop.close()
