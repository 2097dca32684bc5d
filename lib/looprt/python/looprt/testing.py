"""Tests without waiting: a clock that jumps to the next thing to do.

::

    clock = looprt.testing.VirtualClock(datetime(2026, 3, 28, tzinfo=timezone.utc))

    async def main():
        async with looprt.Scheduler(clock=clock) as scheduler:
            ...
            await asyncio.sleep(86400)          # takes no time

    clock.run(main)

With pytest, `pytest_plugins = ["looprt.testing"]` gives the fixture `virtual_clock`.
"""
from __future__ import annotations

import asyncio
import math
import selectors
from datetime import datetime, timezone
from typing import Any, Callable, Dict, List, Optional

from .runner import Main, Result, Runner
from .triggers import Trigger, micros, moment_of

try:
    import pytest
except ImportError:  # the fixture is for those who have it
    pytest = None  # type: ignore[assignment]

_START = datetime(2026, 1, 1, tzinfo=timezone.utc)


class VirtualClock:
    """Wall time and loop time of the programs that `run` runs. Belongs to one thread.

    Where nothing is ready, time jumps to the next timer. What other threads do takes no virtual time; give `patience`, real
    seconds that the loop waits for them before each jump, where a test uses threads.
    """

    def __init__(self, start: datetime = _START, *, patience: float = 0.0) -> None:
        self._patience = patience
        self._now = micros(start)
        self._begin = self._now
        self._listeners: Dict[Any, Callable[[], None]] = {}

    def __call__(self) -> int:
        """Wall time in microseconds since 1970: what `Scheduler(clock=…)` asks for."""
        return self._now

    def now(self) -> datetime:
        return moment_of(self._now)

    def time(self) -> float:
        """Seconds since the clock was made: what the loop calls time."""
        return (self._now - self._begin) / 1e6

    def advance(self, seconds: float) -> None:
        """Lets time pass. Timers that are due fire when the loop runs next."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._now += math.ceil(round(seconds * 1e6, 3))

    def set_wall(self, moment: datetime) -> None:
        """Sets the wall clock, as an administrator or NTP does. No time passes for the loop; schedulers are told, as the
        machine tells them."""
        wall = micros(moment)
        self._begin += wall - self._now
        self._now = wall
        for told in list(self._listeners.values()):
            told()

    def on_set(self, listener: Any, told: Callable[[], None]) -> None:
        """Calls `told` whenever the clock has been set, until `forget` is called with the same listener."""
        self._listeners[listener] = told

    def forget(self, listener: Any) -> None:
        self._listeners.pop(listener, None)

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """A loop whose time is this clock's."""
        return _VirtualLoop(self)

    def run(self, main: Main[Result], *args: Any) -> Result:
        """Runs `main(*args)` on such a loop, as `looprt.run` does."""
        with Runner(loop_factory=self.new_event_loop) as runner:
            return runner.run(main, *args)


class _Instant(float):
    """When a timer is due, and which of several comes first: as on looprt's C++ loop, the one that was armed first. (asyncio
    keeps its timers on a heap, which gives equal ones in any order.)"""

    number = 0

    def __lt__(self, other: Any) -> bool:
        if isinstance(other, _Instant) and float.__eq__(self, other):
            return self.number < other.number
        return float.__lt__(self, other)


class _VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._armed = 0
        super().__init__(_JumpingSelector(clock))
        self._clock_resolution = 5e-7  # instants are whole microseconds; nothing is due earlier than it says

    def time(self) -> float:
        return self._clock.time()

    def call_at(self, when: float, callback: Any, *args: Any, context: Any = None) -> asyncio.TimerHandle:
        instant = _Instant(math.ceil(round(when * 1e6, 3)) / 1e6)
        instant.number = self._armed = self._armed + 1
        return super().call_at(instant, callback, *args, context=context)


class _JumpingSelector(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: Optional[float] = None) -> Any:
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        events = super().select(self._clock._patience)
        if not events:
            self._clock.advance(timeout)
        return events


def fire_times(trigger: Trigger, start: datetime, end: datetime) -> List[datetime]:
    """When `trigger` fires from `start` to `end`, both included, in the time zone of `start`."""
    return [moment.astimezone(start.tzinfo) for moment in trigger.fire_times(start, end)]


if pytest is not None:
    @pytest.fixture
    def virtual_clock() -> VirtualClock:
        """A fresh VirtualClock that starts with 2026."""
        return VirtualClock()


__all__ = ["VirtualClock", "fire_times"]
