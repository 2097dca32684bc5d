# RUN: not %looplint check %s --select=LOOP101,LOOP102,LOOP201,LOOP303,LOOP501,LOOP701,LOOP702 \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What is expected to raise is provoked on purpose: inside of the expectation,
# any number of calls deeper, and where the function is handed to it. The
# expecting method may come with the class that a mixin is mixed into.
import asyncio
import unittest

import pytest


async def fetch():
    await asyncio.sleep(0)


def load():
    return asyncio.run(fetch())


def through_a_helper():
    return load()


class Base:
    async def mixed_ok(self):
        with self.assertRaises(RuntimeError):
            load()
        with self.assertRaisesRegex(RuntimeError, "running"):
            through_a_helper()
        self.assertRaises(RuntimeError, load)
        self.assertRaises(RuntimeError, asyncio.run, fetch())


class MixedTest(Base, unittest.IsolatedAsyncioTestCase):
    def test_look_up_ok(self):
        with self.assertRaises(RuntimeError):
            asyncio.get_running_loop()

    async def behind_it_bad(self):
        with self.assertRaises(RuntimeError):
            asyncio.run(fetch())
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


class LostTest(unittest.TestCase):
    def test_warnings_ok(self):
        with self.assertWarns(RuntimeWarning):
            fetch()
        with self.assertWarnsRegex(RuntimeWarning, "never awaited"):
            fetch()

    def test_closed_loop_ok(self):
        loop = asyncio.new_event_loop()
        loop.close()
        with self.assertRaises(RuntimeError):
            loop.create_task(fetch())


def warned_ok():
    with pytest.warns(RuntimeWarning):
        fetch()


def handled_bad():
    # Not to fail is another matter than to see it fail.
    try:
        asyncio.ensure_future(fetch())
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP702]
    except RuntimeError:
        pass


async def with_pytest_ok():
    with pytest.raises(RuntimeError):
        through_a_helper()
    with pytest.raises(RuntimeError, match="running") as raised:
        asyncio.run(fetch())
    assert raised.match("running")
    pytest.raises(RuntimeError, load)


async def another_way_bad():
    with pytest.raises(RuntimeError):
        unexpected()
    unexpected()


def unexpected():
    return asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP201]
