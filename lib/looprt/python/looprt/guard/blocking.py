"""LOOP601: a callback that holds its loop up, with the stack that it holds it up in.

A thread looks at the stacks of all threads a few times in each threshold. Where it meets the same callback of a loop until
the threshold is over, the loop is blocked, and the stack says by what: no list of blocking functions is needed, and nothing
slows the loop down. An audit hook, which would see `open` and `connect` as they are called, was rejected: it cannot be taken
away again, and reports calls that take no time. Only `time.sleep` says in advance how long it is going to block.
"""
from __future__ import annotations

import asyncio
import asyncio.events
import linecache
import os
import sys
import threading
import time
from types import FrameType
from typing import Any, Callable, Dict, Optional, Tuple

from ..misuse import PACKAGE_FOLDER, way_here
from .patches import Patches
from .reporting import reporter

_RUN_CALLBACK = asyncio.events.Handle._run.__code__
_LIBRARY = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
threshold: float = 0.1


def install(patches: Patches) -> None:
    patches.replace(time, "sleep", _watch_sleep)


def _watch_sleep(original: Callable[[float], None]) -> Callable[[float], None]:
    def sleep(seconds: float) -> None:
        if asyncio._get_running_loop() is not None and seconds >= threshold:
            reporter.report("LOOP601", sys._getframe(1), api="time.sleep",
                            remedy=f"`await asyncio.sleep({seconds:g})`, or `await asyncio.to_thread(function, argument)`")
        original(seconds)
    return sleep


class Watchdog:
    """The thread that looks. Starting and stopping may be repeated."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._thread: Optional[threading.Thread] = None

    def start(self, seconds: float) -> None:
        self.stop()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(seconds, self._stopped), name="looprt-watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(1)

    def _watch(self, seconds: float, stopped: threading.Event) -> None:
        # By thread: the callback that it was in, since when, and whether that has been said.
        seen: Dict[int, Tuple[Any, float, bool]] = {}
        while not stopped.wait(seconds / 4):
            now = time.monotonic()
            frames = sys._current_frames()
            for thread, frame in frames.items():
                callback = _callback_of(frame)
                before = seen.get(thread)
                if callback is None:
                    seen.pop(thread, None)
                elif before is None or before[0] is not callback:
                    seen[thread] = (callback, now, False)
                elif not before[2] and now - before[1] >= seconds:
                    seen[thread] = (callback, before[1], True)
                    _report_blocked(thread, frame)
            for thread in seen.keys() - frames.keys():
                del seen[thread]
            del frames


def _callback_of(frame: Optional[FrameType]) -> Any:
    """The handle that a loop runs below `frame`, or None."""
    while frame is not None:
        if frame.f_code is _RUN_CALLBACK:
            return frame.f_locals.get("self")
        frame = frame.f_back
    return None


def _report_blocked(thread: int, frame: FrameType) -> None:
    steps = way_here(frame)
    if not steps:
        return
    names = {each.ident: each.name for each in threading.enumerate()}
    reporter.report("LOOP601", None, api=_blocking_call(frame), may_raise=False, steps=steps, thread=names.get(thread, "?"))


def _blocking_call(frame: FrameType) -> str:
    """The innermost line of the user's, as it is written: what it calls is what blocks."""
    walked: Optional[FrameType] = frame
    while walked is not None and (walked.f_code.co_filename.startswith((PACKAGE_FOLDER, _LIBRARY))):
        walked = walked.f_back
    walked = walked or frame
    line = linecache.getline(walked.f_code.co_filename, walked.f_lineno).strip()
    return line or walked.f_code.co_name
