# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: not %looplint check %t/wrong.py \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %looplint check %t/right.py
# RUN: %if apscheduler %{ %python %t/wrong.py 2>&1 | FileCheck %s --check-prefix=FAILS %}
# RUN: %if apscheduler %{ %python %t/right.py 2>&1 | FileCheck %s --check-prefix=WORKS %}
# FAILS: RuntimeError: There is no current event loop in thread
# WORKS-NOT: Error
# WORKS: pages 2
#
# AsyncIOScheduler runs coroutine functions on its loop, but plain ones on
# threads of a pool: the wrapper is what takes the job off the loop.

#--- wrong.py
import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler

PAGES = []


async def fetch_all(urls):
    await asyncio.sleep(0)
    PAGES.extend(urls)


def job():
    loop = asyncio.get_event_loop()
    # CHECK: wrong.py:[[#@LINE-1]]:12: error: {{.*}} [LOOP101]
    loop.run_until_complete(fetch_all(["a", "b"]))


async def main():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(job, "date")
    # CHECK: wrong.py:[[#@LINE-1]]:5: warning: `job` {{.*}} [LOOP301]
    scheduler.start()
    await asyncio.sleep(0.3)
    scheduler.shutdown()


asyncio.run(main())

#--- right.py
import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler

PAGES = []


async def fetch_all(urls):
    await asyncio.sleep(0)
    PAGES.extend(urls)


async def main():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(fetch_all, "date", args=[["a", "b"]])
    scheduler.start()
    await asyncio.sleep(0.3)
    scheduler.shutdown()
    print("pages", len(PAGES))


asyncio.run(main())
