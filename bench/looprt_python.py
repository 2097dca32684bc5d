#!/usr/bin/env python3
"""Measures looprt's Python package beside what it replaces, in one run on one machine.

usage: looprt_python.py [--million] [add] [dispatch] [loader] [bridge] [guard]

The package is found by PYTHONPATH (build/release/python). Times are the thread's CPU time, so that what else runs on the
machine does not count; where the wall clock matters (stalls) it is said. APScheduler is Debian's python3-apscheduler.
aiodataloader is not packaged: its algorithm is written down here (one future a key, shared by all waiters; a callback, a
task, and another task a batch; load_many gathers). Where many are due, `--million` takes a million.
"""
import asyncio
import collections
import gc
import sys
import time
from datetime import datetime, timedelta, timezone

import looprt

MILLION = "--million" in sys.argv
cpu = time.thread_time


def say(what, value, unit, beside=None):
    more = "" if beside is None else f"   {beside:10.3f} {unit}, {beside / value:.1f} times"
    print(f"{what:46}{value:10.3f} {unit}{more}", flush=True)


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
    count = 1_000_000 if MILLION else 100_000
    single, bulk = asyncio.run(looprt_add(count))
    few = 3_000
    peer = asyncio.run(apscheduler_add(few)) / few
    say(f"add_schedule, {count:,} one by one, each", single / count * 1e6, "us", peer * 1e6)
    say("add_schedules, as many at once, each", bulk / count * 1e6, "us", peer * 1e6)


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
        before, begin, stall, last = ran, cpu(), 0.0, time.perf_counter()
        while ran < count:
            await asyncio.sleep(0)
            now = time.perf_counter()
            stall, last = max(stall, now - last), now
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
    count = 1_000_000 if MILLION else 200_000
    each, stall = asyncio.run(looprt_dispatch(count, eager=False))
    peer = asyncio.run(apscheduler_dispatch(10_000))
    say(f"dispatch of {count:,} due no-op jobs, each", each * 1e6, "us", peer * 1e6)
    say("  jobs per second", 1 / each / 1000, "k/s")
    say("  longest stall of the loop, wall clock", stall * 1000, "ms")
    if sys.version_info >= (3, 12):
        each, _ = asyncio.run(looprt_dispatch(count, eager=True))
        say("  jobs per second, eager_start", 1 / each / 1000, "k/s")


# --- loading

PeerKey = collections.namedtuple("PeerKey", "key,future")


class PeerLoader:
    """aiodataloader's algorithm."""

    def __init__(self, batch_load_fn, loop):
        self.batch_load_fn, self.loop = batch_load_fn, loop
        self.cache, self.queue = {}, []

    def get_cache_key(self, key):
        return key

    def load(self, key):
        cache_key = self.get_cache_key(key)
        cached = self.cache.get(cache_key)
        if cached is not None:
            return cached
        future = self.loop.create_future()
        self.cache[cache_key] = future
        self.enqueue(key, future)
        return future

    def enqueue(self, key, future):
        self.queue.append(PeerKey(key=key, future=future))
        if len(self.queue) == 1:
            self.loop.call_soon(asyncio.ensure_future, self.dispatch())

    async def dispatch(self):
        queue, self.queue = self.queue, []
        asyncio.ensure_future(self.dispatch_batch(queue))

    async def dispatch_batch(self, queue):
        values = list(await self.batch_load_fn([wanted.key for wanted in queue]))
        for wanted, value in zip(queue, values):
            if isinstance(value, Exception):
                wanted.future.set_exception(value)
            else:
                wanted.future.set_result(value)


async def batch(keys):
    return keys


async def compare_many(count):
    async with looprt.loader_scope():
        ours = await many_loads(looprt.DataLoader(batch).load_many, count)
    peer = PeerLoader(batch, asyncio.get_running_loop())
    return ours, await many_loads(lambda keys: asyncio.gather(*[peer.load(key) for key in keys]), count)


async def many_loads(load_many, count):
    spent = []
    for _ in range(2):
        begin = cpu()
        for first in range(0, count, 500):
            await load_many(range(first, first + 500))
        spent.append((cpu() - begin) / count)
    return spent


async def gathered_loads(load, count):
    return await many_loads(lambda keys: asyncio.gather(*[load(key) for key in keys]), count)


async def direct_loads(load, count):
    spent = []
    for _ in range(2):
        begin = cpu()
        for first in range(0, count, 500):
            for waiter in [load(key) for key in range(first, first + 500)]:
                await waiter
        spent.append((cpu() - begin) / count)
    return spent


async def compare(measure, count):
    async with looprt.loader_scope():
        ours = await measure(looprt.DataLoader(batch).load, count)
    return ours, await measure(PeerLoader(batch, asyncio.get_running_loop()).load, count)


def loader():
    for what, comparison in (("load_many", compare_many(100_000)), ("load, gathered", compare(gathered_loads, 100_000)),
                             ("load, awaited", compare(direct_loads, 100_000))):
        ours, theirs = asyncio.run(comparison)
        say(f"{what}: cold, each", ours[0] * 1e6, "us", theirs[0] * 1e6)
        say(f"{what}: cached, each", ours[1] * 1e6, "us", theirs[1] * 1e6)


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
    say("run_sync on a plain thread; beside asyncio.run", ours * 1e6, "us", (cpu() - begin) / 300 * 1e6)


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
    begin = cpu()
    for _ in range(rounds):
        writer.write(b"x" * 100)
        await writer.drain()
        await reader.read(1024)
    spent = cpu() - begin
    writer.close()
    server.close()
    return spent / rounds


def guard():
    off, on = [], []
    for _ in range(15):
        off.append(asyncio.run(echo(2_000)))
        looprt.guard.enable(mode="count")
        on.append(asyncio.run(echo(2_000)))
        looprt.guard.disable()
    off, on = min(off), min(on)
    say("echo round, guard off", off * 1e6, "us")
    say("echo round, guard on", on * 1e6, "us")
    say("  the guard adds", (on / off - 1) * 100, "%")


def main():
    chosen = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    for part in add, dispatch, loader, bridge, guard:
        if not chosen or part.__name__ in chosen:
            part()


if __name__ == "__main__":
    main()
