# RUN: not %looplint check --select=LOOP303 --target-version=3.11 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A class pattern tells what `isinstance` tells: what it has ruled out in one
# case does not come to the next.
import asyncio
import threading


async def FP_matched(flag):
    loop = asyncio.get_running_loop()
    match flag:
        case None:
            return None
        case asyncio.Event():
            return await flag.wait()
        case threading.Event():
            return await loop.run_in_executor(None, flag.wait)
        case _:
            raise TypeError(flag)


async def FP_either(flag):
    match flag:
        case asyncio.Event() | asyncio.Condition():
            return await flag.wait()
        case _:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(None, flag.wait)


async def FN_wrong_way_round(flag):
    loop = asyncio.get_running_loop()
    match flag:
        case threading.Event():
            return flag.is_set()
        case other:
            return await loop.run_in_executor(None, other.wait)
            # CHECK: :[[#@LINE-1]]:26: error: `AbstractEventLoop.run_in_executor` calls the coroutine function `Event.wait` and drops the coroutine [LOOP303]


async def main():
    for f in FP_matched, FP_either, FN_wrong_way_round:
        await f(asyncio.Event())
        await f(threading.Event())


asyncio.run(main())
