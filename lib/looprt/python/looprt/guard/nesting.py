"""LOOP101, LOOP201 and LOOP202: a loop that is not there, one too many, and the patch that hides the second.

`from asyncio import run` copies the name, so replacing `asyncio.run` would miss it. What every way of running asks, the
running loop of the module `asyncio.runners`, is watched instead.
"""
from __future__ import annotations

import asyncio
import asyncio.events
import asyncio.runners
import importlib.abc
import importlib.machinery
import sys
import threading
from typing import Any, Callable, Optional, Sequence

from ..misuse import first_sync_step, way_here
from .patches import Patches
from .reporting import reporter

_PATCHERS = ("nest_asyncio", "nest_asyncio2")


def install(patches: Patches) -> None:
    patches.replace(asyncio.runners, "events", lambda _: _WatchedEvents())
    patches.replace(asyncio.BaseEventLoop, "_check_running", _watch_running)
    for name in "BaseDefaultEventLoopPolicy", "_BaseDefaultEventLoopPolicy":  # the latter from 3.14 on
        if name in vars(asyncio.events):
            patches.replace(getattr(asyncio.events, name), "get_event_loop", _watch_current_loop)
            break
    _watch_patchers(patches)


class _WatchedEvents:
    """Stands for the module `asyncio.events` in `asyncio.runners`."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio.events, name)

    @staticmethod
    def _get_running_loop() -> Optional[asyncio.AbstractEventLoop]:
        loop = asyncio.events._get_running_loop()
        if loop is not None:
            caller = sys._getframe(1)
            is_runner = isinstance(caller.f_locals.get("self"), getattr(asyncio, "Runner", ()))
            _report_nesting("asyncio.Runner.run" if is_runner else "asyncio.run", caller)
        return loop


def _watch_running(original: Callable[..., None]) -> Callable[..., None]:
    def _check_running(self: Any) -> None:
        if asyncio.events._get_running_loop() is not None:
            caller = sys._getframe(1)
            while caller.f_back is not None and caller.f_code.co_name not in ("run_forever", "run_until_complete"):
                caller = caller.f_back
            # `run_until_complete` asks before it calls `run_forever`, so the first one met is the user's.
            _report_nesting(f"loop.{caller.f_code.co_name}", caller)
        original(self)
    return _check_running


def _report_nesting(api: str, frame: Any) -> None:
    helper = first_sync_step(way_here(frame))
    remedy = f"make `{helper.function}` ({helper.file}:{helper.line}) a coroutine and `await` it" if helper else None
    reporter.report("LOOP201", frame, api=api, remedy=remedy)


def _watch_current_loop(original: Callable[..., Any]) -> Callable[..., Any]:
    def get_event_loop(self: Any) -> Any:
        try:
            return original(self)
        except RuntimeError as error:
            if threading.current_thread() is not threading.main_thread():
                reporter.report("LOOP101", sys._getframe(1), api="asyncio.get_event_loop", cause=error)
            raise
    return get_event_loop


def _watch_patchers(patches: Patches) -> None:
    for name in _PATCHERS:
        if name in sys.modules:
            _watch_apply(sys.modules[name], patches)
    finder = _PatcherFinder(patches)
    sys.meta_path.insert(0, finder)
    patches.on_undo(lambda: sys.meta_path.remove(finder))


def _watch_apply(module: Any, patches: Patches) -> None:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def apply(*args: Any, **kwargs: Any) -> Any:
            reporter.report("LOOP202", sys._getframe(1), api=f"{module.__name__}.apply")
            return original(*args, **kwargs)
        return apply

    patches.replace(module, "apply", make)


class _PatcherFinder(importlib.abc.MetaPathFinder):
    """Watches modules that are imported after the guard was enabled."""

    def __init__(self, patches: Patches) -> None:
        self._patches = patches

    def find_spec(self, fullname: str, path: Optional[Sequence[str]], target: Any = None) -> Any:
        if fullname not in _PATCHERS:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def exec_module(module: Any) -> None:
                execute(module)
                _watch_apply(module, self._patches)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec
