# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP102 --target-version=3.8 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefix=OLD
# RUN: not %looplint check --select=LOOP102 --target-version=3.13 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefix=OLD
# RUN: not %looplint check --select=LOOP102 --target-version=3.14 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefix=NEW
#
# All that makes the main thread's loop by itself up to 3.13, each in a program
# of its own, and none of it where the loop is given.

#--- as-completed.py
import asyncio
import concurrent.futures


async def fetch(): ...


def main():
    return asyncio.as_completed([fetch()])
    # OLD: {{^}}as-completed.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP102]
    # NEW: {{^}}as-completed.py:[[#@LINE-2]]:12: error: {{.*}} raises RuntimeError since 3.14 [LOOP102]


kept = main()

#--- ensure-future.py
import asyncio
import concurrent.futures


async def fetch(): ...


def main():
    return asyncio.ensure_future(fetch())
    # OLD: {{^}}ensure-future.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP102]
    # NEW: {{^}}ensure-future.py:[[#@LINE-2]]:12: error: {{.*}} raises RuntimeError since 3.14 [LOOP102]


kept = main()

#--- future.py
import asyncio
import concurrent.futures


async def fetch(): ...


def main():
    return asyncio.Future()
    # OLD: {{^}}future.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP102]
    # NEW: {{^}}future.py:[[#@LINE-2]]:12: error: {{.*}} raises RuntimeError since 3.14 [LOOP102]


kept = main()

#--- gather.py
import asyncio
import concurrent.futures


async def fetch(): ...


def main():
    return asyncio.gather(fetch())
    # OLD: {{^}}gather.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP102]
    # NEW: {{^}}gather.py:[[#@LINE-2]]:12: error: {{.*}} raises RuntimeError since 3.14 [LOOP102]


kept = main()

#--- look-up.py
import asyncio
import concurrent.futures


async def fetch(): ...


def main():
    return asyncio.get_event_loop()
    # OLD: {{^}}look-up.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP102]
    # NEW: {{^}}look-up.py:[[#@LINE-2]]:12: error: {{.*}} raises RuntimeError since 3.14 [LOOP102]


kept = main()

#--- policy.py
import asyncio
import concurrent.futures


async def fetch(): ...


def main():
    return asyncio.get_event_loop_policy().get_event_loop()
    # OLD: {{^}}policy.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP102]
    # NEW: {{^}}policy.py:[[#@LINE-2]]:12: error: {{.*}} raises RuntimeError since 3.14 [LOOP102]


kept = main()

#--- shield.py
import asyncio
import concurrent.futures


async def fetch(): ...


def main():
    return asyncio.shield(fetch())
    # OLD: {{^}}shield.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP102]
    # NEW: {{^}}shield.py:[[#@LINE-2]]:12: error: {{.*}} raises RuntimeError since 3.14 [LOOP102]


kept = main()

#--- stream.py
import asyncio
import concurrent.futures


async def fetch(): ...


def main():
    return asyncio.StreamReader()
    # OLD: {{^}}stream.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP102]
    # NEW: {{^}}stream.py:[[#@LINE-2]]:12: error: {{.*}} raises RuntimeError since 3.14 [LOOP102]


kept = main()

#--- task.py
import asyncio
import concurrent.futures


async def fetch(): ...


def main():
    return asyncio.Task(fetch())
    # OLD: {{^}}task.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP102]
    # NEW: {{^}}task.py:[[#@LINE-2]]:12: error: {{.*}} raises RuntimeError since 3.14 [LOOP102]


kept = main()

#--- wrap-future.py
import asyncio
import concurrent.futures


async def fetch(): ...


def main():
    return asyncio.wrap_future(concurrent.futures.Future())
    # OLD: {{^}}wrap-future.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP102]
    # NEW: {{^}}wrap-future.py:[[#@LINE-2]]:12: error: {{.*}} raises RuntimeError since 3.14 [LOOP102]


kept = main()

#--- z-given.py
import asyncio
import concurrent.futures


async def fetch(): ...


loop = asyncio.new_event_loop()
kept = asyncio.ensure_future(fetch(), loop=loop)
kept = asyncio.Future(loop=loop)
kept = asyncio.Task(fetch(), loop=loop)
kept = asyncio.StreamReader(loop=loop)
kept = asyncio.wrap_future(concurrent.futures.Future(), loop=loop)
kept = loop.create_task(fetch())
loop.run_until_complete(kept)
loop.close()
