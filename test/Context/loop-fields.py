# RUN: not %looplint check --select=LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %s | FileCheck %s --check-prefix=RUNS --implicit-check-not=slept
#
# Where a loop runs, the variable that holds this loop has been filled: whatever way a
# guard asks for None and for `is_running`, the way without a loop is not taken.
import asyncio
import time

loop = None
tasks = set()


def sleep():
    print("slept")
    time.sleep(0)


async def work(): ...


async def start():
    global loop
    loop = asyncio.get_running_loop()


def set_in_tests(given):
    global loop
    loop = asyncio.new_event_loop()
    loop = asyncio.get_event_loop()


def is_running():
    return loop is not None and loop.is_running()


def is_running_as_bool():
    return bool(loop) and loop.is_running()


def is_idle():
    return loop is None or not loop.is_running()


class Store:
    _loop = None

    async def open(self):
        self._loop = asyncio.get_running_loop()

    def helper_ok(self):
        if is_running():
            tasks.add(asyncio.create_task(work()))
        else:
            sleep()

    def negated_helper_ok(self):
        if not is_idle():
            return
        sleep()

    def bool_helper_ok(self):
        if is_running_as_bool():
            return
        sleep()

    def and_ok(self):
        if loop and loop.is_running():
            return
        sleep()

    def or_ok(self):
        if not loop or not loop.is_running():
            sleep()

    def not_and_ok(self):
        if not (loop is not None and loop.is_running()):
            sleep()

    def field_or_ok(self):
        if self._loop is None or not self._loop.is_running():
            sleep()

    def walrus_ok(self):
        if (running := self._loop) is not None and running.is_running():
            return
        sleep()

    def local_ok(self):
        own = self._loop
        if own and own.is_running():
            return
        sleep()

    def none_ok(self):
        if loop is None:
            sleep()

    def conditional_ok(self):
        runs = loop.is_running() if loop else False
        if not runs:
            sleep()

    def on_the_loop_bad(self):
        if loop is not None and loop.is_running():
            time.sleep(0.01)
            # CHECK: :[[#@LINE-1]]:13: warning: {{.*}} [LOOP601]

    def parameter_bad(self, given=None):
        if given is None or not given.is_running():
            time.sleep(0.02)
            # CHECK: :[[#@LINE-1]]:13: warning: {{.*}} [LOOP601]


async def main():
    await start()
    store = Store()
    await store.open()
    store.helper_ok()
    store.negated_helper_ok()
    store.bool_helper_ok()
    store.and_ok()
    store.or_ok()
    store.not_and_ok()
    store.field_or_ok()
    store.walrus_ok()
    store.local_ok()
    store.none_ok()
    store.conditional_ok()
    store.on_the_loop_bad()
    store.parameter_bad()
    print("done")


if __name__ == "__main__":
    asyncio.run(main())
# RUNS: done
