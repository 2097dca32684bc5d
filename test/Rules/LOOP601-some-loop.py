# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What stands behind `not loop.is_running()`, in a coroutine's reach. Which loop
# the program keeps is not always known: where it may be the one that runs here,
# the branch is for those who have none.
import asyncio
import time
from typing import Optional

kept: Optional[asyncio.AbstractEventLoop] = None


def is_running():
    return kept.is_running()


async def save_later():
    await asyncio.sleep(1)


# FP_: some loop or other.
def save_ok():
    if is_running():
        task = asyncio.create_task(save_later())
        task.add_done_callback(print)
    else:
        time.sleep(1)


def save_in_ok(loop: asyncio.AbstractEventLoop):
    if not loop.is_running():
        time.sleep(1)


# FN_: a loop that is another one for sure.
def save_bad():
    other = asyncio.new_event_loop()
    try:
        if not other.is_running():
            time.sleep(1)
            # CHECK: :[[#@LINE-1]]:13: warning: `time.sleep` {{.*}} [LOOP601]
    finally:
        other.close()


async def serve(loop):
    global kept
    kept = asyncio.get_running_loop()
    save_ok()
    save_in_ok(loop)
    save_bad()


def main(make):
    asyncio.run(serve(make()))


if __name__ == "__main__":
    main(input)
