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
# The method of an object that the scheduler belongs to.

#--- wrong.py
import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler

PAGES = []


async def fetch_all(urls):
    await asyncio.sleep(0)
    PAGES.extend(urls)


class Feed:
    def __init__(self, urls):
        self.urls = urls

    def refresh(self):
        asyncio.get_event_loop().run_until_complete(fetch_all(self.urls))
        # CHECK: wrong.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


async def main():
    scheduler = AsyncIOScheduler()
    feed = Feed(["a", "b"])
    scheduler.add_job(feed.refresh, "date")
    # CHECK: wrong.py:[[#@LINE-1]]:5: warning: {{.*}}refresh` {{.*}} [LOOP301]
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


class Feed:
    def __init__(self, urls):
        self.urls = urls

    async def refresh(self):
        await fetch_all(self.urls)


async def main():
    scheduler = AsyncIOScheduler()
    feed = Feed(["a", "b"])
    scheduler.add_job(feed.refresh, "date")
    scheduler.start()
    await asyncio.sleep(0.3)
    scheduler.shutdown()
    print("pages", len(PAGES))


asyncio.run(main())
