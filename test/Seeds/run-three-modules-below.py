# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: cd %t/wrong && not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: cd %t/right && %looplint check .
# RUN: not %python %t/wrong/main.py 2>&1 | FileCheck %s --check-prefix=FAILS
# RUN: %python %t/right/main.py 2>&1 | FileCheck %s --check-prefix=WORKS
# FAILS: RuntimeError: asyncio.run() cannot be called from a running event loop
# WORKS: report: 6
#
# The helper's own file is right for every sync caller; only the way from the
# coroutine makes it wrong, so the notes tell that way.

#--- wrong/download.py
import asyncio


async def get(name):
    await asyncio.sleep(0)
    return len(name)


def get_sync(name):
    return asyncio.run(get(name))
    # CHECK: download.py:[[#@LINE-1]]:12: error: {{.*}} [LOOP201]

#--- wrong/main.py
import asyncio

import reporting


async def main():
    print("report:", reporting.build(["one", "two"]))
    # CHECK: main.py:[[#@LINE-1]]:22: note:


asyncio.run(main())

#--- wrong/reporting.py
from rows import load


def build(names):
    return sum(load(names))
    # CHECK: reporting.py:[[#@LINE-1]]:16: note:

#--- wrong/rows.py
import download


def load(names):
    return [download.get_sync(name) for name in names]
    # CHECK: rows.py:[[#@LINE-1]]:13: note:

#--- right/download.py
import asyncio


async def get(name):
    await asyncio.sleep(0)
    return len(name)


def get_sync(name):
    return asyncio.run(get(name))

#--- right/main.py
import asyncio

import reporting


async def main():
    # A thread without a loop may run one.
    print("report:", await asyncio.to_thread(reporting.build, ["one", "two"]))


asyncio.run(main())

#--- right/reporting.py
from rows import load


def build(names):
    return sum(load(names))

#--- right/rows.py
import download


def load(names):
    return [download.get_sync(name) for name in names]
