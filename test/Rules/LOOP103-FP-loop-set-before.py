# RUN: not %looplint check --select=LOOP103 --target-version=3.8 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A script that has set its loop gives it to what it makes from then on.
import asyncio

early = asyncio.Event()
# CHECK: :[[#@LINE-1]]:9: warning: `asyncio.Event` makes an object that belongs to a loop while the module is imported [LOOP103]

if __name__ == "__main__":
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)

    FP_closed = asyncio.Event()
    loop.call_later(1, FP_closed.set)
    loop.run_until_complete(FP_closed.wait())
    loop.close()
