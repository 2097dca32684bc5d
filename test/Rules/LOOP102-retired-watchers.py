# RUN: not %looplint check --select=LOOP102 --target-version=3.10 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefixes=OLD
# RUN: not %looplint check --select=LOOP102 --target-version=3.14 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefixes=NEW,LATE
# RUN: not %looplint check --select=LOOP102 --target-version=3.16 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:' --check-prefixes=NEW,LAST
#
# Child watchers are deprecated since 3.12 and gone since 3.14. Policies are deprecated
# since 3.14 and go with 3.16; before 3.14 many programs need them.
import asyncio
import contextlib
import sys
import warnings


def get_bad():
    return asyncio.get_child_watcher()
    # OLD: :[[#@LINE-1]]:12: warning: `asyncio.get_child_watcher` is deprecated since 3.12, and gone since 3.14, where it raises AttributeError [LOOP102]
    # NEW: :[[#@LINE-2]]:12: error: `asyncio.get_child_watcher` is gone since 3.14: it raises AttributeError [LOOP102]


def set_bad():
    asyncio.set_child_watcher(asyncio.SafeChildWatcher())
    # OLD: :[[#@LINE-1]]:5: warning: `asyncio.set_child_watcher` is deprecated {{.*}} [LOOP102]
    # NEW: :[[#@LINE-2]]:5: error: `asyncio.set_child_watcher` is gone {{.*}} [LOOP102]


def object_bad(loop):
    watcher = asyncio.ThreadedChildWatcher()
    # OLD: :[[#@LINE-1]]:15: warning: `asyncio.ThreadedChildWatcher` is deprecated {{.*}} [LOOP102]
    # NEW: :[[#@LINE-2]]:15: error: `asyncio.ThreadedChildWatcher` is gone {{.*}} [LOOP102]
    watcher.attach_loop(loop)


def policy():
    asyncio.set_event_loop_policy(asyncio.DefaultEventLoopPolicy())
    # LATE: :[[#@LINE-1]]:5: warning: `asyncio.set_event_loop_policy` is deprecated since 3.14, and goes with 3.16, where it raises AttributeError [LOOP102]
    # LAST: :[[#@LINE-2]]:5: error: `asyncio.set_event_loop_policy` is gone since 3.16: it raises AttributeError [LOOP102]
    return asyncio.get_event_loop_policy()
    # LATE: :[[#@LINE-1]]:12: warning: `asyncio.get_event_loop_policy` is deprecated {{.*}} [LOOP102]
    # LAST: :[[#@LINE-2]]:12: error: `asyncio.get_event_loop_policy` is gone {{.*}} [LOOP102]


def tested_ok():
    if sys.version_info < (3, 14):
        asyncio.set_child_watcher(asyncio.ThreadedChildWatcher())
    if hasattr(asyncio, "get_child_watcher"):
        asyncio.get_child_watcher()


def left_early_ok():
    if not hasattr(asyncio, "set_child_watcher"):
        return
    asyncio.set_child_watcher(asyncio.ThreadedChildWatcher())


def tried_ok():
    try:
        asyncio.get_child_watcher()
    except AttributeError:
        pass
    with contextlib.suppress(AttributeError, NotImplementedError):
        asyncio.get_child_watcher()


class Own:
    def get_child_watcher(self): ...


def other_ok():
    Own().get_child_watcher()
