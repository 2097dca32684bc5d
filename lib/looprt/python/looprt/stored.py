"""Stored schedules: what `Scheduler` does more where it has a data store."""
from __future__ import annotations

import functools
import json
import logging
from typing import Any, Awaitable, Callable, Dict, Mapping, Optional, Sequence

from . import _core
from .refusals import JobExecutor, job_callable
from .store import SQLiteStore, StoredSchedule, arguments_text, find_task, name_of_task
from .triggers import Trigger

logger: logging.Logger = logging.getLogger("looprt.scheduler")


class StoredSchedules:
    """Keeps a driver and a store in step. Belongs to the loop's thread."""

    def __init__(self, store: SQLiteStore, driver: Any) -> None:
        self._store = store
        self._driver = driver
        self._parked: Dict[str, StoredSchedule] = {}

    @property
    def parked(self) -> Sequence[str]:
        """The ids of schedules whose functions were not found."""
        return list(self._parked)

    async def load(self) -> None:
        """Takes up what the file holds, and runs again, or abandons, what had begun when the last process ended."""
        schedules, begun = await self._store.open()
        known: Dict[str, Any] = {}
        for stored in schedules:
            try:
                known[stored.id] = self._adopt(stored)
            except LookupError as error:
                self._parked[stored.id] = stored
                logger.error("schedule %r is parked: %s", stored.id, error)
        for id, fire_time in begun:
            if id not in known:
                if id not in self._parked:
                    await self._store.finish(id, fire_time)
                continue
            called, options = known[id]
            if "delivery=at_most_once" in options:
                logger.warning("the job of schedule %r for %d was abandoned with the process that ran it", id, fire_time)
                await self._store.finish(id, fire_time)
            else:
                self._driver.run(functools.partial(self._run, id, fire_time, called, False))
        for id in known.keys() - {id for id, _ in begun}:
            await self._forget_if_done(id)

    def _adopt(self, stored: StoredSchedule) -> Any:
        args, kwargs = json.loads(stored.arguments)
        called = job_callable(find_task(stored.task), args, kwargs, stored.executor, "add_schedule")
        options = _core.Options(stored.options)
        number = self._driver.add_named(functools.partial(self._begin, stored.id, called), _core.Trigger.parse(stored.trigger),
                                        options, stored.id, stored.last_fire, None)
        if stored.paused:
            self._driver.pause(number, stored.note)
        return called, stored.options

    async def add(self, function: Callable[..., Any], trigger: Trigger, args: Sequence[Any],
                  kwargs: Optional[Mapping[str, Any]], id: str, executor: JobExecutor, options: Any) -> int:
        """Adds a schedule that is in the file when this returns."""
        called = job_callable(function, args, kwargs, executor, "add_schedule")
        if executor not in (None, "loop", "thread", "threadpool"):
            raise TypeError("a stored schedule runs on the loop or on a thread; an executor cannot be stored")
        now = self._driver.now()
        anchored = trigger.native.anchored(options.beginning(now))
        stored = StoredSchedule(id, name_of_task(function), arguments_text(args, dict(kwargs or {})), anchored.text(),
                                options.text(), executor if isinstance(executor, str) else None, None, False, "")
        before = self._driver.find(id)
        if before and "conflict=keep" in stored.options:
            return int(before)
        if before and "conflict=replace" not in stored.options:
            raise _core.ScheduleConflict(f"there is a schedule `{id}` already")
        await self._store.save(stored)
        self._parked.pop(id, None)
        return int(self._driver.add_named(functools.partial(self._begin, id, called), anchored, options, id, None, now))

    async def remove(self, id: str) -> None:
        await self._store.remove(id)

    async def set_paused(self, id: str, paused: bool, note: str = "") -> None:
        await self._store.set_paused(id, paused, note)

    async def set_trigger(self, id: str, anchored: Any) -> None:
        await self._store.set_trigger(id, anchored.text())

    async def close(self) -> None:
        await self._store.close()

    def _begin(self, id: str, called: Callable[[], Awaitable[Any]]) -> Awaitable[Any]:
        """Called by the driver as it starts a job, and told by it for which time."""
        return self._run(id, self._driver.starting(), called, True)

    async def _run(self, id: str, fire_time: int, called: Callable[[], Awaitable[Any]], is_new: bool) -> Any:
        if is_new and not await self._store.begin(id, fire_time):
            return None
        try:
            return await called()
        finally:
            await self._store.finish(id, fire_time)
            await self._forget_if_done(id)

    async def _forget_if_done(self, id: str) -> None:
        """A schedule that will not fire again leaves the file with its last job."""
        number = self._driver.find(id)
        if not number:
            return
        _, next_fire, _, paused, _, running, waiting = self._driver.status(number)
        if next_fire is None and not paused and running <= 1 and not waiting:
            await self._store.remove(id)
