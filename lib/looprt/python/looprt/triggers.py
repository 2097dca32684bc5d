"""Triggers: when a schedule fires. Immutable values; `next` always answers the same for the same arguments.

Times are aware `datetime` objects (a naive one is taken in the trigger's own zone, which is the system's where none is
given), durations are numbers of seconds or `timedelta` objects. Where clocks change, a fixed time that does not exist fires
right after the gap, one that comes twice fires once, and what repeats within the hour keeps its real pace; `dst_gap`
("run_after", "skip") and `dst_overlap` ("first", "both", "second") say otherwise. Thread-safe.
"""
from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, Iterator, List, Optional, Sequence, Union

from . import _core

Zone = Union[str, tzinfo, None]
Seconds = Union[float, timedelta]

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 of an aware time, or of a naive one in the system's zone."""
    if moment.tzinfo is None:
        moment = moment.astimezone()
    return (moment - EPOCH) // _MICROSECOND


def moment_of(microseconds: int) -> datetime:
    """The inverse of `micros`, in UTC."""
    return EPOCH + timedelta(microseconds=microseconds)


def span(length: Seconds) -> int:
    """Microseconds of a duration."""
    if isinstance(length, timedelta):
        return length // _MICROSECOND
    return round(length * 1_000_000)


def zone_name(zone: Zone) -> str:
    """The name by which the time-zone database knows `zone`; None is the system's own zone."""
    if zone is None:
        return local_zone_name()
    if isinstance(zone, str):
        return zone
    name = getattr(zone, "key", None) or getattr(zone, "zone", None)  # zoneinfo, pytz
    if isinstance(name, str):
        return name
    offset = zone.utcoffset(None)
    if offset is None:
        raise ValueError(f"{zone!r} has no name in the time-zone database; give that name, as in \"Europe/Berlin\"")
    minutes = offset // timedelta(minutes=1)
    return "UTC" if minutes == 0 else f"UTC{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def local_zone_name() -> str:
    name = os.environ.get("TZ", "").lstrip(":")
    if name:
        return name
    try:
        path = os.path.realpath("/etc/localtime")
    except OSError:
        return "UTC"
    return path.partition("/zoneinfo/")[2] or "UTC"


def _optional(moment: Optional[datetime]) -> Optional[int]:
    return None if moment is None else micros(moment)


class Trigger:
    """What all triggers are. Equal where they fire at the same times for the same reason."""

    __slots__ = ("native",)
    native: _core.Trigger  # the core's own

    def __init__(self, native: _core.Trigger) -> None:
        self.native = native

    def next(self, previous: Optional[datetime], now: datetime) -> Optional[datetime]:
        """The first fire time after `previous`, or, without one, at or after `now`; None where there is no more."""
        found = self.native.next(_optional(previous), micros(now))
        return None if found is None else moment_of(found)

    def fire_times(self, start: datetime, end: Optional[datetime] = None) -> Iterator[datetime]:
        """The fire times from `start` to `end`, both included."""
        anchored = self.native.anchored(micros(start))
        last = None if end is None else micros(end)
        found = anchored.next(None, micros(start))
        while found is not None and (last is None or found <= last):
            yield moment_of(found)
            found = anchored.next(found, found)

    @property
    def text(self) -> str:
        """What `parse_trigger` turns back into the same trigger."""
        return str(self.native.text())

    def __repr__(self) -> str:
        return f"looprt.{type(self).__name__}<{self.text}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trigger) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> Any:
        return parse_trigger, (self.text,)


def parse_trigger(text: str) -> Trigger:
    """The trigger that a `text` describes.

    :raises ValueError: saying what is wrong, and where.
    """
    return Trigger(_core.Trigger.parse(text))


class DateTrigger(Trigger):
    """Fires once, at `run_time`."""

    __slots__ = ()

    def __init__(self, run_time: datetime) -> None:
        super().__init__(_core.Trigger.date(micros(run_time)))


class IntervalTrigger(Trigger):
    """Fires at `start_time` (by default when the schedule is added) and then every so many seconds of real time."""

    __slots__ = ()

    def __init__(self, *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0,
                 microseconds: int = 0, start_time: Optional[datetime] = None, end_time: Optional[datetime] = None) -> None:
        step = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds)
        super().__init__(_core.Trigger.interval(step // _MICROSECOND, _optional(start_time), _optional(end_time)))


class CronTrigger(Trigger):
    """Fires where all fields match. Fields as in crontab, names too, and `L`, `W` and `#`; see the guide.

    :raises ValueError: where a field is wrong, or the whole never matches (30 February).
    """

    __slots__ = ()

    def __init__(self, *, second: Union[int, str] = 0, minute: Union[int, str] = "*", hour: Union[int, str] = "*",
                 day: Union[int, str] = "*", month: Union[int, str] = "*", day_of_week: Union[int, str] = "*",
                 timezone: Zone = None, start_time: Optional[datetime] = None, end_time: Optional[datetime] = None,
                 dst_gap: str = "run_after", dst_overlap: str = "first") -> None:
        self._set(f"{second} {minute} {hour} {day} {month} {day_of_week}", timezone, start_time, end_time, dst_gap,
                  dst_overlap)

    @classmethod
    def from_crontab(cls, expression: str, *, timezone: Zone = None, start_time: Optional[datetime] = None,
                     end_time: Optional[datetime] = None, dst_gap: str = "run_after",
                     dst_overlap: str = "first") -> "CronTrigger":
        """Of five fields, six (the first is seconds), or a name such as `@daily`."""
        trigger = cls.__new__(cls)
        trigger._set(expression, timezone, start_time, end_time, dst_gap, dst_overlap)
        return trigger

    def _set(self, expression: str, timezone: Zone, start: Optional[datetime], end: Optional[datetime], gap: str,
             overlap: str) -> None:
        super().__init__(_core.Trigger.cron(expression, zone_name(timezone), gap, overlap, _optional(start), _optional(end)))


class CalendarIntervalTrigger(Trigger):
    """Fires at a time of day, every so many years, months, weeks and days from `start_date` on (by default today)."""

    __slots__ = ()

    def __init__(self, *, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0, hour: int = 0, minute: int = 0,
                 second: int = 0, start_date: Optional[date] = None, end_date: Optional[date] = None, timezone: Zone = None,
                 dst_gap: str = "run_after", dst_overlap: str = "first") -> None:
        at = time(hour, minute, second)
        second_of_day = at.hour * 3600 + at.minute * 60 + at.second
        super().__init__(_core.Trigger.calendar([years, months, weeks, days], second_of_day, _day(start_date),
                                                _day(end_date), zone_name(timezone), dst_gap, dst_overlap))


class AndTrigger(Trigger):
    """Fires where all of `triggers` fire within `threshold` seconds, at the latest of their times."""

    __slots__ = ()

    def __init__(self, triggers: Sequence[Trigger], *, threshold: Seconds = 1.0) -> None:
        super().__init__(_core.Trigger.both(_natives(triggers), span(threshold)))


class OrTrigger(Trigger):
    """Fires where one of `triggers` fires; once where several do."""

    __slots__ = ()

    def __init__(self, triggers: Sequence[Trigger]) -> None:
        super().__init__(_core.Trigger.either(_natives(triggers)))


def _natives(triggers: Sequence[Trigger]) -> List[_core.Trigger]:
    return [trigger.native for trigger in triggers]


def _day(day: Optional[date]) -> Optional[int]:
    return None if day is None else (day - date(1970, 1, 1)).days
