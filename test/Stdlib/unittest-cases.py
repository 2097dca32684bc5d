# RUN: not %looplint check --confidence=possible %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Where a test case's methods run: TestCase on the main thread; its isolated
# cousin has a loop, which is set but idle while plain functions run.
# What raises in a test for certain is possible at most: it would have been seen.
import asyncio
import unittest


async def fetch():
    await asyncio.sleep(0)


class Plain(unittest.TestCase):
    def test_runs(self):
        asyncio.run(fetch())

    async def test_dropped(self):
        # CHECK: :[[#@LINE-1]]:15: error: {{.*}}`Plain.test_dropped`{{.*}} [LOOP303]
        await fetch()

    def test_cleanup(self):
        self.addCleanup(fetch)
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP303]


class Isolated(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.loop = asyncio.get_event_loop()

    async def asyncSetUp(self):
        await fetch()

    async def test_nested(self):
        self.helper()

    def test_plain(self):
        asyncio.run(fetch())

    async def test_right(self):
        self.addAsyncCleanup(fetch)
        asyncio.get_running_loop()
        await fetch()

    def helper(self):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]


if __name__ == "__main__":
    unittest.main()
