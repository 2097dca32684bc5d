# RUN: not %looplint check --select=LOOP101 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/Inputs/prove.py %s "no current event loop in thread"
import asyncio
import functools
import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Thread as T


async def fetch(n=1):
    await asyncio.sleep(0)
    return n


# Direct.


def direct():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: `asyncio.get_event_loop` {{.*}} [LOOP101]
    # CHECK: :[[#@LINE+6]]:5: note: {{.*}}`direct`
    # CHECK: :[[#@LINE-3]]:5: note:


def direct_bad():
    thread = threading.Thread(target=direct)
    thread.start()
    thread.join()


def run_it():
    loop = asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]
    return loop.run_until_complete(fetch())


def aliased_thread_bad():
    T(None, run_it).start()


def through_policy():
    return asyncio.get_event_loop_policy().get_event_loop()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]


def through_policy_bad():
    threading.Thread(target=through_policy).start()


def ensures():
    asyncio.ensure_future(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: `asyncio.ensure_future` {{.*}} [LOOP101]


def ensure_future_bad():
    threading.Thread(target=ensures).start()


def gathers():
    return asyncio.gather(fetch(1), fetch(2))
    # CHECK: :[[#@LINE-1]]:12: error: `asyncio.gather` {{.*}} [LOOP101]


def gather_bad():
    threading.Thread(target=gathers).start()


def makes_future():
    return asyncio.Future()
    # CHECK: :[[#@LINE-1]]:12: error: `asyncio.Future` {{.*}} [LOOP101]


def future_bad():
    threading.Thread(target=makes_future).start()


# Deeper on the worker.


def outer():
    return inner()


def inner():
    return asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]
    # CHECK: note: {{.*}}`outer`


def through_helpers_bad():
    threading.Thread(target=outer).start()


class Feed:
    def __init__(self):
        self.thread = threading.Thread(target=self.work)

    def work(self):
        self.step()

    def step(self):
        return asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP101]


def bound_method_bad():
    feed = Feed()
    feed.thread.start()


class Worker(threading.Thread):
    def run(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


def thread_subclass_bad():
    Worker().start()


class Handler:
    def handle(self):
        return None

    def start(self):
        threading.Thread(target=self.handle).start()


class LoopHandler(Handler):
    def handle(self):
        return asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP101]


def overridden_hook_bad():
    LoopHandler().start()


def lambda_bad():
    threading.Thread(target=lambda: asyncio.get_event_loop()).start()
    # CHECK: :[[#@LINE-1]]:37: error: {{.*}} [LOOP101]


def with_argument(n):
    return asyncio.get_event_loop().run_until_complete(fetch(n))
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]


def partial_bad():
    threading.Thread(target=functools.partial(with_argument, 3)).start()


def for_pool(n):
    return asyncio.get_event_loop().run_until_complete(fetch(n))
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]


def submit_bad():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(for_pool, 1).result()


def for_map(n):
    return asyncio.get_event_loop().run_until_complete(fetch(n))
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]


def map_bad():
    with ThreadPoolExecutor(1) as pool:
        list(pool.map(for_map, [1, 2]))


def for_executor():
    return asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]


async def run_in_executor_bad():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, for_executor)


def for_to_thread():
    return asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]


async def to_thread_bad():
    await asyncio.to_thread(for_to_thread)


def for_timer():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def timer_bad():
    threading.Timer(0.01, for_timer).start()


# The program's own ways onto a worker.


def spawn(function, *arguments):
    thread = threading.Thread(target=function, args=arguments)
    thread.start()
    return thread


def spawned(n):
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def own_helper_bad():
    spawn(spawned, 1)


def in_thread(function):
    @functools.wraps(function)
    def wrapper(*args):
        threading.Thread(target=function, args=args).start()

    return wrapper


@in_thread
def decorated():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def decorator_bad():
    decorated()


class Pool:
    def __init__(self):
        self.jobs = []

    def add(self, job):
        self.jobs.append(job)

    def start(self):
        threading.Thread(target=self.work).start()

    def work(self):
        for job in self.jobs:
            job()


def pooled():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def own_pool_bad():
    pool = Pool()
    pool.add(pooled)
    pool.start()


def install_here():
    asyncio.set_event_loop(asyncio.new_event_loop())


def other_thread():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def set_on_other_thread_bad():
    # Each thread has a current loop of its own.
    install_here()
    threading.Thread(target=other_thread).start()


def set_to_none():
    asyncio.set_event_loop(asyncio.new_event_loop())
    asyncio.set_event_loop(None)
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def set_to_none_bad():
    threading.Thread(target=set_to_none).start()


def after_run():
    asyncio.run(fetch())
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP101]


def after_run_bad():
    threading.Thread(target=after_run).start()


# Known limits.


def hidden():
    return asyncio.get_event_loop()


def FN_name_made_at_run_time():
    # Which function this is, only the run knows.
    target = globals()["hid" + "den"]
    threading.Thread(target=target).start()


if __name__ == "__main__":
    direct_bad()
    aliased_thread_bad()
    through_policy_bad()
    ensure_future_bad()
    gather_bad()
    future_bad()
    through_helpers_bad()
    bound_method_bad()
    thread_subclass_bad()
    overridden_hook_bad()
    lambda_bad()
    partial_bad()
    submit_bad()
    map_bad()
    timer_bad()
    own_helper_bad()
    decorator_bad()
    own_pool_bad()
    set_on_other_thread_bad()
    set_to_none_bad()
    after_run_bad()
    FN_name_made_at_run_time()
