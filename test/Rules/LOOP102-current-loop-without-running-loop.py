# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP102 --target-version=3.10 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: not %python -W error after_run.py 2>&1 | FileCheck %s --check-prefix=GONE
# RUN: not %python -W error set_to_none.py 2>&1 | FileCheck %s --check-prefix=GONE
# RUN: %python -W error right_uses.py
# GONE: There is no current event loop in thread 'MainThread'
#
# 3.14 refuses every look-up below; what each version says is in
# LOOP102-current-loop-without-running-loop-versions.py.

#--- after_run.py
import asyncio


async def fetch():
    await asyncio.sleep(0)


def ask():
    return asyncio.get_event_loop()
    # CHECK: after_run.py:[[#@LINE-1]]:12: error: {{.*}} [LOOP102]


def main_bad():
    asyncio.run(fetch())
    ask()


if __name__ == "__main__":
    main_bad()

#--- helpers.py
import asyncio
import functools
import sys


async def fetch(n=1):
    await asyncio.sleep(0)


def ask():
    return asyncio.get_event_loop()
    # CHECK: helpers.py:[[#@LINE-1]]:12: {{warning|error}}: {{.*}} [LOOP102]


def through_helper_bad():
    ask().run_until_complete(fetch())


class Device:
    def __init__(self):
        self.loop = asyncio.get_event_loop()
        # CHECK: helpers.py:[[#@LINE-1]]:21: {{warning|error}}: {{.*}} [LOOP102]

    def run(self):
        self.loop.run_until_complete(fetch())


def constructor_bad():
    Device().run()


def synchronous(function):
    @functools.wraps(function)
    def wrapper(*args):
        loop = asyncio.get_event_loop()
        # CHECK: helpers.py:[[#@LINE-1]]:16: {{warning|error}}: {{.*}} [LOOP102]
        return loop.run_until_complete(function(*args))

    return wrapper


@synchronous
async def decorated(n):
    await fetch(n)


def decorator_bad():
    decorated(1)


def ensure_future_bad():
    asyncio.ensure_future(fetch())
    # CHECK: helpers.py:[[#@LINE-1]]:5: {{warning|error}}: `asyncio.ensure_future` {{.*}} [LOOP102]


def gather_bad():
    asyncio.gather(fetch(), fetch())
    # CHECK: helpers.py:[[#@LINE-1]]:5: {{warning|error}}: `asyncio.gather` {{.*}} [LOOP102]


def imported_bad():
    from asyncio import get_event_loop as current

    current().run_until_complete(fetch())
    # CHECK: helpers.py:[[#@LINE-1]]:5: {{warning|error}}: {{.*}} [LOOP102]


COMMANDS = {
    "helper": through_helper_bad,
    "constructor": constructor_bad,
    "decorator": decorator_bad,
    "ensure-future": ensure_future_bad,
    "gather": gather_bad,
    "imported": imported_bad,
}

if __name__ == "__main__":
    # One of them: the first look-up leaves a loop to all that come after it.
    COMMANDS[sys.argv[1]]()

#--- right_uses.py
import asyncio
import sys
import threading
from abc import ABC
from typing import Generic, TypeVar


async def fetch(n=1):
    await asyncio.sleep(0)
    return asyncio.get_event_loop()


def ask_for(kind):
    return asyncio.get_event_loop() if kind else None


def running_ok():
    async def main():
        return ask_for("loop")

    asyncio.run(main())


T = TypeVar("T")


class Manager:
    def __init__(self, client=None):
        if client:
            self.client = client
        else:
            self.answer = asyncio.Future()


class Receiver(Generic[T]):
    pass


class Client(Receiver[int], ABC):
    def __init__(self):
        self.manager = Manager(client=self)


def FP_true_as_objects_are():
    return Client()


def installed_ok():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        asyncio.get_event_loop().run_until_complete(fetch())
    finally:
        loop.close()
        asyncio.set_event_loop(None)


def asked_and_made_ok():
    # It is prepared for every answer.
    try:
        loop = asyncio.get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
    loop.run_until_complete(fetch())
    loop.close()
    asyncio.set_event_loop(None)


def new_loop_ok():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(fetch())
    loop.close()


def by_version_ok():
    # Where it is called, it never gave more than the loop.
    if sys.version_info < (3, 10):
        loop = asyncio.get_event_loop()
    else:
        loop = asyncio.new_event_loop()
    loop.run_until_complete(fetch())
    loop.close()


class Loops:
    def get_event_loop(self):
        return None


def other_method_ok():
    Loops().get_event_loop()


def library_function_ok():
    # Nobody calls it here; who does may run a loop.
    return asyncio.get_event_loop()


if __name__ == "__main__":
    running_ok()
    installed_ok()
    asked_and_made_ok()
    new_loop_ok()
    by_version_ok()
    other_method_ok()

#--- may_be_empty.py
import asyncio


class Manager:
    def __init__(self, client=None):
        if client:
            self.client = client
        else:
            self.answer = asyncio.Future()
            # CHECK: may_be_empty.py:[[#@LINE-1]]:27: {{warning|error}}: {{.*}} [LOOP102]


class Answers(list):
    def __init__(self):
        self.manager = Manager(client=self)


Answers()

#--- set_to_none.py
import asyncio

asyncio.set_event_loop(None)
asyncio.ensure_future(asyncio.sleep(0))
# CHECK: set_to_none.py:[[#@LINE-1]]:1: error: {{.*}} [LOOP102]

#--- made_by_library.py
# Tornado makes the loop that it does not find.
from tornado.ioloop import IOLoop


async def fetch():
    pass


IOLoop.current().run_sync(fetch)

#--- top_level.py
import asyncio


async def fetch():
    await asyncio.sleep(0)


loop = asyncio.get_event_loop()
# CHECK: top_level.py:[[#@LINE-1]]:8: {{warning|error}}: {{.*}} [LOOP102]
loop.run_until_complete(fetch())
