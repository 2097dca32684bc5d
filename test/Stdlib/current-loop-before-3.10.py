# RUN: not %looplint check --select=LOOP101 --target-version=3.9 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %looplint check --select=LOOP101 --target-version=3.10 %s
#
# Below 3.10 locks and queues take the policy's loop when they are made.
import asyncio
import threading


def make_lock():
    return asyncio.Lock()
    # CHECK: :[[#@LINE-1]]:12: error: `asyncio.Lock` {{.*}} [LOOP101]


def make_queue():
    return asyncio.Queue(maxsize=3)
    # CHECK: :[[#@LINE-1]]:12: error: `asyncio.Queue` {{.*}} [LOOP101]


def make_semaphore():
    return asyncio.BoundedSemaphore(2)
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]


def make_with_loop():
    return asyncio.Event(loop=asyncio.new_event_loop())


threading.Thread(target=make_lock).start()
threading.Thread(target=make_queue).start()
threading.Thread(target=make_semaphore).start()
threading.Thread(target=make_with_loop).start()
