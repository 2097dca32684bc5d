# RUN: %looplint check --blocking-tier file --confidence=possible %s \
# RUN:   | FileCheck %s
#
# Right ways to wait: none of them stops a loop.
#
# CHECK: no findings in 1 file
import asyncio
import functools
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from tornado.ioloop import IOLoop, PeriodicCallback


def slow(seconds=0):
    time.sleep(seconds)
    with open("settings") as file:
        return file.read()


class Service:
    """Its helpers only ever run in an executor."""

    def blocking(self):
        return slow(2)

    def outer(self):
        return self.blocking()

    async def serve(self):
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self.outer)
        await loop.run_in_executor(None, lambda: self.outer())
        await asyncio.to_thread(lambda: slow(3))

        def nested():
            return self.blocking()

        await loop.run_in_executor(None, nested)
        await loop.run_in_executor(None, functools.partial(self.outer))
        await self.elsewhere(slow, 1)
        await self.elsewhere(lambda: slow(1))

    async def elsewhere(self, function, *arguments):
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, lambda: function(*arguments))


class LoopThread(threading.Thread):
    """Owns its loop."""

    def __init__(self):
        super().__init__()
        self.loop = None
        self.ready = threading.Event()

    def run(self):
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        self.loop.call_soon(self.ready.set)
        try:
            self.loop.run_forever()
        finally:
            asyncio.set_event_loop(None)
            self.loop.close()

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)

    def submit(self, coroutine):
        if threading.get_ident() == self.ident:
            raise RuntimeError("on the loop's own thread")
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()


async def result_of_what_is_done():
    task = asyncio.create_task(asyncio.sleep(1))
    done, _ = await asyncio.wait({task})
    for each in done:
        each.result()
    if task.done():
        task.result()
    with ThreadPoolExecutor() as pool:
        future = pool.submit(slow)
        while not future.done():
            await asyncio.sleep(0.1)
        return future.result()


class Bridge:
    """Asks where it is before it waits."""

    def __init__(self, loop):
        self.loop = loop
        self.thread = threading.get_ident()

    def by_thread(self, coroutine):
        if self.thread == threading.get_ident():
            raise RuntimeError("on the loop's own thread")
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()

    def by_state(self, coroutine):
        if self.loop.is_running():
            return asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        return self.loop.run_until_complete(coroutine)

    def by_loop(self, coroutine):
        try:
            running = asyncio.get_running_loop()
        except RuntimeError:
            running = None
        if running is self.loop:
            raise RuntimeError("on the loop's own thread")
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()


async def use_bridges():
    bridge = Bridge(asyncio.get_running_loop())
    bridge.by_state(asyncio.sleep(0))
    await asyncio.to_thread(bridge.by_thread, asyncio.sleep(0))
    await asyncio.to_thread(bridge.by_loop, asyncio.sleep(0))


async def tick():
    await asyncio.sleep(0)


def serve_ticks():
    PeriodicCallback(tick, 100).start()
    IOLoop.current().add_callback(tick)
    IOLoop.current().start()


if __name__ == "__main__":
    thread = LoopThread()
    thread.start()
    thread.ready.wait()
    thread.submit(asyncio.sleep(0))
    thread.stop()
    asyncio.run(Service().serve())
    asyncio.run(result_of_what_is_done())
    asyncio.run(use_bridges())
    serve_ticks()
