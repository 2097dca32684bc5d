# RUN: not %looplint check --target-version=3.11 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %looplint check --target-version=3.10 %s
# RUN: rm -rf %t && mkdir %t && cd %t && cp %s program.py
# RUN: echo 'target-version = "3.8"' > looplint.toml
# RUN: echo '[per-file-target-version]' >> looplint.toml
# RUN: echo '"program.py" = "3.12"' >> looplint.toml
# RUN: not %looplint check \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# From 3.11 on `asyncio.wait` refuses coroutine objects.
import asyncio


async def fetch(n=1):
    await asyncio.sleep(0)
    return n


async def listed_bad():
    await asyncio.wait([fetch(), fetch(2)])
    # CHECK: :[[#@LINE-1]]:11: error: a coroutine object is passed to `asyncio.wait`, which takes tasks: it raises TypeError since 3.11 [LOOP302]


async def collected_bad():
    jobs = {fetch(n) for n in range(3)}
    done, pending = await asyncio.wait(jobs, timeout=1)
    # CHECK: :[[#@LINE-1]]:27: error: {{.*}} [LOOP302]
    return done, pending


async def FN_helper():
    await wait_all([fetch()])


async def wait_all(jobs):
    return await asyncio.wait(jobs)
    # CHECK: :[[#@LINE-1]]:18: error: {{.*}} [LOOP302]


async def tasks_ok():
    jobs = {asyncio.create_task(fetch(n)) for n in range(3)}
    await asyncio.wait(jobs)
    await asyncio.wait([asyncio.ensure_future(fetch())])


async def others_ok():
    await asyncio.wait_for(fetch(), 1)
    await asyncio.gather(fetch(), fetch())
    for next_one in asyncio.as_completed([fetch()]):
        await next_one


asyncio.run(listed_bad())
asyncio.run(collected_bad())
asyncio.run(FN_helper())
asyncio.run(tasks_ok())
asyncio.run(others_ok())
