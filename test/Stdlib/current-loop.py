# RUN: not %looplint check --select=LOOP102 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "no (current|running) event loop"
#
# What asks for a loop when none is given. Each program first takes away the
# loop that the policy would make, so all of this fails on every version.
import asyncio
import concurrent.futures
import sys


async def fetch():
    await asyncio.sleep(0)


def take_away():
    asyncio.set_event_loop(None)


def future_bad():
    take_away()
    asyncio.Future()
    # CHECK: :[[#@LINE-1]]:5: error: `asyncio.Future` {{.*}} [LOOP102]


def task_bad():
    take_away()
    asyncio.Task(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: `asyncio.Task` {{.*}} [LOOP102]


def ensure_future_bad():
    take_away()
    asyncio.ensure_future(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


def gather_bad():
    take_away()
    asyncio.gather(fetch(), fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


def gather_comprehension_bad():
    take_away()
    asyncio.gather(*[fetch() for _ in range(3)])
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


def gather_nothing_bad():
    take_away()
    asyncio.gather()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


def shield_bad():
    take_away()
    asyncio.shield(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


def as_completed_bad():
    take_away()
    list(asyncio.as_completed([fetch()]))
    # CHECK: :[[#@LINE-1]]:10: error: {{.*}} [LOOP102]


def wrap_future_bad():
    take_away()
    asyncio.wrap_future(concurrent.futures.Future())
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


def stream_reader_bad():
    take_away()
    asyncio.StreamReader()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


def create_task_bad():
    asyncio.create_task(fetch())
    # CHECK: :[[#@LINE-1]]:5: error: `asyncio.create_task` {{.*}} [LOOP102]


def current_task_bad():
    asyncio.current_task()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


def all_tasks_bad():
    asyncio.all_tasks()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


def timeout_bad():
    asyncio.timeout(1)
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


def after_runner_bad():
    with asyncio.Runner() as runner:
        runner.run(fetch())
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


# Right uses.


def given_loop_ok():
    loop = asyncio.new_event_loop()
    take_away()
    asyncio.Future(loop=loop)
    asyncio.StreamReader(loop=loop)
    asyncio.wrap_future(concurrent.futures.Future(), loop=loop)
    asyncio.all_tasks(loop)
    loop.run_until_complete(asyncio.ensure_future(fetch(), loop=loop))


def futures_bring_their_loop_ok():
    loop = asyncio.new_event_loop()
    take_away()
    tasks = [loop.create_task(fetch()) for _ in range(3)]
    loop.run_until_complete(asyncio.gather(*tasks))
    loop.run_until_complete(asyncio.shield(loop.create_task(fetch())))
    asyncio.ensure_future(tasks[0])


def bound_at_first_use_ok():
    # Since 3.10.
    take_away()
    asyncio.Lock()
    asyncio.Event()
    asyncio.Condition()
    asyncio.Semaphore()
    asyncio.Queue()


def coroutines_not_yet_awaited_ok():
    take_away()
    loop = asyncio.new_event_loop()
    loop.run_until_complete(asyncio.wait_for(fetch(), 1))
    loop.run_until_complete(asyncio.sleep(0))


def inside_runner_ok():
    with asyncio.Runner() as runner:
        asyncio.get_event_loop()
        runner.run(fetch())
        runner.get_loop().run_until_complete(fetch())


async def in_coroutine_ok():
    asyncio.Future()
    await asyncio.gather(fetch())
    await asyncio.shield(fetch())
    async with asyncio.timeout(1):
        await asyncio.create_task(fetch())


if __name__ == "__main__":
    # What raises ends the program, so each is a program of its own.
    name = sys.argv[1]
    if name == "future_bad":
        future_bad()
    if name == "task_bad":
        task_bad()
    if name == "ensure_future_bad":
        ensure_future_bad()
    if name == "gather_bad":
        gather_bad()
    if name == "gather_comprehension_bad":
        gather_comprehension_bad()
    if name == "gather_nothing_bad":
        gather_nothing_bad()
    if name == "shield_bad":
        shield_bad()
    if name == "as_completed_bad":
        as_completed_bad()
    if name == "wrap_future_bad":
        wrap_future_bad()
    if name == "stream_reader_bad":
        stream_reader_bad()
    if name == "create_task_bad":
        create_task_bad()
    if name == "current_task_bad":
        current_task_bad()
    if name == "all_tasks_bad":
        all_tasks_bad()
    if name == "timeout_bad":
        timeout_bad()
    if name == "after_runner_bad":
        after_runner_bad()
    if name == "given_loop_ok":
        given_loop_ok()
    if name == "futures_bring_their_loop_ok":
        futures_bring_their_loop_ok()
    if name == "bound_at_first_use_ok":
        bound_at_first_use_ok()
    if name == "coroutines_not_yet_awaited_ok":
        coroutines_not_yet_awaited_ok()
    if name == "inside_runner_ok":
        inside_runner_ok()
