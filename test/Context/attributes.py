# RUN: not %looplint check --select=LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "running event loop|another loop is running"
#
# What an attribute is known to hold decides which branch a method takes.
import asyncio


async def fetch():
    await asyncio.sleep(0)


class Remembers:
    def __init__(self):
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    def load(self):
        if self._loop is None:
            return asyncio.run(fetch())
        return self._loop.create_task(fetch())


async def made_in_coroutine_ok():
    await Remembers().load()


def made_on_main_ok():
    Remembers().load()


class NeverSet:
    def __init__(self):
        self._loop = None

    def load(self):
        if self._loop is None:
            return asyncio.run(fetch())
            # CHECK: :[[#@LINE-1]]:20: error: {{.*}} [LOOP201]
        return self._loop.create_task(fetch())


async def never_set_bad():
    NeverSet().load()


class Lazy:
    def __init__(self):
        self._loop = None

    def loop(self):
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
        return self._loop

    def load(self):
        return self.loop().run_until_complete(fetch())
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]


async def made_on_first_use_bad():
    Lazy().load()


class Switch:
    def __init__(self, nested):
        self.nested = nested

    def load(self):
        if self.nested:
            return None
        return asyncio.run(fetch())


async def flag_ok():
    Switch(True).load()


class Given:
    def __init__(self, run=asyncio.run):
        self.run = run

    def load(self):
        return self.run(fetch())
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]


async def default_bad():
    Given().load()


async def given_ok():
    await Given(asyncio.create_task).load()


# Set by another method than the one that reads it.


class Opened:
    def __init__(self):
        self._loop = None

    def open(self):
        self._loop = asyncio.get_running_loop()

    def load(self):
        if self._loop is None:
            return asyncio.run(fetch())
        return self._loop.create_task(fetch())


async def set_by_another_method_ok():
    bridge = Opened()
    bridge.open()
    await bridge.load()


if __name__ == "__main__":
    made_on_main_ok()
