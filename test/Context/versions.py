# RUN: not %looplint check --select=LOOP201 --target-version=3.8 %s \
# RUN:   | FileCheck %s --check-prefixes=CHECK,OLD --implicit-check-not='{{error|warning}}:'
# RUN: not %looplint check --select=LOOP201 --target-version=3.12 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What is only for versions below the target is never reached.
import asyncio
import sys


async def fetch():
    return 1


async def below_bad():
    if sys.version_info < (3, 9):
        asyncio.run(fetch())
        # OLD: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def in_else_bad():
    if sys.version_info >= (3, 11):
        return await fetch()
    else:
        asyncio.run(fetch())
        # OLD: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def behind_return_bad():
    if (3, 10) <= sys.version_info:
        return
    asyncio.run(fetch())
    # OLD: :[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


async def by_item_bad():
    if sys.version_info[:2] < (3, 9):
        asyncio.run(fetch())
        # OLD: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def above_bad():
    if sys.version_info >= (3, 9):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def for_python_2_ok():
    if sys.version_info[0] < 3:
        asyncio.run(fetch())
    if sys.version_info.major == 2:
        asyncio.run(fetch())
    if 2 == sys.version_info[0]:
        asyncio.run(fetch())


async def by_minor_bad():
    if sys.version_info.minor < 9:
        asyncio.run(fetch())
        # OLD: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]
    if sys.version_info[1] == 8:
        asyncio.run(fetch())
        # OLD: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def for_python_3_bad():
    if sys.version_info.major == 3:
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


async def from_python_3_bad():
    if sys.version_info[0] >= 3:
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]
