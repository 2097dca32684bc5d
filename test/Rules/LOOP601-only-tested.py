# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP601,LOOP802 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: not %looplint check --select=LOOP601,LOOP802 --confidence=possible . \
# RUN:   | FileCheck %s --check-prefix=ALL
#
# What only tests call on a loop proves nothing about the program: a test's loop
# has nothing else to do, and the test has passed.

#--- shop.py
import asyncio
import threading
import time


def settle():
    time.sleep(0.2)
    # ALL: shop.py:[[#@LINE-1]]:5: warning: {{.*}} [LOOP601] (possible)


def restock():
    time.sleep(0.3)
    # CHECK: shop.py:[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]
    # CHECK: note: `serve` is a coroutine
    # CHECK: note: {{.*}}`serve` calls `restock`


class Shop:
    def open(self):
        time.sleep(0.1)
        # ALL: shop.py:[[#@LINE-1]]:9: warning: {{.*}} [LOOP601] (possible)

    async def aopen(self):
        await asyncio.sleep(0.1)


async def serve():
    restock()


async def on_order():
    # Who awaits it, besides a test, is not known; it runs on a loop anyway.
    time.sleep(0.4)
    # CHECK: shop.py:[[#@LINE-1]]:5: warning: {{.*}} [LOOP601]


#--- test_shop.py
import asyncio
import time

import pytest

from shop import Shop, on_order, restock, settle


async def test_settles():
    settle()
    restock()
    await on_order()


@pytest.fixture
async def shop():
    Shop().open()
    # ALL: test_shop.py:[[#@LINE-1]]:5: warning: {{.*}} [LOOP802] (possible)
    yield


async def pause():
    time.sleep(0.1)


def test_runs_a_loop():
    asyncio.run(pause())
