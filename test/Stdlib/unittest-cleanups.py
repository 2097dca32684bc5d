# RUN: not %looplint check --confidence=possible --select=LOOP2,LOOP6 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What a coroutine of a test registers as a cleanup runs behind the test, when
# the loop does not run any more; what it calls itself runs on the loop.
import asyncio
import inspect
import time
import unittest


async def fetch():
    await asyncio.sleep(0)


class OwnRunner(unittest.TestCase):
    """Wraps the coroutines among its tests itself."""

    def setUp(self):
        self.loop = asyncio.new_event_loop()
        self.addCleanup(self.loop.close)

    def addCleanup(self, function, *arguments):
        def cleanup():
            result = function(*arguments)
            if inspect.isawaitable(result):
                self.loop.run_until_complete(result)

        super().addCleanup(cleanup)

    async def resource(self):
        self.addCleanup(fetch)
        self.addCleanup(time.sleep, 1)
        time.sleep(2)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]

    def test(self):
        self.loop.run_until_complete(self.resource())


class Isolated(unittest.IsolatedAsyncioTestCase):
    async def test(self):
        self.addCleanup(self.clean)
        self.clean_now()

    def clean(self):
        asyncio.get_event_loop().run_until_complete(fetch())
        time.sleep(1)

    def clean_now(self):
        time.sleep(3)
        # CHECK: :[[#@LINE-1]]:9: warning: {{.*}} [LOOP601]
