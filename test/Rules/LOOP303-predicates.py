# RUN: not %looplint check --select=LOOP303 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Whoever asks whether a function is a coroutine function awaits those that are:
# directly, through a variable, and through a helper of the program.
import asyncio
import functools
import inspect
import typing


async def later():
    await asyncio.sleep(0)


def now():
    pass


@typing.overload
def is_async(function: int) -> bool: ...
@typing.overload
def is_async(function: str) -> bool: ...
def is_async(function):
    while isinstance(function, functools.partial):
        function = function.func
    return inspect.iscoroutinefunction(function) or (
        callable(function) and inspect.iscoroutinefunction(function.__call__))


class Endpoint:
    def __init__(self, function):
        self.function = function

    async def direct_ok(self, flag):
        function = later if flag else now
        if inspect.iscoroutinefunction(function):
            return await function()
        return await asyncio.to_thread(function)

    async def variable_ok(self, flag):
        function = functools.partial(later) if flag else now
        asks = is_async(function)
        if asks:
            return await function()
        return await asyncio.to_thread(function)

    async def attribute_ok(self):
        if is_async(self.function):
            await self.function()
        else:
            await asyncio.to_thread(self.function)

    async def turned_round_bad(self, flag):
        function = later if flag else now
        if inspect.iscoroutinefunction(function):
            return await asyncio.to_thread(function)
            # CHECK: :[[#@LINE-1]]:26: error: {{.*}} `later` {{.*}} [LOOP303]
        return function()


async def main():
    for endpoint in (Endpoint(later), Endpoint(now)):
        await endpoint.direct_ok(True)
        await endpoint.variable_ok(True)
        await endpoint.attribute_ok()
        await endpoint.turned_round_bad(True)


asyncio.run(main())
