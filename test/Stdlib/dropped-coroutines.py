# RUN: not %looplint check --select=LOOP303 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "never awaited|coroutines cannot be used"
#
# Everything in the standard library that calls what it is given and drops a
# coroutine.
import asyncio
import contextlib
import contextvars
import functools
import multiprocessing.pool
import os
import sched
import signal
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor


async def tick(*arguments, **keywords):
    await asyncio.sleep(0)


def timer_bad():
    threading.Timer(0, tick).start()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]


class Thing:
    pass


def sched_bad():
    scheduler = sched.scheduler(time.time, time.sleep)
    scheduler.enter(0, 1, tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    scheduler.run()


def finalizer_bad():
    thing = Thing()
    weakref.finalize(thing, tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]


def exit_stack_bad():
    with contextlib.ExitStack() as stack:
        stack.callback(tick)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP303]


async def async_exit_stack_bad():
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(tick)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP303]


def thread_pool_bad():
    with multiprocessing.pool.ThreadPool(1) as pool:
        pool.apply_async(abs, (1,), callback=tick)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP303]
        time.sleep(0.1)


def future_callback_bad():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(abs, 1).add_done_callback(tick)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP303]


def sorted_bad():
    sorted([1], key=tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]


def filter_bad():
    list(filter(tick, [1]))
    # CHECK: :[[#@LINE-1]]:10: error: {{.*}} [LOOP303]


async def signal_handler_bad():
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.sleep(0.01)


async def reader_bad():
    loop = asyncio.get_running_loop()
    reading, writing = os.pipe()
    loop.add_reader(reading, tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    os.write(writing, b"x")
    await asyncio.sleep(0.01)
    loop.remove_reader(reading)


async def threadsafe_bad():
    loop = asyncio.get_running_loop()
    loop.call_soon_threadsafe(tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    await asyncio.sleep(0.01)


async def call_at_bad():
    loop = asyncio.get_running_loop()
    loop.call_at(loop.time(), functools.partial(tick, 1))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    await asyncio.sleep(0.01)


async def exception_handler_bad():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    loop.call_exception_handler({"message": "told"})


async def executor_bad():
    await asyncio.get_running_loop().run_in_executor(None, tick)
    # CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP303]


async def to_thread_bad():
    await asyncio.to_thread(tick)
    # CHECK: :[[#@LINE-1]]:{{5|11}}: error: {{.*}} [LOOP303]


class Lines(asyncio.Protocol):
    async def connection_made(self, transport):
        # CHECK: :[[#@LINE-1]]:15: error: {{.*}}`Lines.connection_made`{{.*}} [LOOP303]
        await tick()


async def protocol_bad():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Lines, "localhost", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("localhost", port)
    await asyncio.sleep(0.05)
    writer.close()
    server.close()


# Right uses.


async def map_ok():
    await asyncio.gather(*map(tick, [1, 2]))


async def context_run_ok():
    await contextvars.copy_context().run(tick)


async def async_callbacks_ok():
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(tick)


async def stream_server_ok():
    # A coroutine function becomes a task for each connection.
    async def serve(reader, writer):
        await tick()
        writer.close()

    server = await asyncio.start_server(serve, "localhost", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("localhost", port)
    await reader.read()
    writer.close()
    server.close()


async def partial_ok():
    await functools.partial(tick, 1)()


async def task_group_ok():
    async with asyncio.TaskGroup() as group:
        group.create_task(tick())


if __name__ == "__main__":
    timer_bad()
    sched_bad()
    finalizer_bad()
    exit_stack_bad()
    thread_pool_bad()
    future_callback_bad()
    sorted_bad()
    filter_bad()
    sys.exit()
