"""What users see of schedules and jobs: options, states, events."""
from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple, Union

from . import _core
from .triggers import EPOCH, micros, moment_of, span

ScheduleId = Union[str, int]

#: Names of the options, and how each is written for the core.
_SPANS = ("misfire_grace_time", "catchup_window", "jitter")
_TIMES = ("start_time", "end_time")
_WORDS = ("coalesce", "overlap", "conflict", "delivery")
_NUMBERS = ("max_running_jobs", "max_waiting_jobs", "priority")
OPTION_NAMES = frozenset((*_SPANS, *_TIMES, *_WORDS, *_NUMBERS, "pause_on_failure"))


def native_options(options: Dict[str, Any]) -> Any:
    """The core's options; None in `options` means the default.

    :raises TypeError: for a name that is no option; ValueError for a value that cannot be.
    """
    words = []
    for name, value in options.items():
        if name not in OPTION_NAMES:
            raise TypeError(f"there is no option `{name}`; there are {', '.join(sorted(OPTION_NAMES))}")
        if value is None:
            continue
        if name in _SPANS:
            seconds, rest = divmod(span(value), 1_000_000)
            value = f"{seconds}s{rest}us" if rest else f"{seconds}s"
        elif name in _TIMES:
            value = iso(value)
        elif name == "pause_on_failure":
            value = "true" if value else "false"
        words.append(f"{name}={value}")
    return _core.Options(" ".join(words))


class SharedOptions:
    """The core's options: one object for all schedules that give the same."""

    def __init__(self, defaults: Mapping[str, Any]) -> None:
        self._default_values = dict(defaults)
        self.defaults = native_options(self._default_values)
        self._known: Dict[Tuple[Any, ...], Any] = {}

    def of(self, options: Dict[str, Any]) -> Any:
        if not options:
            return self.defaults
        key = tuple(options.items())
        native = self._known.get(key)
        if native is None:
            native = native_options({**self._default_values, **options})
            if len(self._known) < 1000:
                self._known[key] = native
        return native


def iso(moment: datetime) -> str:
    """As the core writes times."""
    return moment_of(micros(moment)).replace(tzinfo=None).isoformat() + "Z"


class ScheduleStatus(NamedTuple):
    """A schedule as it is now. `id` is what `add_schedule` returned."""

    id: ScheduleId
    next_fire_time: Optional[datetime]  # without jitter; None while paused
    last_fire_time: Optional[datetime]
    paused: bool
    note: str
    running_jobs: int
    waiting_jobs: int


class JobInfo(NamedTuple):
    """What a job knows about itself. `schedule_id` is None for a job of its own."""

    id: int
    schedule_id: Optional[ScheduleId]
    fire_time: datetime


class SchedulerEvent(NamedTuple):
    """What happened. `kind` is one of EVENT_KINDS.

    `outcome` ("success", "error", "cancelled", "abandoned") and `exception` belong to job_finished, `count` to job_missed and
    job_started (how many fire times the job stands for), `note` to schedule_paused.
    """

    kind: str
    time: datetime
    schedule_id: Optional[ScheduleId]
    job_id: Optional[int]
    fire_time: Optional[datetime]
    count: int
    outcome: Optional[str]
    note: str
    exception: Optional[BaseException]


EVENT_KINDS = ("schedule_added", "schedule_removed", "schedule_finished", "schedule_paused", "schedule_resumed", "job_started",
               "job_finished", "job_missed", "job_skipped", "job_waiting", "job_cancelled")


def event_of(said: Any, schedule_id: Optional[ScheduleId], exception: Optional[BaseException]) -> SchedulerEvent:
    kind, time, _, job, fire_time, count, outcome, note = said
    of_job = kind.startswith("job_")
    return SchedulerEvent(kind, moment_of(time), schedule_id, job or None, moment_of(fire_time) if of_job else None, count,
                          outcome if kind == "job_finished" else None, note, exception)


def optional_moment(microseconds: Optional[int]) -> Optional[datetime]:
    return None if microseconds is None else moment_of(microseconds)


__all__ = ["EPOCH", "EVENT_KINDS", "JobInfo", "ScheduleId", "ScheduleStatus", "SchedulerEvent"]
