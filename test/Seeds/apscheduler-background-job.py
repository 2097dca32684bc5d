# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: not %looplint check %t/wrong.py \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %looplint check %t/right.py
# RUN: %if apscheduler %{ %python %t/wrong.py 2>&1 | FileCheck %s --check-prefix=FAILS %}
# RUN: %if apscheduler %{ %python %t/right.py 2>&1 | FileCheck %s --check-prefix=WORKS %}
# FAILS: RuntimeError: There is no current event loop in thread
# WORKS-NOT: Error
# WORKS: pages 3
#
# BackgroundScheduler runs its jobs on threads of a pool, where nobody made a
# loop.

#--- wrong.py
import asyncio
import time

from apscheduler.schedulers.background import BackgroundScheduler

PAGES = []


async def fetch(url):
    await asyncio.sleep(0)
    PAGES.append(url)


async def fetch_all(urls):
    await asyncio.gather(*(fetch(url) for url in urls))


def job():
    loop = asyncio.get_event_loop()
    # CHECK: wrong.py:[[#@LINE-1]]:12: error: `asyncio.get_event_loop` {{.*}} [LOOP101]
    # CHECK: wrong.py:[[#@LINE+6]]:5: note:
    loop.run_until_complete(fetch_all(["a", "b", "c"]))


def main():
    scheduler = BackgroundScheduler()
    scheduler.add_job(job, "date")
    scheduler.start()
    time.sleep(0.3)
    scheduler.shutdown()


if __name__ == "__main__":
    main()

#--- right.py
import asyncio
import time

from apscheduler.schedulers.background import BackgroundScheduler

PAGES = []


async def fetch(url):
    await asyncio.sleep(0)
    PAGES.append(url)


async def fetch_all(urls):
    await asyncio.gather(*(fetch(url) for url in urls))


def job():
    asyncio.run(fetch_all(["a", "b", "c"]))


def main():
    scheduler = BackgroundScheduler()
    scheduler.add_job(job, "date")
    scheduler.start()
    time.sleep(0.3)
    scheduler.shutdown()
    print("pages", len(PAGES))


if __name__ == "__main__":
    main()
