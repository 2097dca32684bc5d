# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
"""A task of Celery stays the function that it is made of, and has methods besides:
what a worker answers is waited for on the thread that asks."""
import asyncio

from celery import Celery, shared_task

app = Celery("tasks")


@app.task
def add(x, y):
    return x + y


@app.task(bind=True, max_retries=3)
def bound(self, x):
    return x


@shared_task
def shared():
    return 1


@shared_task(ignore_result=False)
def shared_with_options():
    return 1


async def delay_bad():
    return add.delay(1, 2).get()
    # CHECK: :[[#@LINE-1]]:12: warning: `{{.*}}AsyncResult.get` {{.*}} [LOOP601]


async def apply_async_bad():
    return add.apply_async((1, 2), countdown=1).get(timeout=5)
    # CHECK: :[[#@LINE-1]]:12: warning: `{{.*}}AsyncResult.get` {{.*}} [LOOP601]


async def wait_bad():
    result = bound.delay(1)
    result.wait()
    # CHECK: :[[#@LINE-1]]:5: warning: `{{.*}}AsyncResult.wait` {{.*}} [LOOP601]


async def shared_bad():
    shared.delay().get()
    # CHECK: :[[#@LINE-1]]:5: warning: `{{.*}}AsyncResult.get` {{.*}} [LOOP601]
    shared_with_options.delay().get()
    # CHECK: :[[#@LINE-1]]:5: warning: `{{.*}}AsyncResult.get` {{.*}} [LOOP601]


async def signature_bad():
    add.s(1, 2).delay().get()
    # CHECK: :[[#@LINE-1]]:5: warning: `{{.*}}AsyncResult.get` {{.*}} [LOOP601]


def ask():
    return add.delay(1, 2).get()
    # CHECK: :[[#@LINE-1]]:12: warning: `{{.*}}AsyncResult.get` {{.*}} [LOOP601]


async def behind_a_helper_bad():
    return ask()


async def in_a_thread_ok():
    return await asyncio.to_thread(add.delay(1, 2).get)


async def not_waited_for_ok():
    result = add.delay(1, 2)
    while not result.ready():
        await asyncio.sleep(1)
    add(1, 2)
    add.apply_async((1, 2))


def view_ok(request):
    return add.delay(1, 2).get()
