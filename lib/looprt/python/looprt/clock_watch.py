"""Tells when somebody sets the wall clock, so that a scheduler need not look at it.

Linux has timers that end when the clock is set (or the machine wakes up). One of them, set for a time that never comes, is a
file descriptor that the loop watches for nothing. Where there is none the scheduler looks at the clock once a minute. Clocks
of tests say it themselves, where they have `on_set` (see looprt.testing).
"""
from __future__ import annotations

import asyncio
import math
import os
import sys
from typing import Any, Callable, Optional

_REALTIME = 0
_CLOSE_ON_EXEC = 0o2000000
_NONBLOCK = 0o4000
_ABSOLUTE = 1
_CANCEL_ON_SET = 2
#: Seconds after which the clock is looked at again; the second where nobody tells that it was set.
_LONGEST_SLEEP, _LONGEST_BLIND_SLEEP = 86400.0, 60.0
_NEVER = 2 ** 31 - 1 if sys.maxsize < 2 ** 32 else 2 ** 33  # in 2242; longer spans are none of our business


def _open() -> Optional[int]:
    """The descriptor, or None where this system has none."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        if sys.version_info >= (3, 13):
            descriptor = os.timerfd_create(_REALTIME, flags=_CLOSE_ON_EXEC | _NONBLOCK)
            os.timerfd_settime(descriptor, flags=_ABSOLUTE | _CANCEL_ON_SET, initial=_NEVER)
            return descriptor
        import ctypes
        library = ctypes.CDLL(None, use_errno=True)
        descriptor = library.timerfd_create(_REALTIME, _CLOSE_ON_EXEC | _NONBLOCK)
        if descriptor < 0:
            return None
        when = (ctypes.c_long * 4)(0, 0, _NEVER, 0)  # an interval, then a time: seconds and nanoseconds each
        if library.timerfd_settime(descriptor, _ABSOLUTE | _CANCEL_ON_SET, when, None) < 0:
            os.close(descriptor)
            return None
        return int(descriptor)
    except (AttributeError, ImportError, OSError):
        return None


class ClockWatch:
    """Calls `told` on the loop's thread when the clock has been set: the machine's, or `clock`, where one is given.

    `longest_sleep` is after how many seconds one has to look at the clock nevertheless.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, told: Callable[[], None], clock: Any = None) -> None:
        self._loop = loop
        self._told = told
        self._clock = clock
        self._descriptor: Optional[int] = None
        self.longest_sleep: float = math.inf
        if clock is None:
            self._watch_machine()
        elif hasattr(clock, "on_set"):
            clock.on_set(self, told)

    def _watch_machine(self) -> None:
        self.longest_sleep = _LONGEST_BLIND_SLEEP
        descriptor = _open()
        if descriptor is None:
            return
        try:
            self._loop.add_reader(descriptor, self._was_set)
        except NotImplementedError:
            os.close(descriptor)
            return
        self._descriptor = descriptor
        self.longest_sleep = _LONGEST_SLEEP

    def close(self) -> None:
        if hasattr(self._clock, "forget"):
            self._clock.forget(self)
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            self._loop.remove_reader(descriptor)
            os.close(descriptor)

    def _was_set(self) -> None:
        if self._descriptor is None:
            return
        try:
            os.read(self._descriptor, 8)
        except OSError:  # which is how it says so
            pass
        self._told()
