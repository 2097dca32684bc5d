"""The guard: names misuse of event loops while the program runs, with the code, message and remedy of the linter.

::

    looprt.guard.enable(mode="raise")

| code | plain asyncio | guarded |
|---|---|---|
| LOOP101 | `There is no current event loop`, in a log | named, with the way to the call |
| LOOP201 | `cannot be called from a running event loop` | named, with the helper that has to become a coroutine |
| LOOP202 | loops are re-entrant from now on | named when the patch is applied |
| LOOP203 | hangs for ever | named before it waits |
| LOOP404 | an error elsewhere, or a hang | named where the object is used |
| LOOP501 | is lost until something else wakes the loop | named on the thread that calls |
| LOOP601 | everything else waits | named with the stack, while it blocks |

Nothing is patched before `enable` and everything is put back by `disable`, so a guard that is off costs nothing. On, it adds
a comparison to what schedules callbacks, and a thread that looks at the running loops a few times per second; no callback
is wrapped. Loops that are not asyncio's own (uvloop) are guarded for 101, 201 by `asyncio.run`, 202 and 203.

All functions may be called from any thread.
"""
from __future__ import annotations

from typing import Dict, List

from . import affinity, blocking, nesting, waits
from .patches import Patches
from .reporting import Report, reporter

_patches = Patches()
_watchdog = blocking.Watchdog()


def enable(mode: str = "warn", *, blocking_threshold: float = 0.1) -> None:
    """Switches the guard on, or changes its mode.

    :param mode: "raise" raises `LoopMisuseError` where the misuse happens (what already blocks is only logged); "warn" logs
        each place once, to the logger `looprt.guard`; "count" only counts.
    :param blocking_threshold: seconds for which one callback may hold a loop up before it is LOOP601.
    """
    if mode not in ("raise", "warn", "count"):
        raise ValueError(f'mode is "raise", "warn" or "count", not {mode!r}')
    if blocking_threshold <= 0:
        raise ValueError("blocking_threshold is a positive number of seconds")
    reporter.mode = mode
    if not _patches:
        for part in nesting, waits, affinity, blocking:
            part.install(_patches)
    blocking.threshold = blocking_threshold
    _watchdog.start(blocking_threshold)


def disable() -> None:
    """Puts everything back. What was reported stays readable."""
    _watchdog.stop()
    _patches.undo()
    reporter.mode = "off"


def is_enabled() -> bool:
    return bool(_patches)


def reports() -> List[Report]:
    """What was reported since the last `clear`, oldest first; the last thousand."""
    return list(reporter.reports)


def counts() -> Dict[str, int]:
    """How often each code was met since the last `clear`."""
    return dict(reporter.counts)


def clear() -> None:
    """Forgets what was reported."""
    reporter.clear()


__all__ = ["Report", "clear", "counts", "disable", "enable", "is_enabled", "reports"]
