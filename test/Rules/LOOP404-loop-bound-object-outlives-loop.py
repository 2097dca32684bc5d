# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP404 --target-version=3.11 before.py commands.py lazy.py new.py twice.py \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: not %looplint check --select=LOOP404 --target-version=3.9 old.py \
# RUN:   | FileCheck %s --check-prefix=OLD --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/Inputs/prove.py new.py "different( event)? loop|Event loop is closed"
# RUN: not %python before.py 2>&1 | FileCheck %s --check-prefix=BEFORE
# RUN: not %python twice.py 2>&1 | FileCheck %s --check-prefix=TWICE
# RUN: not %python lazy.py 2>&1 | FileCheck %s --check-prefix=TWICE
# BEFORE: attached to a different loop
# TWICE: RuntimeError: {{.*}} is bound to a different event loop

#--- before.py
# A future of the loop that the policy made, awaited under the run's own.
import asyncio


class Client:
    def __init__(self):
        self.gone = asyncio.get_event_loop().create_future()
        # CHECK: before.py:[[#@LINE-1]]:21: error: `asyncio.Future` of one loop is used under another: RuntimeError: … attached to a different loop{{.*}} [LOOP404]

    async def wait(self):
        await self.gone


client = Client()
asyncio.run(client.wait())

#--- lazy.py
# Made when first needed, and kept in a variable of the module.
import asyncio

_lock = None
_locks = {}


def lock():
    global _lock
    if _lock is None:
        _lock = asyncio.Lock()
        # CHECK: lazy.py:[[#@LINE-1]]:17: error: {{.*}} [LOOP404]
    return _lock


def lock_of_this_loop():
    loop = asyncio.get_running_loop()
    if loop not in _locks:
        _locks[loop] = asyncio.Lock()
    return _locks[loop]


async def enter(find):
    async with find():
        await asyncio.sleep(0.01)


async def crowd(find):
    await asyncio.gather(*[enter(find) for _ in range(3)])


for _ in range(2):
    asyncio.run(crowd(lock_of_this_loop))
for _ in range(2):
    asyncio.run(crowd(lock))

#--- new.py
import asyncio
import threading


async def work():
    await asyncio.sleep(0)


# Futures and tasks belong to a loop from the start.


async def start():
    return asyncio.get_running_loop().create_future()


async def finish(future):
    await future


def from_run_to_run_bad():
    future = asyncio.run(start())
    asyncio.run(finish(future))
    # CHECK: new.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP404]


# Locks and queues belong to the loop under which somebody first waits.


class Limited:
    def __init__(self):
        self.slots = asyncio.Semaphore(1)
        # CHECK: new.py:[[#@LINE-1]]:22: error: `asyncio.Semaphore` {{.*}} is bound to a different event loop{{.*}} [LOOP404]

    async def enter(self):
        async with self.slots:
            await asyncio.sleep(0.01)

    async def crowd(self):
        await asyncio.gather(self.enter(), self.enter())


def in_two_runs_bad():
    limited = Limited()
    asyncio.run(limited.crowd())
    asyncio.run(limited.crowd())


async def FN_under_a_threads_loop():
    queue = asyncio.Queue(1)
    waiting = asyncio.ensure_future(queue.get())
    await asyncio.sleep(0)

    async def take():
        await queue.get()

    thread = threading.Thread(target=lambda: asyncio.run(take()))
    # CHECK: new.py:[[#@LINE-1]]:46: error: {{.*}} [LOOP404]
    thread.start()
    await asyncio.to_thread(thread.join)
    waiting.cancel()


# Right.


async def own_lock():
    lock = asyncio.Lock()
    async with lock:
        await work()


def FP_each_run_makes_its_own():
    asyncio.run(own_lock())
    asyncio.run(own_lock())


def one_run_ok():
    limited = Unshared()
    asyncio.run(limited.crowd())


class Unshared:
    def __init__(self):
        self.slots = asyncio.Semaphore(1)

    async def enter(self):
        async with self.slots:
            await asyncio.sleep(0.01)

    async def crowd(self):
        await asyncio.gather(self.enter(), self.enter())


def FP_one_loop_runs_twice():
    loop = asyncio.new_event_loop()
    kept = Kept()
    loop.run_until_complete(kept.enter())
    loop.run_until_complete(kept.enter())
    loop.close()


class Kept:
    def __init__(self):
        self.slots = asyncio.Semaphore(1)

    async def enter(self):
        async with self.slots:
            await asyncio.sleep(0.01)


def FP_one_run_or_the_other(short=True):
    either = Either()
    if short:
        asyncio.run(either.enter())
    else:
        asyncio.run(either.enter())


class Either:
    def __init__(self):
        self.slots = asyncio.Semaphore(1)

    async def enter(self):
        async with self.slots:
            await asyncio.sleep(0.01)

#--- commands.py
# One process runs one of these.
import asyncio

import typer

app = typer.Typer()


class Server:
    def __init__(self):
        self.slots = asyncio.Semaphore(1)

    async def serve(self):
        async with self.slots:
            await asyncio.sleep(0.01)


server = Server()


@app.command()
def FP_console():
    asyncio.run(server.serve())


@app.command()
def FP_start():
    asyncio.run(server.serve())


app()

#--- old.py
# Up to 3.9 it is the loop that is current when they are made.
import asyncio


class Limited:
    def __init__(self):
        self.slots = asyncio.Semaphore(1)
        # OLD: old.py:[[#@LINE-1]]:22: error: {{.*}} [LOOP404]

    async def enter(self):
        async with self.slots:
            await asyncio.sleep(0.01)


limited = Limited()
asyncio.run(limited.enter())

#--- twice.py
import asyncio

slots = asyncio.Semaphore(1)
# CHECK: twice.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP404]
# CHECK: twice.py:[[#@LINE-2]]:9: note: the object is made here


async def enter():
    async with slots:
        await asyncio.sleep(0.01)


async def main():
    await asyncio.gather(enter(), enter())


asyncio.run(main())
# CHECK: twice.py:[[#@LINE-1]]:1: note: a first loop uses it
asyncio.run(main())
# CHECK: twice.py:[[#@LINE-1]]:1: note: a second loop is this one
