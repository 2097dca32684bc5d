# RUN: not %looplint check --select=LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "running event loop"
#
# Which method a call means is decided by the class of the object.
import abc
import asyncio
import threading


async def fetch():
    await asyncio.sleep(0)


class Step(abc.ABC):
    def execute(self):
        self.prepare()
        return self.perform()

    def prepare(self):
        return None

    @abc.abstractmethod
    def perform(self):
        raise NotImplementedError


class RunsLoop(Step):
    def perform(self):
        return asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]


class Plain(Step):
    def perform(self):
        return 1


async def abstract_hook_bad():
    RunsLoop().execute()


async def other_subclass_ok():
    Plain().execute()


class LoadsMixin:
    def prepare(self):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


class Mixed(LoadsMixin, Plain):
    pass


class MixedLast(Plain, LoadsMixin):
    # Step.prepare comes behind LoadsMixin.prepare only in Mixed.
    pass


async def mixin_bad():
    Mixed().execute()


async def mixin_behind_base_ok():
    MixedLast().execute()


class First:
    def go(self):
        return None


class Left(First):
    def go(self):
        return super().go()


class Right(First):
    def go(self):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]
        return super().go()


class Diamond(Left, Right):
    pass


async def super_in_diamond_bad():
    # In a diamond, Left's super is Right.
    Diamond().go()


async def super_alone_ok():
    Left().go()


class Ticker(threading.Thread):
    def run(self):
        self.on_tick()

    def on_tick(self):
        return None


class RunsOnTick(Ticker):
    def on_tick(self):
        asyncio.run(fetch())


async def hook_on_own_thread_ok():
    ticker = RunsOnTick()
    ticker.start()
    await asyncio.to_thread(ticker.join)


def wrapped(function):
    def wrapper(self):
        return asyncio.run(function(self))
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]

    return wrapper


class Decorated(Step):
    @wrapped
    async def perform(self):
        await self.load()

    async def load(self):
        await fetch()


async def decorated_override_bad():
    Decorated().execute()


if __name__ == "__main__":
    RunsLoop().execute()
