# RUN: not %looplint check --select=LOOP302 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %if apscheduler %{ %python %S/Inputs/prove.py %s \
# RUN:   "TypeError|never awaited|must be a callable|not callable" %}
import asyncio
import functools
import threading
from concurrent.futures import ThreadPoolExecutor

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler


async def fetch(n=1):
    await asyncio.sleep(0)
    return n


def direct_bad():
    scheduler = BackgroundScheduler()
    scheduler.add_job(fetch(), "interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: error: a coroutine object is passed to `{{.*}}add_job`, {{.*}} [LOOP302]


async def async_scheduler_bad():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(func=fetch(), trigger="interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


def by_variable_bad():
    job = fetch(2)
    BackgroundScheduler().add_job(job, "interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


def add(scheduler, job):
    scheduler.add_job(job, "interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


def through_helper_bad():
    add(BackgroundScheduler(), fetch())


class Feed:
    async def refresh(self):
        await fetch()

    def start(self):
        BackgroundScheduler().add_job(self.refresh(), "interval", seconds=1)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP302]


def method_bad():
    Feed().start()


def make():
    return fetch()


def returned_bad():
    BackgroundScheduler().add_job(make(), "interval", seconds=1)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


def thread_target_bad():
    threading.Thread(target=fetch()).start()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]


def submit_bad():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(fetch()).result()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP302]


async def run_in_executor_bad():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, fetch())
    # CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP302]


async def to_thread_bad():
    await asyncio.to_thread(fetch())
    # CHECK: :[[#@LINE-1]]:11: error: {{.*}} [LOOP302]


async def call_soon_bad():
    asyncio.get_running_loop().call_soon(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]
    await asyncio.sleep(0.01)


async def call_later_bad():
    asyncio.get_running_loop().call_later(0.001, fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]
    await asyncio.sleep(0.01)


async def done_callback_bad():
    task = asyncio.create_task(fetch())
    task.add_done_callback(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP302]
    await task
    await asyncio.sleep(0.01)


# Right uses.


def function_itself_ok():
    AsyncIOScheduler().add_job(fetch, "interval", args=[2], seconds=1)


def partial_ok():
    job = functools.partial(fetch, 2)
    AsyncIOScheduler().add_job(job, "interval", seconds=1)


def run_of_thread_ok():
    thread = threading.Thread(target=asyncio.run, args=(fetch(),))
    thread.start()
    thread.join()


async def task_ok():
    await asyncio.create_task(fetch())


def factory():
    def job():
        return 1

    return job


def called_factory_ok():
    BackgroundScheduler().add_job(factory(), "interval", seconds=1)


class Job:
    def __call__(self):
        return 1


def callable_object_ok():
    BackgroundScheduler().add_job(Job(), "interval", seconds=1)


class Step:
    def __init__(self, *functions):
        self.functions = functions

    def __or__(self, other):
        return Step(*self.functions, *other.functions)

    def __call__(self):
        return [function() for function in self.functions]


def pool():
    return ThreadPoolExecutor(1)


async def FP_call_beside_a_partial():
    # What is written as a call is the pool, and not what is called in it.
    loop = asyncio.get_running_loop()
    steps = Step(print) | Step(print)
    await loop.run_in_executor(
        pool(), functools.partial(loop.call_soon_threadsafe, steps)
    )


async def result_is_callable():
    return print


async def awaited_result_ok():
    asyncio.get_running_loop().call_soon(await result_is_callable())
    await asyncio.sleep(0.01)


if __name__ == "__main__":
    direct_bad()
    by_variable_bad()
    through_helper_bad()
    method_bad()
    returned_bad()
    thread_target_bad()
    submit_bad()
    function_itself_ok()
    partial_ok()
    run_of_thread_ok()
    called_factory_ok()
    callable_object_ok()
