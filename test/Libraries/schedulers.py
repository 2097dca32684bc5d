# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What a scheduler makes of coroutine functions and of the others.
import asyncio
import time
from functools import partial

import schedule
from apscheduler import AsyncScheduler, Scheduler
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.schedulers.tornado import TornadoScheduler
from apscheduler.triggers.interval import IntervalTrigger
from flask_apscheduler import APScheduler


async def fetch(url=None): ...


class Feed:
    def __init__(self):
        self.scheduler = AsyncIOScheduler()
        self.scheduler.add_job(self.refresh, "interval", seconds=1)
        self.scheduler.add_job(self.pull_bad, "interval", seconds=1)
        self.scheduler.add_job(partial(fetch, "a"), "interval", seconds=1)
        self.scheduler.add_job(fetch, "interval", args=["a"], seconds=1)

    async def refresh(self): ...

    def pull_bad(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


async def serve():
    feed = Feed()
    feed.scheduler.start()
    await asyncio.Event().wait()


def look_up_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


background = BackgroundScheduler()
background.add_job(look_up_bad, "interval", seconds=1)
background.add_job(fetch, "interval", seconds=1)
# CHECK: :[[#@LINE-1]]:1: error: {{.*}} [LOOP303]


@background.scheduled_job("interval", seconds=1)
async def decorated_bad(): ...
# CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP303]


@background.scheduled_job(IntervalTrigger(seconds=1))
def runs_a_loop_of_its_own_ok():
    asyncio.run(fetch())


BlockingScheduler().add_job(fetch)
# CHECK: :[[#@LINE-1]]:1: error: {{.*}} [LOOP303]

schedule.every(10).minutes.do(fetch, "a")
# CHECK: :[[#@LINE-1]]:1: error: {{.*}} [LOOP303]
schedule.every().day.at("10:30").do(print, "a")

flask_scheduler = APScheduler()
flask_scheduler.add_job("id", fetch, trigger="interval", seconds=1)
# CHECK: :[[#@LINE-1]]:1: error: {{.*}} [LOOP303]


@flask_scheduler.task("interval", id="task", seconds=1)
def task_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def pool_bad():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def on_loop_ok():
    asyncio.get_running_loop()


async def version_four():
    async with AsyncScheduler() as scheduler:
        await scheduler.add_schedule(fetch, IntervalTrigger(seconds=1))
        await scheduler.add_schedule(on_loop_ok, IntervalTrigger(seconds=1))
        await scheduler.run_until_stopped()


with Scheduler() as scheduler:
    scheduler.add_schedule(pool_bad, IntervalTrigger(seconds=1))
    scheduler.add_schedule(fetch, IntervalTrigger(seconds=1))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]


def slow():
    time.sleep(1)


async def polled_elsewhere():
    # Where `run_pending` is called, nobody sees.
    schedule.every(5).seconds.do(slow)


async def tornado():
    scheduler = TornadoScheduler()
    scheduler.add_job(fetch, "interval", seconds=1)
    scheduler.start()
    await asyncio.Event().wait()


asyncio.run(serve())
asyncio.run(version_four())
asyncio.run(tornado())
