# RUN: not %looplint check --target-version=3.12 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# From 3.12 on a task may begin where it is made. What it does not finish there needs a
# reference as much as any other task; setting a factory is nothing to report.
import asyncio

kept = set()


async def work():
    await asyncio.sleep(1)


class OwnTask(asyncio.Task):
    pass


async def by_factory_bad():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    asyncio.create_task(work())
    # CHECK: :[[#@LINE-1]]:5: warning: nothing refers to this task{{.*}} [LOOP702]


async def by_own_factory_bad():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.create_eager_task_factory(OwnTask))
    loop.create_task(work())
    # CHECK: :[[#@LINE-1]]:5: warning: nothing refers to this task{{.*}} [LOOP702]


async def by_constructor_bad():
    loop = asyncio.get_running_loop()
    asyncio.Task(work(), loop=loop, eager_start=True)
    # CHECK: :[[#@LINE-1]]:5: warning: nothing refers to this task{{.*}} [LOOP702]


async def by_keyword_bad():
    asyncio.create_task(work(), eager_start=True)
    # CHECK: :[[#@LINE-1]]:5: warning: nothing refers to this task{{.*}} [LOOP702]


async def right():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(work())
    kept.add(task)
    task.add_done_callback(kept.discard)
    await asyncio.Task(work(), loop=loop, eager_start=True)
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
    loop.set_task_factory(None)


def make_loop():
    loop = asyncio.new_event_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    return loop


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=make_loop) as runner:
        runner.run(right())
