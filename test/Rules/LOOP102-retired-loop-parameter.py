# RUN: not %looplint check --select=LOOP102 --target-version=3.8 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefix=OLD
# RUN: not %looplint check --select=LOOP102 --target-version=3.10 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefix=NEW
# RUN: %python %s | FileCheck %s --check-prefix=RAISES
#
# From 3.10 on locks, queues and what waits take no `loop` any more.
import asyncio
import sys

BELOW_310 = sys.version_info < (3, 10)
FROM_310 = sys.version_info >= (3, 10)


async def sleep_bad(loop):
    await asyncio.sleep(0, loop=loop)
    # OLD: :[[#@LINE-1]]:11: warning: `asyncio.sleep` takes no `loop` since 3.10, where it raises TypeError; before, that is deprecated since 3.8 [LOOP102]
    # NEW: :[[#@LINE-2]]:11: error: `asyncio.sleep` takes no `loop` since 3.10: it raises TypeError [LOOP102]


async def wait_for_bad(loop):
    await asyncio.wait_for(fine(), timeout=1, loop=loop)
    # OLD: :[[#@LINE-1]]:11: warning: `asyncio.wait_for` takes no `loop` {{.*}} [LOOP102]
    # NEW: :[[#@LINE-2]]:11: error: `asyncio.wait_for` takes no `loop` {{.*}} [LOOP102]


async def gather_bad(loop):
    await asyncio.gather(loop=loop)
    # OLD: :[[#@LINE-1]]:11: warning: `asyncio.gather` takes no `loop` {{.*}} [LOOP102]
    # NEW: :[[#@LINE-2]]:11: error: `asyncio.gather` takes no `loop` {{.*}} [LOOP102]


async def none_bad(loop):
    asyncio.Queue(maxsize=3, loop=None)
    # OLD: :[[#@LINE-1]]:5: warning: `asyncio.Queue` takes no `loop` {{.*}} [LOOP102]
    # NEW: :[[#@LINE-2]]:5: error: `asyncio.Queue` takes no `loop` {{.*}} [LOOP102]


async def lock_bad(loop):
    asyncio.Lock(loop=loop)
    # OLD: :[[#@LINE-1]]:5: warning: `asyncio.Lock` takes no `loop` {{.*}} [LOOP102]
    # NEW: :[[#@LINE-2]]:5: error: `asyncio.Lock` takes no `loop` {{.*}} [LOOP102]


async def event_bad(loop):
    asyncio.Event(loop=loop)
    # OLD: :[[#@LINE-1]]:5: warning: `asyncio.Event` takes no `loop` {{.*}} [LOOP102]
    # NEW: :[[#@LINE-2]]:5: error: `asyncio.Event` takes no `loop` {{.*}} [LOOP102]


async def semaphore_bad(loop):
    asyncio.Semaphore(2, loop=loop)
    # OLD: :[[#@LINE-1]]:5: warning: `asyncio.Semaphore` takes no `loop` {{.*}} [LOOP102]
    # NEW: :[[#@LINE-2]]:5: error: `asyncio.Semaphore` takes no `loop` {{.*}} [LOOP102]


class OwnQueue(asyncio.Queue):
    def __init__(self, loop):
        super().__init__(loop=loop)
        # OLD: :[[#@LINE-1]]:9: warning: `asyncio.Queue` takes no `loop` {{.*}} [LOOP102]
        # NEW: :[[#@LINE-2]]:9: error: `asyncio.Queue` takes no `loop` {{.*}} [LOOP102]


async def subclass_bad(loop):
    OwnQueue(loop)


async def connection_bad(loop):
    await asyncio.open_connection("localhost", 9, loop=loop)
    # OLD: :[[#@LINE-1]]:11: warning: `asyncio.open_connection` takes no `loop` {{.*}} [LOOP102]
    # NEW: :[[#@LINE-2]]:11: error: `asyncio.open_connection` takes no `loop` {{.*}} [LOOP102]


async def still_taken_ok(loop):
    future = asyncio.Future(loop=loop)
    future.set_result(None)
    await asyncio.ensure_future(fine(), loop=loop)
    await asyncio.wrap_future(future, loop=loop)
    asyncio.StreamReader(loop=loop)


async def tested_ok(loop):
    if sys.version_info < (3, 10):
        await asyncio.sleep(0, loop=loop)
    else:
        await asyncio.sleep(0)
    if BELOW_310:
        asyncio.Lock(loop=loop)
    if not FROM_310:
        asyncio.Lock(loop=loop)
    for_old_versions(loop) if BELOW_310 else None
    if BELOW_310:
        FP_helper(loop)


def FP_helper(loop):
    # Where no older version is supported the call of it is no call any more, and it is taken
    # for a function that anybody may call.
    asyncio.Lock(loop=loop)
    # NEW: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


if sys.version_info < (3, 10):

    def for_old_versions(loop):
        return asyncio.Lock(loop=loop)

    class ForOldVersions:
        def make(self, loop):
            return asyncio.Lock(loop=loop)


async def tried_ok(loop):
    try:
        asyncio.Lock(loop=loop)
    except TypeError:
        asyncio.Lock()


class Other:
    def Lock(self, loop): ...


async def other_ok(loop):
    Other().Lock(loop=loop)


async def fine():
    await asyncio.sleep(0)


async def main():
    loop = asyncio.get_running_loop()
    for function in (sleep_bad, wait_for_bad, gather_bad, none_bad, lock_bad, event_bad,
                     semaphore_bad, subclass_bad, connection_bad):
        try:
            await function(loop)
        except TypeError as error:
            print(function.__name__, "raises", type(error).__name__)
    for function in (still_taken_ok, tested_ok, tried_ok, other_ok):
        await function(loop)
        print(function.__name__, "works")


if __name__ == "__main__":
    asyncio.run(main())
# RAISES: sleep_bad raises TypeError
# RAISES-NEXT: wait_for_bad raises TypeError
# RAISES-NEXT: gather_bad raises TypeError
# RAISES-NEXT: none_bad raises TypeError
# RAISES-NEXT: lock_bad raises TypeError
# RAISES-NEXT: event_bad raises TypeError
# RAISES-NEXT: semaphore_bad raises TypeError
# RAISES-NEXT: subclass_bad raises TypeError
# RAISES-NEXT: connection_bad raises TypeError
# RAISES-NEXT: still_taken_ok works
# RAISES-NEXT: tested_ok works
# RAISES-NEXT: tried_ok works
# RAISES-NEXT: other_ok works
