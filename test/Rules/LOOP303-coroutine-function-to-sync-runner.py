# RUN: not %looplint check --select=LOOP303 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %if apscheduler %{ %python %S/Inputs/prove.py %s "never awaited" %}
import asyncio
import atexit
import functools
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler


async def tick(*arguments):
    await asyncio.sleep(0)


def timer_bad():
    threading.Timer(0.01, tick).start()
    # CHECK: :[[#@LINE-1]]:5: error: `{{.*}}Timer{{.*}}` calls the coroutine function `tick` {{.*}} [LOOP303]


def thread_bad():
    threading.Thread(target=tick).start()
    # CHECK: :[[#@LINE-1]]:5: error: `{{.*}}Thread{{.*}}` {{.*}} [LOOP303]


class Feed:
    async def refresh(self):
        await tick()

    def start(self):
        threading.Thread(target=self.refresh).start()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}}`{{.*}}refresh`{{.*}} [LOOP303]


def method_bad():
    Feed().start()


def scheduler_bad():
    scheduler = BackgroundScheduler()
    scheduler.add_job(tick, "interval", seconds=0.01)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}}add_job` {{.*}} [LOOP303]
    scheduler.start()
    time.sleep(0.05)
    scheduler.shutdown()


def decorated_job_bad():
    scheduler = BackgroundScheduler()

    @scheduler.scheduled_job("interval", seconds=0.01)
    async def job():
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: error: {{.*}}`{{.*}}job`{{.*}} [LOOP303]
        await tick()

    scheduler.start()
    time.sleep(0.05)
    scheduler.shutdown()


def map_bad():
    with ThreadPoolExecutor(1) as pool:
        pool.map(tick, [1, 2])
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP303]


async def call_soon_bad():
    asyncio.get_running_loop().call_soon(tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    await asyncio.sleep(0.01)


async def call_later_partial_bad():
    loop = asyncio.get_running_loop()
    loop.call_later(0.001, functools.partial(tick, 1))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    await asyncio.sleep(0.01)


async def done_callback_bad():
    task = asyncio.create_task(tick())
    task.add_done_callback(tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    await task
    await asyncio.sleep(0.01)


async def lambda_done_callback_bad():
    task = asyncio.create_task(tick())
    task.add_done_callback(lambda done: tick(done))
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    await task
    await asyncio.sleep(0.01)


def atexit_bad():
    atexit.register(tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}}`atexit.register` {{.*}} [LOOP303]


def signal_bad():
    signal.signal(signal.SIGUSR1, tick)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]
    signal.raise_signal(signal.SIGUSR1)


def spawn(function):
    threading.Thread(target=function).start()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]


async def helper_target():
    await asyncio.sleep(0)


def own_helper_bad():
    spawn(helper_target)


JOBS = {"tick": tick}


def table_bad():
    threading.Timer(0.01, JOBS["tick"]).start()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP303]


# Right uses.


async def async_scheduler_ok():
    scheduler = AsyncIOScheduler()
    scheduler.add_job(tick, "interval", seconds=0.01)
    scheduler.start()
    await asyncio.sleep(0.05)
    scheduler.shutdown(wait=False)


def runs_tick():
    asyncio.run(tick())


def wrapper_on_thread_ok():
    threading.Thread(target=runs_tick).start()


def lambda_runs_ok():
    threading.Timer(0.01, lambda: asyncio.run(tick())).start()


async def spawns_task_ok():
    tasks = []
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: tasks.append(asyncio.create_task(tick())))
    await asyncio.sleep(0.01)


def plain():
    return 1


def sync_function_ok():
    threading.Timer(0.01, plain).start()


def adapt(function):
    if asyncio.iscoroutinefunction(function):
        return lambda: asyncio.run(function())
    return function


def adapted_ok():
    threading.Thread(target=adapt(tick)).start()


def synchronous(function):
    @functools.wraps(function)
    def wrapper():
        return asyncio.run(function())

    return wrapper


@synchronous
async def decorated():
    await tick()


def decorated_target_ok():
    threading.Thread(target=decorated).start()


# Known limits.


def FP_submit_awaits_result():
    # The coroutine comes back through the future, and is run here.
    with ThreadPoolExecutor(1) as pool:
        asyncio.run(pool.submit(tick).result())
        # CHECK: :[[#@LINE-1]]:21: error: `ThreadPoolExecutor.submit` {{.*}} [LOOP303]


if __name__ == "__main__":
    timer_bad()
    thread_bad()
    method_bad()
    scheduler_bad()
    decorated_job_bad()
    map_bad()
    atexit_bad()
    signal_bad()
    own_helper_bad()
    table_bad()
    wrapper_on_thread_ok()
    lambda_runs_ok()
    sync_function_ok()
    adapted_ok()
    decorated_target_ok()
    FP_submit_awaits_result()
