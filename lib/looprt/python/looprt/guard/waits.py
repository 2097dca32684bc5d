"""LOOP203: a thread that waits for work which only this thread, or one that waits for it, can do.

Two cases are certain, and only these are reported. The loop's own thread waits for a future of work that was posted to that
loop. Or a pool's thread waits for such a future while the loop's thread waits for this very pool thread.
"""
from __future__ import annotations

import asyncio
import asyncio.tasks
import concurrent.futures
import sys
import threading
from types import FrameType
from typing import Any, Callable, Dict, Optional

from .patches import Patches
from .reporting import reporter

# What the thread of a loop waits for now: the future, or the thread that it joins. By the loop's identity.
_waiting_for: Dict[int, Any] = {}
# The loop that a thread without one waits for now. By the thread's identity.
_waiting_threads: Dict[int, Any] = {}


def install(patches: Patches) -> None:
    for name in "result", "exception":
        patches.replace(concurrent.futures.Future, name, _watch_wait)
    patches.replace(threading.Thread, "join", _watch_join)
    for module in asyncio, asyncio.tasks:
        patches.replace(module, "run_coroutine_threadsafe", _mark_home)


def _mark_home(original: Callable[..., Any]) -> Callable[..., Any]:
    def run_coroutine_threadsafe(coro: Any, loop: Any) -> Any:
        future = original(coro, loop)
        future.looprt_home = loop
        return future
    return run_coroutine_threadsafe


def _watch_wait(original: Callable[..., Any]) -> Callable[..., Any]:
    api = f"concurrent.futures.Future.{original.__name__}"

    def wait(self: Any, timeout: Optional[float] = None) -> Any:
        if self.done():
            return original(self, timeout)
        loop = asyncio._get_running_loop()
        if loop is None:
            return _wait_elsewhere(self, lambda: original(self, timeout), api)
        if _is_work_of(self, loop):
            reporter.report("LOOP203", sys._getframe(1), api=api)
        return _wait_on_loop(loop, self, lambda: original(self, timeout), api)
    return wait


def _watch_join(original: Callable[..., Any]) -> Callable[..., Any]:
    def join(self: Any, timeout: Optional[float] = None) -> Any:
        loop = asyncio._get_running_loop()
        if loop is None:
            return original(self, timeout)
        return _wait_on_loop(loop, self, lambda: original(self, timeout), "threading.Thread.join")
    return join


def _wait_elsewhere(future: Any, wait: Callable[[], Any], api: str) -> Any:
    """Waits on a thread that runs no loop, perhaps for one whose thread waits for this thread."""
    home = getattr(future, "looprt_home", None)
    if home is None:
        return wait()
    thread = threading.get_ident()
    _waiting_threads[thread] = home
    try:
        if _is_done_by(_waiting_for.get(id(home)), thread, sys._getframe(1)):
            reporter.report("LOOP203", sys._getframe(2), api=api,
                            remedy="the loop's thread waits for this thread: `await` there instead")
        return wait()
    finally:
        _waiting_threads.pop(thread, None)


def _wait_on_loop(loop: Any, awaited: Any, wait: Callable[[], Any], api: str) -> Any:
    """Waits on the thread of `loop`, perhaps for a thread that waits for this loop."""
    before = _waiting_for.get(id(loop))
    _waiting_for[id(loop)] = awaited
    try:
        frames = sys._current_frames()
        if any(home is loop and _is_done_by(awaited, thread, frames.get(thread))
               for thread, home in list(_waiting_threads.items())):
            reporter.report("LOOP203", sys._getframe(2), api=api)
        return wait()
    finally:
        if before is None:
            _waiting_for.pop(id(loop), None)
        else:
            _waiting_for[id(loop)] = before


def _is_work_of(future: Any, loop: Any) -> bool:
    """Whether `future` is set by work on `loop`: marked as such, or held by a callback that the loop has not run yet."""
    home = getattr(future, "looprt_home", None)
    if home is not None:
        return home is loop
    for handle in list(getattr(loop, "_ready", ())):
        for cell in getattr(getattr(handle, "_callback", None), "__closure__", None) or ():
            try:
                if cell.cell_contents is future:
                    return True
            except ValueError:
                pass
    return False


def _is_done_by(awaited: Any, thread: int, frame: Optional[FrameType]) -> bool:
    """Whether `awaited` is this thread, or what a pool runs on this thread, as its stack tells."""
    if isinstance(awaited, threading.Thread):
        return awaited.ident == thread
    while frame is not None and awaited is not None:
        if frame.f_code.co_name == "run" and getattr(frame.f_locals.get("self"), "future", None) is awaited:
            return True
        frame = frame.f_back
    return False
