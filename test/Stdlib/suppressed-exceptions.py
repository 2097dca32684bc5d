# RUN: not %looplint check %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s "running event loop"
#
# A guard by a thread's number, and context managers that keep exceptions to
# themselves.
import asyncio
import contextlib
import threading
import unittest


async def fetch():
    await asyncio.sleep(0)


def by_ident():
    if threading.get_ident() == threading.main_thread().ident:
        return None
    return asyncio.run(fetch())


async def ident_ok():
    by_ident()
    await asyncio.to_thread(by_ident)


def suppressed():
    with contextlib.suppress(RuntimeError):
        asyncio.get_running_loop()
        return None
    return asyncio.run(fetch())


async def suppress_ok():
    suppressed()
    await asyncio.to_thread(suppressed)


def wrong_way_round():
    if threading.get_ident() != threading.main_thread().ident:
        return None
    return asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP201]


async def ident_bad():
    wrong_way_round()


class Expecting(unittest.TestCase):
    def test_expects(self):
        with self.assertRaises(RuntimeError):
            asyncio.get_running_loop()


if __name__ == "__main__":
    suppressed()
