# RUN: not %looplint check --select=LOOP203 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/Inputs/prove.py %s hangs
import asyncio
import concurrent.futures
import threading


async def fetch(n=1):
    await asyncio.sleep(0)
    return n


async def direct_bad():
    loop = asyncio.get_running_loop()
    future = asyncio.run_coroutine_threadsafe(fetch(), loop)
    return future.result()
    # CHECK: :[[#@LINE-1]]:12: error: `{{.*}}result` {{.*}} [LOOP203]


async def chained_bad():
    loop = asyncio.get_running_loop()
    return asyncio.run_coroutine_threadsafe(fetch(), loop).result()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP203]


async def exception_bad():
    loop = asyncio.get_event_loop()
    future = asyncio.run_coroutine_threadsafe(fetch(), loop)
    return future.exception()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP203]


def call(coroutine, loop):
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP203]
    # CHECK: note: {{.*}}`through_helper_bad`


async def through_helper_bad():
    return call(fetch(), asyncio.get_running_loop())


class Client:
    def __init__(self, loop):
        self._loop = loop

    def load(self):
        future = asyncio.run_coroutine_threadsafe(fetch(), self._loop)
        return future.result()
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP203]


async def method_bad():
    return Client(asyncio.get_running_loop()).load()


class Remembering:
    def __init__(self):
        self._loop = asyncio.get_running_loop()

    def load(self):
        return asyncio.run_coroutine_threadsafe(fetch(), self._loop).result()
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP203]


async def field_bad():
    return Remembering().load()


async def wait_bad():
    loop = asyncio.get_running_loop()
    future = asyncio.run_coroutine_threadsafe(fetch(), loop)
    concurrent.futures.wait([future])
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP203]


def on_loop(loop):
    return asyncio.run_coroutine_threadsafe(fetch(), loop).result()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP203]


async def callback_bad():
    loop = asyncio.get_running_loop()
    loop.call_soon(on_loop, loop)
    await asyncio.sleep(0.01)


# Right uses: the wait is on another thread than the loop.


async def on_worker_ok():
    loop = asyncio.get_running_loop()
    return await asyncio.to_thread(from_worker, loop)


def from_worker(loop):
    return asyncio.run_coroutine_threadsafe(fetch(), loop).result()


async def executor_ok():
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, from_worker, loop)


async def awaited_ok():
    loop = asyncio.get_running_loop()
    future = asyncio.run_coroutine_threadsafe(fetch(), loop)
    return await asyncio.wrap_future(future)


class LoopThread:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()


def loop_on_other_thread_ok():
    return LoopThread().call(fetch())


async def other_loop_ok():
    # It stalls this loop, but the other one goes on.
    return LoopThread().call(fetch())


async def task_result_ok():
    task = asyncio.create_task(fetch())
    await task
    return task.result()


async def already_done_ok():
    loop = asyncio.get_running_loop()
    future = asyncio.run_coroutine_threadsafe(fetch(), loop)
    while not future.done():
        await asyncio.sleep(0)
    return future.result()


async def served_meanwhile_ok():
    # The loop has had its turn: the work may be done, and here it is.
    loop = asyncio.get_running_loop()
    future = asyncio.run_coroutine_threadsafe(fetch(), loop)
    await asyncio.sleep(0.1)
    return future.result()


async def worker_future_ok():
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        return pool.submit(len, "abc").result()


def guarded(coroutine, loop):
    try:
        running = asyncio.get_running_loop()
    except RuntimeError:
        running = None
    if running is loop:
        return asyncio.ensure_future(coroutine)
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()


async def guarded_ok():
    return await guarded(fetch(), asyncio.get_running_loop())


class Guarded:
    def __init__(self):
        self.thread = threading.current_thread()
        self.loop = asyncio.get_running_loop()

    def load(self):
        if threading.current_thread() is self.thread:
            return None
        return asyncio.run_coroutine_threadsafe(fetch(), self.loop).result()


async def thread_compared_ok():
    here = Guarded()
    here.load()
    await asyncio.to_thread(here.load)


if __name__ == "__main__":
    loop_on_other_thread_ok()
