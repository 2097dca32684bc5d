# RUN: not %looplint check --select=LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
import asyncio
import concurrent.futures
import contextlib
import functools
import queue
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.request

import requests


async def direct_bad():
    time.sleep(5)
    # CHECK: :[[#@LINE-1]]:5: warning: `time.sleep` stops the running loop for 5 s, and with it every other task; `asyncio.sleep` does not [LOOP601]


async def fraction_bad():
    time.sleep(0.25)
    # CHECK: :[[#@LINE-1]]:5: warning: `time.sleep` stops the running loop for 250 ms, {{.*}} [LOOP601]


async def network_bad(session: requests.Session):
    requests.get("https://example.org", timeout=3)
    # CHECK: :[[#@LINE-1]]:5: warning: `requests.get` stops the running loop until the network answers, and with {{.*}} [LOOP601]
    session.post("https://example.org")
    # CHECK: :[[#@LINE-1]]:5: warning: `Session.post` {{.*}} [LOOP601]
    urllib.request.urlopen("https://example.org")
    # CHECK: :[[#@LINE-1]]:5: warning: `urllib.request.urlopen` {{.*}} [LOOP601]


async def child_bad():
    subprocess.run(["true"])
    # CHECK: :[[#@LINE-1]]:5: warning: `subprocess.run` stops the running loop while it waits for a child process, {{.*}} [LOOP601]


def pause():
    time.sleep(1)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]
    # CHECK: note: {{.*}}`through_helpers_bad`
    # CHECK: note: {{.*}}calls `pause`


def indirect():
    pause()


async def through_helpers_bad():
    indirect()


async def another_caller_bad():
    # One report: it is cured where it stands.
    indirect()


class Store:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)
        # CHECK: :[[#@LINE-1]]:27: warning: `sqlite3.connect` {{.*}} [LOOP601]

    @property
    def size(self):
        return self.connection.execute("select count(*) from t").fetchone()
        # CHECK: :[[#@LINE-1]]:16: warning: `Connection.execute` {{.*}} [LOOP601]

    def __enter__(self):
        time.sleep(2)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]
        return self

    def __exit__(self, *exception):
        return None


async def property_bad():
    store = Store("a")
    with store:
        return store.size


class Dial:
    @property
    def level(self):
        return self._level

    @level.setter
    def level(self, value):
        time.sleep(3)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]
        self._level = value


async def setter_bad():
    Dial().level = 3


@contextlib.contextmanager
def slow():
    time.sleep(4)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]
    yield


async def context_manager_bad():
    with slow():
        pass


def on_loop():
    time.sleep(6)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]


async def callback_bad():
    asyncio.get_running_loop().call_soon(on_loop)


def finished(task):
    time.sleep(7)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]


async def done_callback_bad():
    task = asyncio.create_task(asyncio.sleep(0))
    task.add_done_callback(finished)
    await task


async def other_thread_bad():
    threading.Thread(target=print).join()
    # CHECK: :[[#@LINE-1]]:5: warning: `Thread.join` stops the running loop until another thread or process goes on, {{.*}} [LOOP601]


async def pool_bad(pool: concurrent.futures.ThreadPoolExecutor):
    return pool.submit(print).result(timeout=9)
    # CHECK: :[[#@LINE-1]]:12: warning: {{.*}} up to 9 s, {{.*}} [LOOP601]


async def queue_bad():
    return queue.Queue().get()
    # CHECK: :[[#@LINE-1]]:12: warning: `Queue.get` {{.*}} [LOOP601]


async def called_at_once_bad():
    loop = asyncio.get_running_loop()
    # The call is made here; only its result goes to the worker.
    await loop.run_in_executor(None, time.sleep(8))
    # CHECK: :[[#@LINE-1]]:38: warning: {{.*}} [LOOP601]


# Right: on another thread, or over at once.


def work():
    time.sleep(1)
    return sqlite3.connect("a")


async def offloaded_ok():
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(time.sleep, 1)
    await asyncio.to_thread(work)
    await loop.run_in_executor(None, work)
    await loop.run_in_executor(None, functools.partial(time.sleep, 1))
    await loop.run_in_executor(None, lambda: work())

    def nested():
        work()

    with concurrent.futures.ThreadPoolExecutor() as pool:
        await asyncio.wrap_future(pool.submit(nested))


async def pool_left_bad():
    with concurrent.futures.ThreadPoolExecutor() as pool:
        # CHECK: :[[#@LINE-1]]:10: warning: `Executor.__exit__` {{.*}} [LOOP601]
        pool.submit(work)


class EitherLock:
    def __init__(self, lock):
        self.lock = lock

    async def enter_ok(self):
        # What is awaited here is the other class's method.
        await self.lock.acquire()


async def either_lock_ok():
    await EitherLock(threading.Lock()).enter_ok()
    await EitherLock(asyncio.Lock()).enter_ok()


class Sync:
    def load(self):
        time.sleep(1)


class Async:
    async def load(self):
        await asyncio.sleep(1)


async def either_client_ok(client: Sync | Async):
    await client.load()


async def thread_ok():
    threading.Thread(target=work).start()


def off_loop(function):
    return asyncio.get_running_loop().run_in_executor(None, function)


async def own_helper_ok():
    await off_loop(work)


async def at_once_ok(lock: threading.Lock, pending: queue.Queue):
    time.sleep(0)
    lock.acquire(blocking=False)
    lock.acquire(False)
    pending.get_nowait()
    pending.get(block=False)


async def done_ok(pool: concurrent.futures.Executor):
    future = pool.submit(work)
    while not future.done():
        await asyncio.sleep(0.1)
    return future.result()


async def done_branch_ok(pool: concurrent.futures.Executor):
    future = pool.submit(work)
    if future.done():
        return future.result()
    return None


async def FP_not_empty(pending: queue.Queue):
    while not pending.empty():
        pending.get()
    first = pending.get() if not pending.empty() else None
    return first


async def tested_for_nothing_bad(pending: queue.Queue):
    if pending.empty():
        pending.get()
        # CHECK: :[[#@LINE-1]]:9: warning: `Queue.get` {{.*}} [LOOP601]


async def FP_lock_made_before(locks: dict):
    lock = threading.Lock()
    lock.acquire()
    locks["new"] = lock


async def lock_known_before_bad(locks: dict):
    lock = threading.Lock()
    locks["new"] = lock
    lock.acquire()
    # CHECK: :[[#@LINE-1]]:5: warning: `Lock.acquire` {{.*}} [LOOP601]


async def task_result_ok():
    task = asyncio.ensure_future(asyncio.sleep(0))
    await task
    return task.result()


def guarded():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        time.sleep(1)


async def guarded_ok():
    guarded()


def script_ok():
    time.sleep(1)
    work()


async def FP_database_in_memory():
    database = sqlite3.connect(":memory:")
    database.execute("create table orders (id integer)")
    return database.cursor().execute("select * from orders").fetchall()


async def FP_asks_nobody(address):
    socket.getaddrinfo(address, 80, flags=socket.AI_NUMERICHOST)


async def looked_up_bad(host):
    socket.getaddrinfo(host, 80)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]
    socket.getaddrinfo(host, 80, flags=socket.AI_PASSIVE)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]


# Code that nobody seems to call.


class Held:
    def __enter__(self):
        time.sleep(11)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} 11 s{{.*}} [LOOP601]
        return self

    def __exit__(self, *exception):
        time.sleep(12)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} 12 s{{.*}} [LOOP601]


async def FN_in_a_with():
    with Held():
        pass


class Pages:
    def __iter__(self):
        return self

    def __next__(self):
        time.sleep(13)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} 13 s{{.*}} [LOOP601]
        raise StopIteration


async def FN_in_a_for():
    for page in Pages():
        print(page)


def rank(item):
    time.sleep(14)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} 14 s{{.*}} [LOOP601]
    return item


async def FN_in_a_key(items):
    return sorted(items, key=rank)


def lazily(items):
    for item in items:
        time.sleep(15)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} 15 s{{.*}} [LOOP601]
        yield item


async def FN_in_a_generator(items):
    return list(lazily(items))


HANDLERS = {"slow": functools.partial(time.sleep, 16)}


async def FN_from_a_table(kind):
    HANDLERS[kind]()
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} 16 s{{.*}} [LOOP601]


def tried_again(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        try:
            return function(*arguments)
        except ValueError:
            time.sleep(17)
            # CHECK: :[[#@LINE-1]]:13: warning: {{.*}} 17 s{{.*}} [LOOP601]

    return wrapper


@tried_again
def compute():
    return 1


async def FN_in_a_decorators_wrapper():
    compute()


class Never:
    def __enter__(self):
        time.sleep(18)
        return self

    def __exit__(self, *exception):
        time.sleep(18)


async def FP_made_and_not_entered():
    held = Never()
    return await asyncio.to_thread(held.__enter__)


# Known limits.


async def FN_socket_method(connection: socket.socket):
    # Sockets may be non-blocking: `--blocking-tier network` reports it.
    connection.recv(10)


class Matrix:
    def __matmul__(self, other):
        time.sleep(19)
        return self


async def FN_wait_in_operator():
    # An overloaded operator is not followed.
    return Matrix() @ Matrix()


if __name__ == "__main__":
    script_ok()
