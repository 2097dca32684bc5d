# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: %python -c "open('latin.py', 'wb').write(b'name = \"caf\xe9\"\n')"
# RUN: %python -c "open('declared_ok.py', 'wb').write(b'# coding: latin-1\nname = \"caf\xe9\"\n')"
# RUN: %python -c "open('marked_ok.py', 'wb').write(b'\xef\xbb\xbfname = 1\n')"
# RUN: %python -c "open('unknown_bad.py', 'wb').write(b'# coding: klingon\nname = 1\n')"
# RUN: not %looplint check --select=LOOP201,LOOP900 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What is left out is said, and everything else is analysed all the same.

#--- broken_bad.py
import asyncio


async def fetch():
    await asyncio.sleep(0)


async def still_seen_bad():
    asyncio.run(fetch())
    # CHECK-DAG: broken_bad.py:[[#@LINE-1]]:5: error: {{.*}} [LOOP201]


def broken(:
    # CHECK-DAG: broken_bad.py:[[#@LINE-1]]:{{[0-9]+}}: {{warning|error}}: {{.*}} [LOOP900]
    return 1

#--- empty_ok.py
#--- new_syntax_ok.py
type Pair[T] = tuple[T, T]


def first[T](pair: Pair[T]) -> T:
    match pair:
        case (one, _):
            return one


def nested(names):
    return f"{", ".join(f"{name!r:>{len("ab")}}" for name in names)}"


try:
    if (size := len("abc")) > 2:
        nested(["a"])
except* ValueError:
    pass

#--- old_syntax_ok.py
from __future__ import annotations

import asyncio


async def pages():
    return [n async for n in source() if await good(n)]


async def source():
    yield 1


async def good(n):
    return n


print(rb"raw" b"bytes", u"text", 0x_ff, 1_000, 1e5j, ...)
global_name: int
lambda *args, key=1, **rest: (yield)
with open("a") as a, open("b") as b:
    del a, b
assert not (yes := True), "walrus"

#--- zz.py
# CHECK-DAG: latin.py:1:{{[0-9]+}}: error: {{.*}} [LOOP900]
# CHECK-DAG: unknown_bad.py:1:{{[0-9]+}}: error: {{.*}} [LOOP900]
