# RUN: not %looplint check --select=LOOP303 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python -W error %s | FileCheck %s --check-prefix=RUNS
#
# A flag that is kept beside the callable it tells about decides how that is called.
import asyncio
import functools
from inspect import iscoroutinefunction


def is_async_callable(function):
    while isinstance(function, functools.partial):
        function = function.func
    return iscoroutinefunction(function) or (callable(function) and iscoroutinefunction(function.__call__))


class Task:
    def __init__(self, func):
        self.func = func
        self.is_async = iscoroutinefunction(func)

    async def go_ok(self):
        if self.is_async:
            await self.func()
        else:
            await asyncio.to_thread(self.func)

    async def returns_ok(self):
        if not self.is_async:
            return await asyncio.to_thread(self.func)
        return await self.func()


class ByHelper:
    def __init__(self, func):
        self.func = func
        self.is_async = is_async_callable(func)

    async def go_ok(self):
        if self.is_async:
            await self.func()
        else:
            await asyncio.to_thread(self.func)


class OfField:
    def __init__(self, func):
        self.func = func
        self.is_plain = not iscoroutinefunction(self.func)

    async def go_ok(self):
        if self.is_plain:
            await asyncio.to_thread(self.func)
        else:
            await self.func()


class Wrong:
    def __init__(self, func):
        self.func = func
        self.is_async = iscoroutinefunction(func)

    async def go_bad(self):
        if self.is_async:
            await asyncio.to_thread(self.func)
            # CHECK: :[[#@LINE-1]]:19: error: `asyncio.to_thread` calls the coroutine function `work` and drops the coroutine [LOOP303]


class Unrelated:
    def __init__(self, func, is_async):
        self.func = func
        self.is_async = is_async

    async def go_bad(self):
        await asyncio.to_thread(self.func)
        # CHECK: :[[#@LINE-1]]:15: error: `asyncio.to_thread` calls the coroutine function `work` and drops the coroutine [LOOP303]


async def work():
    print("worked")


def plain():
    print("plain")


async def main():
    for made in (Task(work), Task(plain), ByHelper(work), ByHelper(plain), OfField(work), OfField(plain)):
        await made.go_ok()


async def wrong():
    await Wrong(work).go_bad()
    await Wrong(plain).go_bad()
    await Unrelated(work, False).go_bad()


if __name__ == "__main__":
    asyncio.run(main())
# RUNS: worked
# RUNS-NEXT: plain
# RUNS-NEXT: worked
# RUNS-NEXT: plain
# RUNS-NEXT: worked
# RUNS-NEXT: plain
