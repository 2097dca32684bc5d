# RUN: %looplint check --select=LOOP203 %s
#
# Looking for the loops behind a list ends although the list holds itself.
import asyncio
import concurrent.futures


async def fetch():
    await asyncio.sleep(0)


async def futures_ok():
    futures = []
    futures.append(futures)
    concurrent.futures.wait(futures)


async def loops_ok():
    loops = []
    loops.append(loops)
    for loop in loops:
        asyncio.run_coroutine_threadsafe(fetch(), loop).result()
