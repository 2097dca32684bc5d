"""LOOP501 and LOOP404: calls from a thread that is not the loop's, and objects of one loop under another.

Everything that schedules on an asyncio loop first asks the loop whether it is closed. The guard answers this question, and
asks another in passing: is this the loop's thread? No callback is wrapped, so a guarded loop runs at its own speed.
"""
from __future__ import annotations

import asyncio
import asyncio.events
import sys
from threading import get_ident
from types import FrameType
from typing import Any, Callable

from ..misuse import PACKAGE_FOLDER, _LIBRARY_FOLDERS
from .patches import Patches
from .reporting import reporter

_LOOP_AFFINE = {"call_soon", "call_later", "call_at", "create_task", "add_reader", "add_writer", "run_in_executor", "_add_reader",
                "_add_writer"}


def install(patches: Patches) -> None:
    patches.replace(asyncio.BaseEventLoop, "_check_closed", lambda _: _check_closed)
    mixins = getattr(asyncio, "mixins", None)  # from 3.10 on
    if mixins is not None:
        patches.replace(mixins._LoopBoundMixin, "_get_loop", _watch_bound_loop)
    else:
        patches.replace(asyncio.BaseEventLoop, "create_future", _watch_create_future)


def _check_closed(self: Any, _get_ident: Callable[[], int] = get_ident) -> None:
    if self._closed:
        _report_closed(self, sys._getframe(1))
        raise RuntimeError("Event loop is closed")
    if self._thread_id != _get_ident() and self._thread_id is not None:  # None: it does not run
        _report_foreign_thread(sys._getframe(1))


def _report_foreign_thread(frame: FrameType) -> None:
    name = frame.f_code.co_name
    if name not in _LOOP_AFFINE:
        return
    while frame.f_back is not None and frame.f_back.f_code.co_name in _LOOP_AFFINE:
        frame = frame.f_back
        name = frame.f_code.co_name
    call = _library_call(frame)
    reporter.report("LOOP501", frame, api=f"loop.{name}" if call.startswith("BaseEventLoop") else call)


def _report_closed(loop: Any, frame: FrameType) -> None:
    running = asyncio.events._get_running_loop()
    if running is not None and running is not loop:
        reporter.report("LOOP404", frame, api=_library_call(frame))


def _watch_bound_loop(original: Callable[..., Any]) -> Callable[..., Any]:
    def _get_loop(self: Any) -> Any:
        try:
            return original(self)
        except RuntimeError as error:
            frame = sys._getframe(1)
            reporter.report("LOOP404", frame, api=_library_call(frame), cause=error)
            raise
    return _get_loop


def _watch_create_future(original: Callable[..., Any]) -> Callable[..., Any]:
    def create_future(self: Any) -> Any:
        running = asyncio.events._get_running_loop()
        if running is not None and running is not self:
            frame = sys._getframe(1)
            reporter.report("LOOP404", frame, api=_library_call(frame))
        return original(self)
    return create_future


def _library_call(frame: FrameType) -> str:
    """The name of the library's function that the user called, found going up from `frame`: `Event.set`."""
    while frame.f_back is not None and frame.f_back.f_code.co_filename.startswith(_LIBRARY_FOLDERS):
        caller = frame.f_back
        if caller.f_code.co_filename.startswith(PACKAGE_FOLDER) or caller.f_code.co_name in ("_run", "_run_once"):
            break
        frame = caller
    owner = frame.f_locals.get("self")
    if isinstance(owner, asyncio.AbstractEventLoop):
        return f"BaseEventLoop.{frame.f_code.co_name}"
    return f"{type(owner).__name__}.{frame.f_code.co_name}" if owner is not None else frame.f_code.co_name
