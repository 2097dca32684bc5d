# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Which executor is the default decides what becomes of a job that is a coroutine
# function.

#--- pool.py
import asyncio

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.executors.pool import ProcessPoolExecutor, ThreadPoolExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

EXECUTORS = {"default": ThreadPoolExecutor(20), "processes": ProcessPoolExecutor(5)}
scheduler = AsyncIOScheduler(executors=EXECUTORS)


async def job(): ...


def plain():
    asyncio.get_event_loop()
    # CHECK: {{^}}pool.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


@scheduler.scheduled_job("interval", seconds=1)
# CHECK: {{^}}pool.py:[[#@LINE+1]]:11: error: {{.*}} [LOOP303]
async def decorated(): ...


async def main():
    scheduler.add_job(job, "interval", seconds=1)
    # CHECK: {{^}}pool.py:[[#@LINE-1]]:5: error: {{.*}} calls the coroutine function `job` and drops the coroutine [LOOP303]
    scheduler.add_job(plain, "interval", seconds=1)
    scheduler.add_job(job, "interval", seconds=1, executor="loop")
    scheduler.start()
    await asyncio.Event().wait()


asyncio.run(main())

#--- loop_ok.py
import asyncio

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler


async def job(): ...


async def main():
    first = AsyncIOScheduler(executors={"default": AsyncIOExecutor(), "threads": ThreadPoolExecutor(5)})
    first.add_job(job, "interval", seconds=1)
    first.start()
    second = AsyncIOScheduler(executors={"threads": ThreadPoolExecutor(5)})
    second.add_job(job, "interval", seconds=1)
    second.start()
    third = AsyncIOScheduler(job_defaults={"coalesce": True})
    third.add_job(job, "interval", seconds=1)
    third.start()
    await asyncio.Event().wait()


asyncio.run(main())
