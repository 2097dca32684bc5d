# RUN: not %looplint check %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "running event loop"
#
# How code asks where it is.
import asyncio
import threading


async def fetch():
    await asyncio.sleep(0)


def by_private_look_up():
    if asyncio._get_running_loop() is None:
        asyncio.run(fetch())


async def private_look_up_ok():
    by_private_look_up()
    await asyncio.to_thread(by_private_look_up)


def by_task():
    try:
        asyncio.current_task()
    except RuntimeError:
        asyncio.run(fetch())


async def task_ok():
    by_task()
    await asyncio.to_thread(by_task)


def by_state(loop):
    if loop.is_running():
        return asyncio.run_coroutine_threadsafe(fetch(), loop)
    return loop.run_until_complete(fetch())


async def state_ok():
    by_state(asyncio.get_running_loop())


def wrong_way_round():
    if threading.current_thread() is not threading.main_thread():
        return None
    return asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP201]


async def thread_bad():
    wrong_way_round()


def on_another_thread(coroutine, loop):
    asyncio.get_running_loop()
    if threading.current_thread() == threading.main_thread():
        return coroutine
    # Who knows on which thread, and whether a loop runs there?
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()


if __name__ == "__main__":
    by_private_look_up()
    by_task()
