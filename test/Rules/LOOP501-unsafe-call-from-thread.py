# RUN: not %looplint check --select=LOOP501 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: env PYTHONASYNCIODEBUG=1 %python %S/Inputs/prove.py %s \
# RUN:   "Non-thread-safe operation|This event loop is already running|hangs"
#
# In asyncio's debug mode the loop refuses such calls; then nobody wakes it.
import asyncio
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor


async def work(value=None):
    await asyncio.sleep(0)
    return value


# Calls of the loop.


async def call_soon_bad():
    loop = asyncio.get_running_loop()

    def target():
        loop.call_soon(print)
        # CHECK: :[[#@LINE-1]]:9: error: `AbstractEventLoop.call_soon` is called on a worker thread{{.*}}`loop.call_soon_threadsafe` is for that [LOOP501]

    threading.Thread(target=target).start()
    await asyncio.sleep(0.1)


async def create_task_bad():
    loop = asyncio.get_running_loop()
    coroutine = work()

    def target():
        loop.create_task(coroutine)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}}`asyncio.run_coroutine_threadsafe` is for that [LOOP501]

    try:
        await asyncio.to_thread(target)
    finally:
        coroutine.close()


async def given_directly_bad():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:
        pool.submit(loop.call_later, 1, print).result()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP501]


# Objects that somebody waits for on the loop.


class Connection:
    def __init__(self):
        self.ready = asyncio.Event()
        self.lines = asyncio.Queue()

    def shake_hands(self):
        self.ready.set()
        # CHECK: :[[#@LINE-1]]:9: error: `Event.set` is called on a worker thread, {{.*}} [LOOP501]

    def receive(self):
        self.lines.put_nowait("line")
        # CHECK: :[[#@LINE-1]]:9: error: `Queue.put_nowait` {{.*}} [LOOP501]

    async def open(self):
        thread = threading.Thread(target=self.shake_hands)
        asyncio.get_running_loop().call_soon(thread.start)
        await self.ready.wait()

    async def read(self):
        thread = threading.Thread(target=self.receive)
        asyncio.get_running_loop().call_soon(thread.start)
        await self.lines.get()


async def event_bad():
    await Connection().open()


async def queue_bad():
    await Connection().read()


async def FN_future_through_a_pools_callback():
    future = asyncio.get_running_loop().create_future()

    def done(outer):
        future.set_result(outer.result())
        # CHECK: :[[#@LINE-1]]:9: error: `Future.set_result` {{.*}} [LOOP501]

    with ThreadPoolExecutor() as pool:
        pool.submit(time.sleep, 0.05).add_done_callback(done)
        await asyncio.wait([future], timeout=0.2)


class Prompt:
    def __init__(self):
        self.task = None

    async def ask(self):
        self.task = asyncio.current_task()
        await asyncio.sleep(0.3)

    def interrupt(self):
        if self.task is not None:
            self.task.cancel()
            # CHECK: :[[#@LINE-1]]:13: error: `Future.cancel` {{.*}} [LOOP501]


async def FN_task_of_the_caller():
    prompt = Prompt()

    def watch():
        time.sleep(0.05)
        prompt.interrupt()

    threading.Thread(target=watch).start()
    await prompt.ask()


# A loop on a thread of its own, called from the main thread.


class Background:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)

    def start(self):
        self.loop.call_soon(print)
        self.thread.start()

    def spawn(self, coroutine):
        self.loop.create_task(coroutine)
        # CHECK: :[[#@LINE-1]]:9: error: `AbstractEventLoop.create_task` is called on the main thread{{.*}} [LOOP501]

    def end(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


def main_thread():
    background = Background()
    background.start()
    time.sleep(0.05)
    coroutine = work()
    try:
        background.spawn(coroutine)
    finally:
        coroutine.close()
        background.end()


if __name__ == "__main__":
    main_thread()


def main_thread_bad():
    main_thread()


# One loop that several threads run.

shared = asyncio.new_event_loop()


def run_shared():
    shared.run_until_complete(asyncio.sleep(0.1))
    # CHECK: :[[#@LINE-1]]:5: error: `AbstractEventLoop.run_until_complete` runs one loop on several threads{{.*}} [LOOP501]


def shared_bad():
    with ThreadPoolExecutor() as pool:
        for job in [pool.submit(run_shared) for _ in range(3)]:
            job.result()


# Right.


async def threadsafe_ok():
    loop = asyncio.get_running_loop()
    lines = asyncio.Queue()

    def target():
        time.sleep(0.05)
        loop.call_soon_threadsafe(lines.put_nowait, 1)
        asyncio.run_coroutine_threadsafe(lines.put(2), loop).result()
        loop.call_soon_threadsafe(lambda: lines.put_nowait(3))

    threading.Thread(target=target).start()
    for _ in range(3):
        await lines.get()


async def thread_queue_ok():
    lines = queue.Queue()
    threading.Thread(target=lambda: lines.put_nowait(1)).start()
    await asyncio.to_thread(lines.get)


def FP_thread_prepares_its_own_loop():
    def target():
        loop = asyncio.new_event_loop()
        loop.call_soon(loop.stop)
        loop.run_forever()
        loop.close()

    thread = threading.Thread(target=target)
    thread.start()
    thread.join()


def FP_thread_uses_its_own_queue():
    def target():
        lines = asyncio.Queue()
        lines.put_nowait(1)
        asyncio.run(lines.get())

    thread = threading.Thread(target=target)
    thread.start()
    thread.join()


def FP_before_the_loop_runs():
    loop = asyncio.new_event_loop()
    task = loop.create_task(work())
    thread = threading.Thread(target=loop.run_until_complete, args=(task,))
    thread.start()
    thread.join()
    loop.close()


class Bridge:
    def __init__(self, loop):
        self.loop = loop

    def send(self, call):
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            self.loop.call_soon_threadsafe(call)
        else:
            self.loop.call_soon(call)

    def send_from(self, call):
        if threading.current_thread() is threading.main_thread():
            self.loop.call_soon(call)
        else:
            self.loop.call_soon_threadsafe(call)


async def FP_asks_where_it_is():
    bridge = Bridge(asyncio.get_running_loop())
    for send in (bridge.send, bridge.send_from):
        send(print)
        await asyncio.to_thread(send, print)


def FP_a_loop_after_another():
    # Set up on the main thread, then run on a thread of its own.
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())
    thread = threading.Thread(target=loop.run_until_complete, args=(work(),))
    thread.start()
    thread.join()
    loop.close()


class LoopThread(threading.Thread):
    def __init__(self):
        super().__init__()
        self.loop = asyncio.new_event_loop()

    def run(self):
        try:
            self.loop.run_forever()
        finally:
            self.loop.close()

    def end(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.join()


def FP_threads_with_loops_of_their_own():
    first = LoopThread()
    second = LoopThread()
    first.start()
    second.start()
    first.end()
    second.end()
