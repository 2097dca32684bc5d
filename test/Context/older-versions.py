# RUN: not %looplint check --target-version=3.10 %s | FileCheck %s --implicit-check-not="{{error|warning}}:"
#
# What is called where only versions below the target come is there for those.
import asyncio
import sys


def by_statement():
    return asyncio.Queue(loop=None)


def by_choice():
    return asyncio.Lock(loop=None)


def in_condition():
    asyncio.Event(loop=None)
    return True


def in_other_branch():
    return asyncio.Condition(loop=None)


def below_helper():
    return asyncio.Semaphore(loop=None)


def helper():
    return below_helper()


async def coroutine():
    asyncio.Semaphore(loop=None)


class Queues:
    def make(self):
        return asyncio.Queue(loop=None)

    def make_now(self):
        if sys.version_info >= (3, 10):
            return asyncio.Queue()
        return self.make()

    def make_then(self):
        return self.made() if sys.version_info < (3, 10) else None

    def made(self):
        return asyncio.LifoQueue(loop=None)


def handed():
    asyncio.PriorityQueue(loop=None)


async def main(run):
    if sys.version_info < (3, 10):
        by_statement()
        helper()
        await coroutine()
        run(handed)
    lock = by_choice() if sys.version_info < (3, 10) else asyncio.Lock()
    if sys.version_info < (3, 10) and in_condition():
        print(lock)
    if sys.version_info >= (3, 10):
        pass
    elif in_other_branch():
        pass
    Queues().make_then()


# These are called by others as well, or by nobody that is seen.


def both_bad():
    return asyncio.Queue(loop=None)
    # CHECK: :[[#@LINE-1]]:12: error: `asyncio.Queue` takes no `loop` since 3.10: it raises TypeError [LOOP102]


def unseen_bad():
    return asyncio.Lock(loop=None)
    # CHECK: :[[#@LINE-1]]:12: error: `asyncio.Lock` takes no `loop` since 3.10: it raises TypeError [LOOP102]


async def others():
    if sys.version_info < (3, 10):
        both_bad()
    return both_bad()
