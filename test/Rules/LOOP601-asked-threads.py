# RUN: not %looplint check --select=LOOP203,LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Which thread this is may be asked once, kept in a variable, and looked at
# further down.
import asyncio
import threading


class Application:
    def __init__(self, loop):
        self.loop = loop
        self.name = loop.name
        self.thread = threading.current_thread().ident


async def work():
    await asyncio.sleep(1)


def FP_thread_in_variable(application):
    is_own_thread = application.thread == threading.current_thread().ident
    if is_own_thread:
        return asyncio.create_task(work())
    future = asyncio.run_coroutine_threadsafe(work(), application.loop)
    return future.result(10)


def other_question_bad(application, count):
    is_first = application.name == count
    if is_first:
        return asyncio.create_task(work())
    future = asyncio.run_coroutine_threadsafe(work(), application.loop)
    return future.result(10)
    # CHECK: :[[#@LINE-1]]:12: error: `Future.result` waits on the loop's own thread {{.*}} [LOOP203]


def is_main_in_variable_ok(application):
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main:
        future = asyncio.run_coroutine_threadsafe(work(), application.loop)
        future.result(10)


async def main():
    application = Application(asyncio.get_running_loop())
    other_question_bad(application, 1)
    is_main_in_variable_ok(application)
    task = FP_thread_in_variable(application)
    await task


if __name__ == "__main__":
    asyncio.run(main())
