# RUN: not %looplint check --select=LOOP701 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Who records warnings wants to see them; who only filters them does not.
import asyncio
import gc
import warnings


async def work(): ...


async def FP_recorded():
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("default")
        coroutine = work()
        del coroutine
        gc.collect()
    assert len(seen) == 1


async def FN_filtered():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        work()
        # CHECK: :[[#@LINE-1]]:9: error: the coroutine of `work` is dropped and never awaited: its body never runs [LOOP701]


asyncio.run(FP_recorded())
asyncio.run(FN_filtered())
