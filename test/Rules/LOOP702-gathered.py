# RUN: not %looplint check --select=LOOP702 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What gathers coroutines makes tasks of them that only the result refers to:
# dropped, they are collected where they wait, and nobody says so.
import asyncio


async def work(): ...


async def gather_bad():
    asyncio.gather(work(), work())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP702]
    await asyncio.sleep(1)


async def gather_list_bad():
    asyncio.gather(*[work() for _ in range(3)])
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP702]


async def gather_list2_bad():
    jobs = []
    for _ in range(3):
        jobs.append(work())
    asyncio.gather(*jobs)
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP702]


async def shield_bad():
    asyncio.shield(work())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP702]


async def unread_bad():
    together = asyncio.gather(work(), return_exceptions=True)
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP702]


def returned(): return asyncio.gather(work())
async def returned_bad():
    returned()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP702]


async def ok():
    await asyncio.gather(work())
    a, b = await asyncio.gather(work(), work())
    f = asyncio.gather(work())
    f.cancel()
    g = asyncio.gather(work())
    await asyncio.wait_for(g, 1)
    await asyncio.wait_for(asyncio.shield(work()), 1)
    return asyncio.gather(work())


class K:
    async def FP_kept_by_others(self):
        self.all = asyncio.gather(work())
        tasks = self.tasks = [asyncio.create_task(work())]
        asyncio.gather(*tasks)


async def FP_given(futures, f):
    asyncio.gather(*futures)
    asyncio.shield(f)


def main_ok():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(asyncio.gather(work()))
