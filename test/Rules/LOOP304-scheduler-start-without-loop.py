# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: not %looplint check --select=LOOP304 %t \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %if apscheduler %{ %python %t/a_plain_script.py | FileCheck %s --check-prefix=NEVER %}
# RUN: %if apscheduler %{ %python %t/b_run_that_ended.py | FileCheck %s --check-prefix=NEVER %}
# RUN: %if apscheduler %{ %python %t/c_before_another_run.py | FileCheck %s --check-prefix=NEVER %}
# RUN: %if apscheduler %{ %python %t/d_in_helper.py | FileCheck %s --check-prefix=NEVER %}
# RUN: %if apscheduler %{ %python %t/in_coroutine_ok.py | FileCheck %s --check-prefix=RAN %}
# RUN: %if apscheduler %{ %python %t/run_forever_ok.py | FileCheck %s --check-prefix=RAN %}
# RUN: %if apscheduler %{ %python %t/background_ok.py | FileCheck %s --check-prefix=RAN %}
# RUN: %if apscheduler %{ %python %t/same_loop_ok.py | FileCheck %s --check-prefix=RAN %}
# RUN: %if apscheduler %{ %python %t/blocking_ok.py | FileCheck %s --check-prefix=RAN %}
# RUN: %if apscheduler %{ %python %t/waits_in_a_loop_ok.py | FileCheck %s --check-prefix=RAN %}
# NEVER: ran 0 times
# RAN: ran {{[1-9]}}

#--- a_plain_script.py
import time

from apscheduler.schedulers.asyncio import AsyncIOScheduler

ran = []


def job():
    ran.append(1)


scheduler = AsyncIOScheduler()
scheduler.add_job(job, "interval", seconds=0.05)
scheduler.start()
# CHECK: a_plain_script.py:[[#@LINE-1]]:1: error: {{.*}} [LOOP304]
time.sleep(0.3)
print("ran", len(ran), "times")

#--- b_run_that_ended.py
import asyncio
import time

from apscheduler.schedulers.asyncio import AsyncIOScheduler

ran = []


async def job():
    ran.append(1)


async def main():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(job, "interval", seconds=0.05)
    scheduler.start()
    # CHECK: b_run_that_ended.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP304]


asyncio.run(main())
time.sleep(0.3)
print("ran", len(ran), "times")

#--- c_before_another_run.py
import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler

ran = []


async def job():
    ran.append(1)


async def serve():
    await asyncio.sleep(0.3)


scheduler = AsyncIOScheduler()
scheduler.add_job(job, "interval", seconds=0.05)
scheduler.start()
# CHECK: c_before_another_run.py:[[#@LINE-1]]:1: error: {{.*}} [LOOP304]
asyncio.run(serve())
print("ran", len(ran), "times")

#--- d_in_helper.py
import time

from apscheduler.schedulers.asyncio import AsyncIOScheduler

ran = []


class Planner:
    def __init__(self):
        self.scheduler = AsyncIOScheduler()

    def begin(self):
        self.scheduler.add_job(lambda: ran.append(1), "interval", seconds=0.05)
        self.scheduler.start()
        # CHECK: d_in_helper.py:[[#@LINE-1]]:9: error: {{.*}} [LOOP304]


def main():
    Planner().begin()
    time.sleep(0.3)


if __name__ == "__main__":
    main()
    print("ran", len(ran), "times")

#--- in_coroutine_ok.py
import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler

ran = []


async def job():
    ran.append(1)


async def main():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(job, "interval", seconds=0.05)
    scheduler.start()
    await asyncio.sleep(0.3)


asyncio.run(main())
print("ran", len(ran), "times")

#--- run_forever_ok.py
import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler

ran = []


async def job():
    ran.append(1)
    asyncio.get_running_loop().stop()


if __name__ == "__main__":
    scheduler = AsyncIOScheduler()
    scheduler.add_job(job, "interval", seconds=0.05)
    scheduler.start()
    asyncio.get_event_loop().run_forever()
    print("ran", len(ran), "times")

#--- background_ok.py
import time

from apscheduler.schedulers.background import BackgroundScheduler

ran = []
scheduler = BackgroundScheduler()
scheduler.add_job(lambda: ran.append(1), "interval", seconds=0.05)
scheduler.start()
time.sleep(0.3)
print("ran", len(ran), "times")

#--- waits_in_a_loop_ok.py
# A loop that waits in its body may go round; so may a branch that waits be taken.
import asyncio
import sys

from apscheduler.schedulers.asyncio import AsyncIOScheduler

ran = []


async def job():
    ran.append(1)


def begin():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(job, "interval", seconds=0.05)
    scheduler.start()
    return scheduler


async def FP_counts():
    begin()
    for _ in range(3):
        await asyncio.sleep(0.1)


async def FP_until_told(stop):
    begin()
    while not stop.is_set():
        await asyncio.sleep(0.1)
        stop.set()


async def FP_one_branch():
    begin()
    if sys.argv:
        await asyncio.sleep(0.1)


async def turns():
    for turn in range(3):
        await asyncio.sleep(0.1)
        yield turn


async def FP_asynchronous_for():
    begin()
    async for turn in turns():
        print(turn)


async def FN_loop_without_waiting():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(job, "interval", seconds=0.05)
    scheduler.start()
    # CHECK: waits_in_a_loop_ok.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP304]
    for _ in range(3):
        print("never waits")


asyncio.run(FP_counts())
asyncio.run(FP_until_told(asyncio.Event()))
asyncio.run(FP_one_branch())
asyncio.run(FP_asynchronous_for())
asyncio.run(FN_loop_without_waiting())
print("ran", len(ran), "times")

#--- same_loop_ok.py
import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler

ran = []


async def job():
    ran.append(1)


async def serve():
    await asyncio.sleep(0.3)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
scheduler = AsyncIOScheduler(event_loop=loop)
scheduler.add_job(job, "interval", seconds=0.05)
scheduler.start()
loop.run_until_complete(serve())
print("ran", len(ran), "times")

#--- blocking_ok.py
from apscheduler.schedulers.blocking import BlockingScheduler

ran = []
scheduler = BlockingScheduler()


@scheduler.scheduled_job("interval", seconds=0.05)
def job():
    ran.append(1)
    scheduler.shutdown(wait=False)


scheduler.start()
print("ran", len(ran), "times")
