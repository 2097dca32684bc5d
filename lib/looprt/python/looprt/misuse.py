"""What looprt raises where it refuses: the linter's code and message, the way to the call, the remedy.

An error reads like a finding of the linter::

    `asyncio.run` runs a loop inside a running loop, which raises RuntimeError [LOOP201]
      views.py:12: note: `show` runs on the loop
      prices.py:4: note: in `load`
      help: make the helpers coroutines and `await` them

Everything here may be called from any thread.
"""
from __future__ import annotations

import asyncio
import concurrent.futures
import os
import sys
import threading
from types import CodeType, FrameType
from typing import Any, List, NamedTuple, Optional, Sequence, Tuple, Type

from .catalogue import CATALOGUE

PACKAGE_FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep
_LIBRARY_FOLDERS = (PACKAGE_FOLDER, os.path.dirname(os.path.abspath(asyncio.__file__)) + os.sep,
                    os.path.dirname(os.path.abspath(concurrent.futures.__file__)) + os.sep,
                    os.path.abspath(threading.__file__))
_CO_COROUTINE = 0x80
_CO_ASYNC_GENERATOR = 0x200
_STEPS_SHOWN = 12


class Step(NamedTuple):
    """One frame of the way to the misuse; `is_coroutine` marks where the loop's code begins."""

    file: str
    line: int
    function: str
    is_coroutine: bool

    def __str__(self) -> str:
        what = f"`{self.function}` is a coroutine: a loop runs it" if self.is_coroutine else f"in `{self.function}`"
        return f"{self.file}:{self.line}: note: {what}"


class LoopMisuseError(RuntimeError):
    """A use of an event loop that cannot work, refused before it hangs or is lost.

    `code` is the linter's ("LOOP201"), `message` what was seen, `remedy` what to do instead, `steps` the way that led
    there, outermost first.
    """

    def __init__(self, code: str, message: str, remedy: str, steps: Sequence[Step] = ()) -> None:
        super().__init__(code, message, remedy, tuple(steps))
        self.code = code
        self.message = message
        self.remedy = remedy
        self.steps: Tuple[Step, ...] = tuple(steps)

    def __str__(self) -> str:
        lines = [f"{self.message} [{self.code}]"]
        lines += [f"  {step}" for step in self.steps[-_STEPS_SHOWN:]]
        lines.append(f"  help: {self.remedy}")
        return "\n".join(lines)


class RefusedCallableError(LoopMisuseError, TypeError):
    """A callable, or what was passed for one, that looprt does not take (LOOP301, LOOP302, LOOP303)."""


def misuse(code: str, *, remedy: Optional[str] = None, steps: Sequence[Step] = (),
           error: Type[LoopMisuseError] = LoopMisuseError, **names: Any) -> LoopMisuseError:
    """The error for `code` with the catalogue's words; `remedy` replaces the general one where a better is known."""
    row = CATALOGUE[code]
    names.setdefault("what", "a coroutine object")
    is_main = threading.current_thread() is threading.main_thread()
    names.setdefault("thread", "the main thread" if is_main else "a worker thread")
    names.setdefault("where", "")
    return error(code, row.message.format(**names), remedy or row.remedy, steps)


def is_coroutine_code(code: CodeType) -> bool:
    """Whether frames of `code` are driven by a loop: a coroutine or an asynchronous generator."""
    return bool(code.co_flags & (_CO_COROUTINE | _CO_ASYNC_GENERATOR))


def way_here(frame: Optional[FrameType] = None) -> List[Step]:
    """The user's frames from the nearest coroutine (or the thread's start) down to `frame`, outermost first.

    Frames of asyncio and of looprt are left out. Without `frame`, the caller's.
    """
    steps: List[Step] = []
    walked = frame or sys._getframe(1)
    while walked is not None:
        code = walked.f_code
        if not code.co_filename.startswith(_LIBRARY_FOLDERS):
            name = getattr(code, "co_qualname", code.co_name).replace("<locals>.", "")
            step = Step(_shown(code.co_filename), walked.f_lineno, name, is_coroutine_code(code))
            steps.append(step)
            if step.is_coroutine:
                break
        walked = walked.f_back
    return steps[::-1]


def first_sync_step(steps: Sequence[Step]) -> Optional[Step]:
    """The outermost plain function below the coroutine: the helper that has to become a coroutine first."""
    for above, step in zip(steps, steps[1:]):
        if above.is_coroutine and not step.is_coroutine:
            return step
    return None


def _shown(path: str) -> str:
    """The path relative to the working directory where it lies under it."""
    try:
        folder = os.getcwd() + os.sep
    except OSError:
        return path
    return path[len(folder):] if path.startswith(folder) else path
