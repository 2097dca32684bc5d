"""What is done to futures that may be done already: whoever waits may have been cancelled meanwhile."""
from __future__ import annotations

import asyncio
from typing import Any


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
