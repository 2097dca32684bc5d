# RUN: not %looplint check --select=LOOP201,LOOP601 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %looplint check --select=LOOP201,LOOP601 --target-version 3.6 %s --exit-zero \
# RUN:   | FileCheck %s --check-prefix=OLD
#
# A coroutine that is called in code which no supported version executes, and by
# nobody else, is started by nobody.
import asyncio
import sys
import time
from typing import TYPE_CHECKING


async def switched_off_ok():
    time.sleep(1)


async def for_older_ok():
    below_older()
    # OLD: dead-branches.py:[[#@LINE+4]]:5: warning: `time.sleep`


def below_older():
    time.sleep(2)


async def beside_ok():
    await for_beside_ok()


async def for_beside_ok():
    time.sleep(3)


async def called_elsewhere_bad():
    time.sleep(4)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]


async def behind_a_flag_bad():
    # A switch of the program's own.
    time.sleep(5)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]


async def nobody_calls_it_bad():
    time.sleep(6)
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]


DEBUG = False


async def main():
    if 0:
        await switched_off_ok()
        await called_elsewhere_bad()
    if sys.version_info < (3, 7):
        await for_older_ok()
    if False:
        await beside_ok()
    if DEBUG:
        await behind_a_flag_bad()
    await called_elsewhere_bad()


asyncio.run(main())
