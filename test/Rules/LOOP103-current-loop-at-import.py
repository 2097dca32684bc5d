# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP101,LOOP103 --target-version=3.10 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: not %looplint check --select=LOOP103 --target-version=3.9 bound.py uses_bound.py \
# RUN:   | FileCheck %s --check-prefix=OLD --implicit-check-not='{{error|warning}}:'
# RUN: not %python main.py 2>&1 | FileCheck %s --check-prefix=RUNS
# RUN: %python main_ok.py
# RUNS: There is no current event loop in thread

#--- bound.py
# Up to 3.9 these take the current loop when they are made; from 3.10 on, the
# first one that waits in them.
import asyncio

lock = asyncio.Lock()
# OLD: bound.py:[[#@LINE-1]]:8: warning: {{.*}} [LOOP103]
queue = asyncio.Queue()
# OLD: bound.py:[[#@LINE-1]]:9: warning: {{.*}} [LOOP103]

#--- constructed.py
from limits import Limiter

limiter = Limiter()

#--- direct.py
import asyncio

loop = asyncio.get_event_loop()
# CHECK: direct.py:[[#@LINE-1]]:8: warning: `asyncio.get_event_loop` {{.*}} [LOOP103]

#--- in_class_body.py
import asyncio


class Settings:
    loop = asyncio.get_event_loop()
    # CHECK: in_class_body.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP103]

#--- in_default.py
import asyncio


def call(coroutine, loop=asyncio.get_event_loop()):
    # CHECK: in_default.py:[[#@LINE-1]]:26: warning: {{.*}} [LOOP103]
    return loop.run_until_complete(coroutine)

#--- in_helper.py
import asyncio


def current():
    return asyncio.get_event_loop()
    # CHECK: in_helper.py:[[#@LINE-1]]:12: warning: {{.*}} [LOOP103]


LOOP = current()

#--- lazy_ok.py
import asyncio


def loop():
    return asyncio.get_running_loop()


async def use():
    return asyncio.get_event_loop()


if __name__ == "__main__":
    asyncio.run(use())

#--- limits.py
import asyncio


class Limiter:
    def __init__(self):
        self.loop = asyncio.get_event_loop()
        # CHECK: limits.py:[[#@LINE-1]]:21: warning: {{.*}} [LOOP103]

#--- main.py
import threading

import constructed
import direct
import in_class_body
import in_default
import in_helper


def main():
    import on_worker

    return on_worker


thread = threading.Thread(target=main)
errors = []
threading.excepthook = lambda event: errors.append(event.exc_value)
thread.start()
thread.join()
raise SystemExit(errors[0])

#--- main_ok.py
import asyncio

import bound
import lazy_ok
import typed_ok


async def main():
    await lazy_ok.use()
    # While this runs, there is a loop to ask for.
    import while_running_ok

    assert while_running_ok.loop.is_running()


asyncio.run(main())

#--- on_worker.py
# Imported on a worker thread, the look-up fails: either code tells that.
import asyncio

loop = asyncio.get_event_loop()
# CHECK: on_worker.py:[[#@LINE-1]]:8: {{warning|error}}: {{.*}} [LOOP10{{[13]}}]

#--- factories_ok.py
# FP_: what makes a field's value runs where an object is made.
import asyncio
from dataclasses import dataclass, field


@dataclass
class Job:
    done: asyncio.Future = field(default_factory=asyncio.Future)
    owner: object = field(default_factory=lambda: asyncio.get_event_loop())


#--- typed_ok.py
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import direct

    # So that checkers see what is abstract.
    direct.asyncio.get_event_loop()

#--- uses_bound.py
import bound

print(bound.lock)

#--- while_running_ok.py
import asyncio

loop = asyncio.get_event_loop()
