# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP201 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: not %python main.py 2>&1 | FileCheck %s --check-prefix=FAILS
# RUN: %python main_ok.py
# FAILS: asyncio.run() cannot be called from a running event loop
#
# A name that a star brings is the name of the module behind it, unless
# `__all__` or an underscore keeps it there, or the file binds it again.

#--- main.py
from package import *


async def main():
    load()


run(main())

#--- main_ok.py
from package import *
from other import *


async def main():
    # other's function came last.
    load()


run(main())

#--- other.py
__all__ = ["load"]


def load():
    return 1


def run(coroutine):
    raise AssertionError("no star brings this")

#--- package/__init__.py
from asyncio import *

from .helpers import *

#--- package/helpers.py
from asyncio import run, sleep


async def fetch():
    await sleep(0)


def load():
    return run(fetch())
    # CHECK: helpers.py:[[#@LINE-1]]:12: error: {{.*}} [LOOP201]


def _load():
    return 2
