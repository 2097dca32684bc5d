# RUN: not %looplint check --select=LOOP301 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %if apscheduler %{ %python %S/Inputs/prove.py %s Error "_bad$" %}
#
# A wrapper works as long as it makes a loop of its own, at the cost of a
# thread and a loop for each run; so these programs are run for their `_ok`.
import asyncio
import functools

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler

DONE = []


async def fetch(n=1):
    await asyncio.sleep(0)
    DONE.append(n)
    return n


# Wrappers under a scheduler that takes coroutine functions.


def runs():
    asyncio.run(fetch())


async def function_bad():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(runs, "interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: warning: `runs` only drives a coroutine; {{.*}} [LOOP301]
    scheduler.start()


async def lambda_bad():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(lambda: asyncio.run(fetch()), "interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP301]
    scheduler.start()


def runs_with(n):
    return asyncio.run(fetch(n))


async def partial_bad():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(functools.partial(runs_with, 2), "interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP301]
    scheduler.start()


class Feed:
    def __init__(self):
        self.scheduler = AsyncIOScheduler()

    def start(self):
        self.scheduler.add_job(self.refresh, "interval", seconds=1)
        # CHECK: :[[#@LINE-1]]:9: warning: `{{.*}}refresh` {{.*}} [LOOP301]
        self.scheduler.start()

    def refresh(self):
        asyncio.run(self.refresh_async())

    async def refresh_async(self):
        await fetch()


async def method_bad():
    Feed().start()


async def callback_ok():
    # Called on the loop, where it may as well make the task itself.
    async def serve(reader, writer):
        writer.close()

    tasks = []

    def connected(reader, writer):
        tasks.append(asyncio.ensure_future(serve(reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    server.close()


def with_own_loop():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(fetch())
    finally:
        loop.close()


async def loop_by_hand_bad():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(with_own_loop, "interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP301]
    scheduler.start()


def asks_for_loop():
    asyncio.get_event_loop().run_until_complete(fetch())


async def current_loop_bad():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(asks_for_loop, "interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP301]
    scheduler.start()


def decorated_bad():
    scheduler = AsyncIOScheduler()

    @scheduler.scheduled_job("interval", seconds=1)
    def tick():
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: warning: `{{.*}}tick` {{.*}} [LOOP301]
        asyncio.run(fetch())

    return scheduler


async def keyword_bad():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(func=runs, trigger="interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP301]
    scheduler.start()


# Right uses.


async def coroutine_function_ok():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(fetch, "interval", args=[3], seconds=1)
    scheduler.start()
    scheduler.shutdown(wait=False)


class AsyncFeed:
    async def refresh(self):
        await fetch()


async def coroutine_method_ok():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(AsyncFeed().refresh, "interval", seconds=1)
    scheduler.add_job(functools.partial(fetch, 2), "interval", seconds=1)
    scheduler.start()
    scheduler.shutdown(wait=False)


def pure():
    DONE.append(0)


async def sync_job_ok():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(pure, "interval", seconds=1)
    scheduler.start()
    scheduler.shutdown(wait=False)


def background_ok():
    # This one has no loop to give a coroutine to: the wrapper is right.
    scheduler = BackgroundScheduler()
    scheduler.add_job(runs, "interval", seconds=1)
    scheduler.start()
    scheduler.shutdown(wait=False)


def more_than_a_run():
    rows = asyncio.run(fetch())
    with open("/dev/null", "w") as out:
        out.write(str(rows))


async def does_more_ok():
    # The rest blocks, so it belongs on the worker.
    scheduler = AsyncIOScheduler()
    scheduler.add_job(more_than_a_run, "interval", seconds=1)
    scheduler.start()
    scheduler.shutdown(wait=False)


if __name__ == "__main__":
    decorated_bad()
    background_ok()
