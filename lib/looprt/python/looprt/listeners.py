"""Who hears of a scheduler's events, and under which names."""
from __future__ import annotations

import asyncio
import logging
from typing import Any, Callable, Dict, Iterable, List, Optional, Set

from .callables import is_async_callable
from .schedules import EVENT_KINDS, ScheduleId, event_of


class Listeners:
    """Belongs to the loop's thread. A listener that raises is logged and stays subscribed."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._listeners: Dict[object, Any] = {}
        # The names of schedules, kept until the last job of a schedule that has gone has ended.
        self._names: Dict[int, ScheduleId] = {}
        self._running: Dict[int, int] = {}
        self._gone: Set[int] = set()
        self._errors: Dict[int, Optional[BaseException]] = {}
        self._tasks: Set["asyncio.Task[Any]"] = set()

    @property
    def any(self) -> bool:
        return bool(self._listeners)

    def add(self, listener: Callable[..., Any], kinds: Optional[Iterable[str]]) -> Callable[[], None]:
        wanted = frozenset(EVENT_KINDS if kinds is None else kinds)
        unknown = wanted.difference(EVENT_KINDS)
        if unknown:
            raise ValueError(f"there is no event {sorted(unknown)[0]!r}; there are {', '.join(EVENT_KINDS)}")
        key = object()
        self._listeners[key] = (listener, wanted, is_async_callable(listener))
        return lambda: self._listeners.pop(key, None) and None

    def named(self, number: int, name: str) -> None:
        """Events of a schedule that has gone still tell its name."""
        if self._listeners and name:
            self._names[number] = name

    def failed(self, job: int, error: Optional[BaseException]) -> bool:
        """Keeps the error for the event; False where nobody will hear of it."""
        if not any("job_finished" in kinds for _, kinds, _ in self._listeners.values()):
            return False
        self._errors[job] = error
        return True

    def deliver(self, events: List[Any], loop: asyncio.AbstractEventLoop) -> None:
        for said in events:
            kind, number = said[0], said[2]
            event = event_of(said, self._names.get(number, number or None), self._errors.pop(said[3], None))
            if number in self._names:
                self._follow(kind, number)
            for listener, kinds, is_async in list(self._listeners.values()):
                if kind in kinds:
                    self._tell(listener, event, is_async, loop)

    def _follow(self, kind: str, number: int) -> None:
        if kind == "job_started":
            self._running[number] = self._running.get(number, 0) + 1
        elif kind == "job_finished" and self._running.get(number):
            self._running[number] -= 1
        elif kind in ("schedule_removed", "schedule_finished"):
            self._gone.add(number)
        if number in self._gone and not self._running.get(number):
            del self._names[number]
            self._running.pop(number, None)
            self._gone.discard(number)

    def _tell(self, listener: Callable[..., Any], event: Any, is_async: bool, loop: asyncio.AbstractEventLoop) -> None:
        if is_async:
            task = loop.create_task(self._guarded(listener, event))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            return
        try:
            listener(event)
        except Exception:
            self._logger.exception("a listener raised")

    async def _guarded(self, listener: Callable[..., Any], event: Any) -> None:
        try:
            await listener(event)
        except Exception:
            self._logger.exception("a listener raised")
