"""APScheduler 3's words for triggers, said in looprt's."""
from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Dict, Optional, Union

from ..triggers import CronTrigger, DateTrigger, IntervalTrigger, Trigger, zone_name

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDINALS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
# From the most significant on; what is less significant than the given ones starts at its minimum, what is more, is any.
_FIELDS = ("month", "day", "day_of_week", "hour", "minute", "second")
_MINIMA = {"month": "*", "day": "*", "day_of_week": "*", "hour": "0", "minute": "0", "second": "0"}


def trigger_of(trigger: Any, arguments: Dict[str, Any], default_zone: Any, now: datetime) -> Trigger:
    """The looprt trigger for `add_job`'s `trigger` and the arguments that go with it, added at `now`."""
    arguments = dict(arguments)
    if isinstance(trigger, Trigger):
        return trigger
    zone = arguments.pop("timezone", None) or default_zone
    if trigger is None or trigger == "date":
        return DateTrigger(_moment(arguments.pop("run_date", None), zone) or now)
    bounds = {"start_time": _moment(arguments.pop("start_date", None), zone),
              "end_time": _moment(arguments.pop("end_date", None), zone)}
    if trigger == "interval":
        if bounds["start_time"] is None:  # APScheduler lets one interval pass first
            bounds["start_time"] = now + timedelta(**arguments)
        return IntervalTrigger(**arguments, **bounds)  # the names are the same
    if trigger == "cron":
        return cron(arguments, zone, bounds)
    raise ValueError(f"looprt has no trigger for {trigger!r}; give one of looprt's, or \"date\", \"interval\", \"cron\"")


def cron(fields: Dict[str, Any], zone: Any, bounds: Dict[str, Any]) -> CronTrigger:
    """A cron trigger of APScheduler's fields."""
    fields = {name: str(value) for name, value in fields.items() if value is not None}
    for name in "year", "week":
        if fields.pop(name, "*") != "*":
            raise ValueError(f"looprt's cron has no field `{name}`; use start_date and end_date, or a calendar interval")
    unknown = fields.keys() - set(_FIELDS)
    if unknown:
        raise TypeError(f"a cron trigger has no field `{sorted(unknown)[0]}`")
    given = [index for index, name in enumerate(_FIELDS) if name in fields]
    last = max(given, default=len(_FIELDS))
    said = {name: fields.get(name, "*" if index < last else _MINIMA[name]) for index, name in enumerate(_FIELDS)}
    said["day"], weekday = _day_of_month(said["day"])
    said["day_of_week"] = weekday or _days_of_week(said["day_of_week"])
    if said["day"] != "*" and said["day_of_week"] != "*":
        said["day_of_week"] = "+" + said["day_of_week"]  # APScheduler asks for both, cron for one of them
    return CronTrigger(**said, timezone=zone, **bounds)


def _day_of_month(field: str) -> Any:
    """The day, or for `2nd fri` and `last fri` a day of the week."""
    match = re.fullmatch(r"(\w+)\s+(\w{3})", field.strip().lower())
    if match and match[2] in _DAYS and match[1] in _ORDINALS:
        return "*", f"{match[2].upper()}#{_ORDINALS[match[1]]}"
    if match and match[2] in _DAYS and match[1] == "last":
        return "*", f"{(_DAYS.index(match[2]) + 1) % 7}L"
    return ("L" if field.strip().lower() == "last" else field), None


def _days_of_week(field: str) -> str:
    """APScheduler's week begins with Monday as 0; names mean the same to all."""
    def name(match: "re.Match[str]") -> str:
        number = int(match[0])
        if number > 6:
            raise ValueError(f"a day of the week is 0 to 6, not {number}")
        return _DAYS[number].upper()

    whole, slash, step = field.partition("/")
    return re.sub(r"\d+", name, whole).upper() + slash + step


def _moment(given: Union[None, str, date, datetime], zone: Any) -> Optional[datetime]:
    if given is None:
        return None
    if isinstance(given, str):
        given = datetime.fromisoformat(given)
    if not isinstance(given, datetime):
        given = datetime(given.year, given.month, given.day)
    if given.tzinfo is not None or zone is None:
        return given
    return given.replace(tzinfo=_zone(zone)) if not hasattr(zone, "localize") else zone.localize(given)


def _zone(zone: Any) -> tzinfo:
    if isinstance(zone, tzinfo):
        return zone
    from zoneinfo import ZoneInfo

    return ZoneInfo(zone_name(zone))


def seconds(value: Any) -> Optional[float]:
    return value.total_seconds() if isinstance(value, timedelta) else value
