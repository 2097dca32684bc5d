# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: not %looplint check %t/wrong.py \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %looplint check %t/right.py
# RUN: not %python %t/wrong.py 2>&1 | FileCheck %s --check-prefix=FAILS
# RUN: %python %t/right.py 2>&1 | FileCheck %s --check-prefix=WORKS
# FAILS: RuntimeError: asyncio.run() cannot be called from a running event loop
# WORKS: got 3
#
# asyncio.run makes, runs and closes a loop: it is for where none runs yet.

#--- wrong.py
import asyncio


async def fetch(url):
    await asyncio.sleep(0)
    return len(url)


async def main():
    print("got", asyncio.run(fetch("abc")))
    # CHECK: wrong.py:[[#@LINE-1]]:18: error: `asyncio.run` {{.*}} [LOOP201]
    # CHECK: note: {{.*}}`main`


asyncio.run(main())

#--- right.py
import asyncio


async def fetch(url):
    await asyncio.sleep(0)
    return len(url)


async def main():
    print("got", await fetch("abc"))


asyncio.run(main())
