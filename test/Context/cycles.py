# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP201 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Whatever goes in circles comes to an end, and does not hide what is beside
# it: classes, calls, imports, values that contain themselves.

#--- bases.py
import asyncio


async def fetch():
    await asyncio.sleep(0)


class Left:
    pass


class Right(Left):
    def go(self):
        return asyncio.run(fetch())
        # CHECK: bases.py:[[#@LINE-1]]:16: error: {{.*}} [LOOP201]


class Left(Right):
    def stay(self):
        return self.go()


class Own(Own):
    def go(self):
        return super().go()


async def bases_bad():
    Own().go()
    Left().stay()

#--- calls.py
import asyncio


async def fetch():
    await asyncio.sleep(0)


def even(n):
    return odd(n - 1) if n else asyncio.run(fetch())
    # CHECK: calls.py:[[#@LINE-1]]:33: error: {{.*}} [LOOP201]


def odd(n):
    return even(n - 1) if n else None


async def calls_bad():
    even(4)


def wrap(function):
    return lambda: wrap(function)()


async def wraps_for_ever_ok():
    wrap(fetch)()

#--- imports_one.py
import asyncio

from imports_two import middle


async def fetch():
    await asyncio.sleep(0)


def inner():
    return asyncio.run(fetch())
    # CHECK: imports_one.py:[[#@LINE-1]]:12: error: {{.*}} [LOOP201]


async def imports_bad():
    middle()

#--- imports_two.py
import imports_one


def middle():
    return imports_one.inner()

#--- values.py
import asyncio


async def fetch():
    await asyncio.sleep(0)


class Node:
    def __init__(self):
        self.next = self
        self.items = [self]

    def run(self):
        return asyncio.run(fetch())
        # CHECK: values.py:[[#@LINE-1]]:16: error: {{.*}} [LOOP201]


async def values_bad():
    node = Node()
    node.items.append(node.items)
    while node:
        node = node.next.next
        node.items[0].run()
