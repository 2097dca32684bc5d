# RUN: not %looplint check --select=LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Waits that come back at once: a test has found that what they wait for is done,
# or nobody else has the lock yet.
import asyncio
import contextlib
import multiprocessing
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor


async def polled_ok(child: subprocess.Popen):
    while child.poll() is None:
        await asyncio.sleep(0.1)
    child.wait()


async def early_return_ok(child: subprocess.Popen):
    status = child.poll()
    if status is None:
        return
    child.communicate()


async def status_ok(child: subprocess.Popen):
    if child.returncode is not None:
        child.wait()


async def polled_bad(child: subprocess.Popen):
    if child.poll() is None:
        child.terminate()
        child.wait()
        # CHECK: :[[#@LINE-1]]:9: warning: `Popen.wait` {{.*}} [LOOP601]


async def other_child_bad(command):
    first = subprocess.Popen(command)
    # CHECK: :[[#@LINE-1]]:13: warning: `subprocess.Popen` {{.*}} [LOOP601]
    second = subprocess.Popen(command)
    # CHECK: :[[#@LINE-1]]:14: warning: `subprocess.Popen` {{.*}} [LOOP601]
    if first.poll() is not None:
        second.wait()
        # CHECK: :[[#@LINE-1]]:9: warning: `Popen.wait` {{.*}} [LOOP601]


async def ended_thread_ok(thread: threading.Thread):
    while thread.is_alive():
        await asyncio.sleep(0.1)
    thread.join()


async def ended_process_ok(process: multiprocessing.Process):
    if not process.is_alive():
        process.join()
    if process.exitcode is not None:
        process.join()


async def running_thread_bad(thread: threading.Thread):
    if thread.is_alive():
        thread.join()
        # CHECK: :[[#@LINE-1]]:9: warning: `Thread.join` {{.*}} [LOOP601]


async def event_ok(event: threading.Event):
    while not event.is_set():
        await asyncio.sleep(0.1)
    event.wait()


async def event_bad(event: threading.Event):
    if not event.is_set():
        event.wait()
        # CHECK: :[[#@LINE-1]]:9: warning: `Event.wait` {{.*}} [LOOP601]


async def left_by_a_stack_ok(work):
    async with contextlib.AsyncExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor())
        await asyncio.get_running_loop().run_in_executor(pool, work)


class Registry:
    def __init__(self):
        self.locks = {}

    async def new_ok(self, key):
        lock = threading.Lock()
        lock.acquire()
        self.locks[key] = lock

    async def kept_bad(self, key):
        lock = self.locks[key] = threading.Lock()
        lock.acquire()
        # CHECK: :[[#@LINE-1]]:9: warning: `Lock.acquire` {{.*}} [LOOP601]

    async def named_ok(self, key):
        lock = threading.Lock()
        print("new", key)
        lock.acquire()

    async def passed_bad(self, key, share):
        lock = threading.Lock()
        share(lock)
        lock.acquire()
        # CHECK: :[[#@LINE-1]]:9: warning: `Lock.acquire` {{.*}} [LOOP601]

    async def later_bad(self, key):
        lock = self.locks[key] = threading.Lock()
        await asyncio.sleep(1)
        lock.acquire()
        # CHECK: :[[#@LINE-1]]:9: warning: `Lock.acquire` {{.*}} [LOOP601]

    async def known_bad(self, key):
        self.locks[key].acquire()
        # CHECK: :[[#@LINE-1]]:9: warning: `Lock.acquire` {{.*}} [LOOP601]


# Many places make locks: they are one object to those that ask which it is.
MORE = [
    threading.Lock(),
    threading.Lock(),
]
ONE = threading.Lock()
TWO = threading.Lock()
THREE = threading.Lock()
FOUR = threading.Lock()
