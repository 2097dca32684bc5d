"""looprt: the small runtime that looplint's fixes point to.

Ways between plain code and coroutines that cannot hang, a batching loader, a scheduler that takes coroutine functions and
refuses misuse when a job is registered, and a guard that names at run time what the linter names before. Times are seconds
unless they are `datetime` objects.
"""
from . import guard
from .bridge import configure, run_sync, to_thread
from .entry import entry_point
from .loader import DataLoader
from .loader_scope import LoaderScope, get_loader, loader_scope
from .misuse import LoopMisuseError, RefusedCallableError
from .portal import BlockingPortal, start_blocking_portal
from .runner import Runner, run
from .scheduler import Scheduler
from .schedules import EVENT_KINDS, JobInfo, ScheduleId, SchedulerEvent, ScheduleStatus
from .store import SQLiteStore, StoreLockedError
from .triggers import (AndTrigger, CalendarIntervalTrigger, CronTrigger, DateTrigger, IntervalTrigger, OrTrigger, Trigger,
                       parse_trigger)

__all__ = [
    "EVENT_KINDS", "AndTrigger", "BlockingPortal", "CalendarIntervalTrigger", "CronTrigger", "DataLoader", "DateTrigger",
    "IntervalTrigger", "JobInfo", "LoaderScope", "LoopMisuseError", "OrTrigger", "RefusedCallableError", "Runner",
    "SQLiteStore", "ScheduleId", "ScheduleStatus", "Scheduler", "SchedulerEvent", "StoreLockedError", "Trigger", "configure",
    "entry_point", "get_loader", "guard", "loader_scope", "parse_trigger", "run", "run_sync", "start_blocking_portal",
    "to_thread",
]
