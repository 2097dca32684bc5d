# RUN: not %looplint check --select=LOOP401 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A script's own loop: run and left, run and closed, or run for good.
import asyncio


async def work(): ...


left = asyncio.new_event_loop()
# CHECK: :[[#@LINE-1]]:8: warning: the loop that `asyncio.new_event_loop` makes {{.*}} [LOOP401]
left.run_until_complete(work())

closed = asyncio.new_event_loop()
try:
    closed.run_until_complete(work())
finally:
    closed.close()

FP_for_the_process = asyncio.new_event_loop()
FP_for_the_process.run_forever()
