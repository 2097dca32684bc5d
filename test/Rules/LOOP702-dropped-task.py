# RUN: not %looplint check --select=LOOP702 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
import asyncio
import signal

running = set()


async def work(n=1):
    await asyncio.sleep(n)


async def statement_bad():
    asyncio.create_task(work())
    # CHECK: :[[#@LINE-1]]:5: warning: nothing refers to this task, and the loop does so weakly: {{.*}} [LOOP702]
    asyncio.ensure_future(work())
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP702]
    asyncio.get_running_loop().create_task(work())
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP702]


def on_the_loop(loop: asyncio.AbstractEventLoop):
    loop.create_task(work())
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP702]


async def unread_bad():
    await work()
    task = asyncio.create_task(work())
    # CHECK: :[[#@LINE-1]]:12: warning: {{.*}} [LOOP702]
    # CHECK: note: `task` ends with the function, and nothing reads it
    _ = asyncio.create_task(work(2))
    # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP702]


async def callback_bad():
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: asyncio.create_task(work()))
    # CHECK: :[[#@LINE-1]]:28: warning: {{.*}} [LOOP702]
    # CHECK: note: {{.*}} drops what its callback returns
    loop.add_signal_handler(signal.SIGTERM, lambda: asyncio.create_task(work()))
    # CHECK: :[[#@LINE-1]]:53: warning: {{.*}} [LOOP702]


def spawn(coroutine):
    return asyncio.create_task(coroutine)


async def returned_bad():
    spawn(work())
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP702]
    # CHECK: note: the task is made here


# Right: somebody refers to the task while it runs.


class Server:
    def start(self):
        self.task = asyncio.create_task(work())
        self.others = [asyncio.create_task(work(n)) for n in range(3)]


async def kept_ok():
    task = asyncio.create_task(work())
    running.add(task)
    task.add_done_callback(running.discard)
    Server().start()


async def awaited_ok():
    task = asyncio.create_task(work())
    await asyncio.sleep(1)
    await task
    await asyncio.create_task(work())


async def alive_meanwhile_ok():
    # The variable lives as long as the function waits.
    task = asyncio.create_task(work())
    await asyncio.Event().wait()


def runs_ok():
    loop = asyncio.new_event_loop()
    task = loop.create_task(work())
    loop.run_forever()


async def group_ok():
    async with asyncio.TaskGroup() as group:
        group.create_task(work())


def keeping_spawn(coroutine):
    task = asyncio.create_task(coroutine)
    running.add(task)
    return task


def watched_spawn(coroutine, watch):
    task = asyncio.create_task(coroutine)
    watch(task)
    return task


async def helper_keeps_ok(watch):
    keeping_spawn(work())
    watched_spawn(work(), watch)


async def future_ok():
    task = asyncio.create_task(work())
    asyncio.ensure_future(task)
    return task


class Spawner:
    def spawn(self, coroutine):
        return asyncio.get_running_loop().create_task(coroutine)


class Service(Spawner):
    async def FN_by_an_inherited_method(self):
        self.spawn(work())
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP702]


async def FN_bound_again():
    for _ in range(3):
        task = asyncio.create_task(work())
        # CHECK: :[[#@LINE-1]]:16: warning: {{.*}} [LOOP702]


async def FP_in_a_table():
    tasks = {}
    tasks[1] = asyncio.create_task(work())
    return tasks


async def FP_kept_by_a_closure():
    task = asyncio.create_task(work())

    async def stop():
        task.cancel()

    return stop


async def FP_given_away():
    yield asyncio.create_task(work())


# Known limits.


async def FN_chained():
    # Its callback is all that is left of it; many take that for enough.
    asyncio.create_task(work()).add_done_callback(print)


if __name__ == "__main__":
    runs_ok()
