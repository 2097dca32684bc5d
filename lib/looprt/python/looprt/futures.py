"""How jobs become tasks, and what is done to futures that may be done already: whoever waits may have been cancelled meanwhile."""
from __future__ import annotations

import asyncio
import functools
import sys
from typing import Any, Callable, Dict


def task_factory(loop: asyncio.AbstractEventLoop, eager: bool) -> Callable[[Any], Any]:
    if loop.get_task_factory() is not None:
        return loop.create_task
    # Without the loop's detour, and without making a name for each.
    options: Dict[str, Any] = {"loop": loop, "name": "looprt-job"}
    if eager and sys.version_info >= (3, 12):
        options["eager_start"] = True
    return functools.partial(asyncio.Task, **options)


def resolve(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def conclude(result: "asyncio.Future[Any]", outcome: str, value: Any) -> None:
    """Gives `result` what a job has ended with."""
    if result.done():
        return
    if outcome == "success":
        result.set_result(value)
    elif outcome == "error":
        result.set_exception(value)
    else:
        result.cancel()
