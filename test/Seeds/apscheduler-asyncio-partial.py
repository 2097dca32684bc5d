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
# functools.partial of a wrapper is still a wrapper; that of a coroutine
# function is a coroutine function.

#--- wrong.py
import asyncio
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

PAGES = []


async def fetch_all(urls):
    await asyncio.sleep(0)
    PAGES.extend(urls)


def job(urls):
    asyncio.get_event_loop().run_until_complete(fetch_all(urls))
    # CHECK: wrong.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


async def main():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(partial(job, ["a", "b"]), "date")
    # CHECK: wrong.py:[[#@LINE-1]]:5: warning: {{.*}} [LOOP301]
    scheduler.start()
    await asyncio.sleep(0.3)
    scheduler.shutdown()


asyncio.run(main())

#--- right.py
import asyncio
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

PAGES = []


async def fetch_all(urls):
    await asyncio.sleep(0)
    PAGES.extend(urls)


async def main():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(partial(fetch_all, ["a", "b"]), "date")
    scheduler.start()
    await asyncio.sleep(0.3)
    scheduler.shutdown()
    print("pages", len(PAGES))


asyncio.run(main())
