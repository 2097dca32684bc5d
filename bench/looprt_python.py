#!/usr/bin/env python3
"""Measures looprt's Python package beside what it replaces, in one run on one machine.

usage: looprt_python.py [add] [dispatch] [idle] [loader] [bridge] [guard]

The package is found by PYTHONPATH (build/release/python). Times are the thread's processor time, so that what else runs on
the machine does not count; where the wall clock matters (stalls) it is said. APScheduler is Debian's python3-apscheduler.
aiodataloader is in no package of Debian's: its algorithm is written down here as its documentation and source describe it
(one future a key, shared by all waiters; a callback, a task, and another task a batch; load_many gathers). Side by side with
the source of its version 0.4.2 it takes the same time, within the noise.
"""
import asyncio
import collections
import contextlib
import gc
import resource
import statistics
import sys
import threading
import time
from datetime import datetime, timedelta, timezone

import looprt

MILLION = 1_000_000
cpu = time.thread_time


def say(what, value, unit, *, beside=None, most=None, least=None, times=None):
    """One line: the figure, the peer's, and whether the bar holds: `most`, `least`, or so many `times` the peer."""
    text = f"{what:50}{value:10.3f} {unit}"
    if beside is not None:
        text += f"   beside {beside:.3f} {unit}, {beside / value:.1f} times"
    if most is not None:
        text += f" (bar {most:g}): {'ok' if value <= most else 'OVER'}"
    if least is not None:
        text += f" (bar {least:g}): {'ok' if value >= least else 'UNDER'}"
    if times is not None:
        text += f" (bar {times:g} times): {'ok' if beside / value >= times else 'UNDER'}"
    print(text, flush=True)


async def no_op():
    pass


# --- adding and dispatching

async def looprt_add(count):
    trigger = looprt.IntervalTrigger(hours=1, start_time=datetime.now(timezone.utc) + timedelta(days=1))
    async with looprt.Scheduler() as scheduler:
        begin = cpu()
        for _ in range(count):
            await scheduler.add_schedule(no_op, trigger)
        single = cpu() - begin
        begin = cpu()
        await scheduler.add_schedules(no_op, [trigger] * count)
        return single, cpu() - begin


async def apscheduler_add(count):
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.start()
    start = datetime.now(timezone.utc) + timedelta(days=1)
    begin = cpu()
    for _ in range(count):
        scheduler.add_job(no_op, "interval", hours=1, start_date=start)
    spent = cpu() - begin
    scheduler.shutdown()
    return spent


def add():
    single, bulk = asyncio.run(looprt_add(MILLION))
    say("add_schedule, a million one by one", single, "s", most=1.5)
    say("add_schedules, a million at once", bulk, "s", most=1.5)
    few = 3_000
    peer = asyncio.run(apscheduler_add(few)) / few
    say("add_schedule, each; beside APScheduler", single / MILLION * 1e6, "us", beside=peer * 1e6, times=10)


async def looprt_dispatch(count, eager):
    ran = 0

    async def job():
        nonlocal ran
        ran += 1

    async with looprt.Scheduler(eager_start=eager) as scheduler:
        await scheduler.add_schedules(job, [looprt.DateTrigger(datetime.now(timezone.utc) + timedelta(seconds=1))] * count)
        gc.collect()
        while not ran:
            await asyncio.sleep(0.001)
        before, begin, stall = ran, cpu(), [0.0, 0.0]
        last = cpu(), time.perf_counter()
        while ran < count:
            await asyncio.sleep(0)
            now = cpu(), time.perf_counter()
            stall = [max(longest, end - start) for longest, end, start in zip(stall, now, last)]
            last = now
        return (cpu() - begin) / (count - before), stall


async def apscheduler_dispatch(count):
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    ran = 0

    async def job():
        nonlocal ran
        ran += 1

    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None})
    due = datetime.now(timezone.utc)
    scheduler.start(paused=True)
    for _ in range(count):
        scheduler.add_job(job, "date", run_date=due)
    begin = cpu()
    scheduler.resume()
    while ran < count:
        await asyncio.sleep(0)
    spent = cpu() - begin
    scheduler.shutdown()
    return spent / count


def dispatch():
    each, stall = asyncio.run(looprt_dispatch(MILLION, eager=False))
    say("dispatch of a million due no-op jobs", 1 / each / 1000, "k/s", least=300)
    say("  longest stall of the loop", stall[0] * 1000, "ms", most=5)
    say("    by the wall clock", stall[1] * 1000, "ms")
    if sys.version_info >= (3, 12):
        each, _ = asyncio.run(looprt_dispatch(MILLION, eager=True))
        say("  with eager_start", 1 / each / 1000, "k/s", least=700)
    count = 30_000
    each, _ = asyncio.run(looprt_dispatch(count, eager=False))
    say(f"dispatch of {count:,}, each; beside APScheduler", each * 1e6, "us",
        beside=asyncio.run(apscheduler_dispatch(count)) * 1e6, times=10)


async def looprt_idle():
    async with looprt.Scheduler() as scheduler:
        await scheduler.add_schedule(no_op, looprt.IntervalTrigger(hours=1, start_time=datetime.now(timezone.utc) + timedelta(hours=1)))
        await asyncio.sleep(0.1)
        before = resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw
        await asyncio.sleep(5)
        return resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw - before - 1  # the end of this sleep


def idle():
    say("idle scheduler: wake-ups in five seconds", asyncio.run(looprt_idle()), "", most=0)


# --- loading

PeerKey = collections.namedtuple("PeerKey", "key,future")


class PeerLoader:
    """aiodataloader's algorithm, with the checks that it makes for each key."""

    batch = cache = True
    max_batch_size = None

    def __init__(self, batch_load_fn, loop):
        self.batch_load_fn, self.loop = batch_load_fn, loop
        self.get_cache_key = lambda key: key
        self.known, self.queue = {}, []

    def load(self, key):
        if key is None:
            raise TypeError
        cache_key = self.get_cache_key(key)
        if self.cache:
            future = self.known.get(cache_key)
            if future:
                return future
        future = self.loop.create_future()
        if self.cache:
            self.known[cache_key] = future
        self.enqueue(key, future)
        return future

    def load_many(self, keys):
        return asyncio.gather(*[self.load(key) for key in keys])

    def enqueue(self, key, future):
        self.queue.append(PeerKey(key=key, future=future))
        if len(self.queue) == 1 and self.batch:
            self.loop.call_soon(asyncio.ensure_future, self.dispatch())

    async def dispatch(self):
        queue, self.queue = self.queue, []
        asyncio.ensure_future(self.dispatch_batch(queue))

    async def dispatch_batch(self, queue):
        keys = [wanted.key for wanted in queue]
        values = list(await self.batch_load_fn(keys))
        if len(values) != len(keys):
            raise TypeError
        for wanted, value in zip(queue, values):
            if wanted.future.done():
                continue
            if isinstance(value, Exception):
                wanted.future.set_exception(value)
            else:
                wanted.future.set_result(value)


async def batch(keys):
    return keys


# What is called for five hundred keys; a loader is made for each.

async def many(loader, keys):
    await loader.load_many(keys)


async def gathered(loader, keys):
    await asyncio.gather(*[loader.load(key) for key in keys])


async def awaited(loader, keys):
    for waiter in [loader.load(key) for key in keys]:
        await waiter


async def called(loader, keys):
    waiters = [loader.load(key) for key in keys]
    await waiters[-1]


async def only_looped(loader, keys):
    [key for key in keys]


async def spent_on(loader, use, count):
    """Processor time a key: cold, cached. Walking over the keys one by one is not the loader's, and taken off."""
    spent = []
    for what in use, use, only_looped:
        begin = cpu()
        for first in range(0, count, 500):
            await what(loader, range(first, first + 500))
        spent.append((cpu() - begin) / count)
    cold, cached, walk = spent
    return (cold, cached) if use is many else (cold - walk, cached - walk)


async def compare(use):
    """The best of runs in turns: a busy machine only ever adds, and hits both."""
    count, ours, theirs = 50_000, [], []
    for _ in range(7):
        async with looprt.loader_scope():
            ours.append(await spent_on(looprt.DataLoader(batch), use, count))
        theirs.append(await spent_on(PeerLoader(batch, asyncio.get_running_loop()), use, count))
    return [[min(column) * 1e6 for column in zip(*runs)] for runs in (ours, theirs)]


def loader():
    for what, use, bars in (("load_many", many, (2, 2)), ("load, awaited", awaited, (2, None)), ("load, the call", called, (2, 2)),
                            ("load, gathered", gathered, (None, None))):
        ours, theirs = asyncio.run(compare(use))
        for which, our, their, bar in zip(("cold", "cached"), ours, theirs, bars):
            say(f"{what}, a key, {which}; beside aiodataloader", our, "us", beside=their, times=bar)


# --- bridges

def bridge():
    count = 3_000
    begin = cpu()
    for _ in range(count):
        looprt.run_sync(no_op)
    ours = (cpu() - begin) / count
    begin = cpu()
    for _ in range(300):
        asyncio.run(no_op())
    say("run_sync on a plain thread; beside asyncio.run", ours * 1e6, "us", beside=(cpu() - begin) / 300 * 1e6)


# --- the guard

async def echo(rounds):
    async def serve(reader, writer):
        while True:
            data = await reader.read(1024)
            if not data:
                break
            writer.write(data)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    for at in range(rounds + 100):
        if at == 100:  # the interpreter has to adapt to what was patched
            begin = cpu()
        writer.write(b"x" * 100)
        await writer.drain()
        await reader.read(1024)
    spent = cpu() - begin
    writer.close()
    server.close()
    return spent / rounds


@contextlib.contextmanager
def guarded():
    looprt.guard.enable(mode="count")
    yield
    looprt.guard.disable()


@contextlib.contextmanager
def beside_a_thread():
    """One that sleeps. That there are two makes each system call of the first a little dearer."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    yield
    done.set()
    thread.join()


def guard():
    kinds = [contextlib.nullcontext, guarded, beside_a_thread]
    off, added, thread = [], [], []
    for number in range(100):
        spent = {}
        for kind in kinds[number % 3:] + kinds[:number % 3]:
            with kind():
                spent[kind] = asyncio.run(echo(400))
        off.append(spent[contextlib.nullcontext])
        added.append(spent[guarded] / off[-1] - 1)
        thread.append(spent[beside_a_thread] / off[-1] - 1)
    say("echo round, guard off", statistics.median(off) * 1e6, "us")
    say("  the guard adds, median of 100", statistics.median(added) * 100, "%", most=3)
    say("  a thread that sleeps, as it has one, adds", statistics.median(thread) * 100, "%")


def main():
    chosen = sys.argv[1:]
    for part in add, dispatch, idle, loader, bridge, guard:
        if not chosen or part.__name__ in chosen:
            gc.collect()
            gc.freeze()  # what the parts before have left is no part of this
            part()


if __name__ == "__main__":
    main()
