# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: not %looplint check --select=LOOP102,LOOP304 %t/wrong.py | FileCheck %s
# RUN: %looplint check %t/right.py
# RUN: %if apscheduler %{ %python %t/wrong.py 2>&1 | FileCheck %s --check-prefix=WORKS %}
# RUN: %if apscheduler %{ %python %t/right.py 2>&1 | FileCheck %s --check-prefix=WORKS %}
# WORKS: pages 2
#
# Older guides start the scheduler on the main thread and look the loop up
# afterwards. It works up to 3.13; 3.14 no longer makes that loop.

#--- wrong.py
import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler


async def fetch_all(urls):
    await asyncio.sleep(0)
    print("pages", len(urls))
    asyncio.get_running_loop().stop()


if __name__ == "__main__":
    scheduler = AsyncIOScheduler()
    scheduler.add_job(fetch_all, "date", args=[["a", "b"]])
    scheduler.start()
    asyncio.get_event_loop().run_forever()
    # CHECK: wrong.py:[[#@LINE-1]]:5: {{warning|error}}: {{.*}} [LOOP102]
    # CHECK-NOT: LOOP304

#--- right.py
import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler


async def fetch_all(urls, done):
    await asyncio.sleep(0)
    print("pages", len(urls))
    done.set()


async def main():
    done = asyncio.Event()
    scheduler = AsyncIOScheduler()
    scheduler.add_job(fetch_all, "date", args=[["a", "b"], done])
    scheduler.start()
    await done.wait()


if __name__ == "__main__":
    asyncio.run(main())
