# RUN: not %looplint check --select=LOOP102 --target-version=3.9 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' \
# RUN:     --check-prefixes=CHECK,OLD
# RUN: not %looplint check --select=LOOP102 --target-version=3.12 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' \
# RUN:     --check-prefixes=CHECK,MIDDLE
# RUN: not %looplint check --select=LOOP102 --target-version=3.14 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' \
# RUN:     --check-prefixes=CHECK,NEW
#
# The lowest version that a project supports decides what is still ahead of
# it: a new loop in silence, one with a DeprecationWarning, or RuntimeError.
import asyncio
import sys


async def fetch():
    await asyncio.sleep(0)


def main_bad():
    loop = asyncio.get_event_loop()
    # OLD: :[[#@LINE-1]]:12: {{warning|error}}: {{.*}}3.14{{.*}} [LOOP102]
    # MIDDLE: :[[#@LINE-2]]:12: {{warning|error}}: {{.*}}3.14{{.*}} [LOOP102]
    # NEW: :[[#@LINE-3]]:12: error: {{.*}}RuntimeError{{.*}} [LOOP102]
    loop.run_until_complete(fetch())


def after_run_bad():
    asyncio.run(fetch())
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:5: error: {{.*}} [LOOP102]


if __name__ == "__main__":
    if sys.argv[1:]:
        main_bad()
    else:
        after_run_bad()
