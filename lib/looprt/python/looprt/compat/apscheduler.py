"""APScheduler 3's `AsyncIOScheduler`, over `looprt.Scheduler`.

`add_job`, `scheduled_job`, `pause_job`, `resume_job`, `remove_job`, `reschedule_job`, `get_job`, `get_jobs`, `start`,
`shutdown`, `pause`, `resume`, `add_listener` and the `EVENT_*` masks take the arguments that they have always taken.

Differences, also logged once when a scheduler starts:

- wrappers, coroutine objects and coroutine functions on thread executors are refused when the job is added;
- a job that is late runs (APScheduler drops it after one second); give `misfire_grace_time` to limit it;
- `shutdown` cannot wait, as it is no coroutine: it cancels; `await shutdown_async()` waits for running jobs;
- a daily job in the hour that a change of clocks leaves out runs right after the gap, and no day is lost;
- job stores other than memory, and the fields `year` and `week` of cron, are not there.
"""
from __future__ import annotations

import asyncio
import itertools
import logging
from datetime import datetime, timezone
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional

from ..callables import is_async_callable
from ..refusals import job_callable, refuse_start
from ..scheduler import Scheduler
from ..schedules import SchedulerEvent
from ..triggers import Trigger, moment_of
from .apscheduler_triggers import seconds, trigger_of

logger: logging.Logger = logging.getLogger("looprt.compat.apscheduler")

EVENT_SCHEDULER_STARTED, EVENT_SCHEDULER_SHUTDOWN, EVENT_SCHEDULER_PAUSED, EVENT_SCHEDULER_RESUMED = 1, 2, 4, 8
EVENT_JOB_ADDED, EVENT_JOB_REMOVED, EVENT_JOB_MODIFIED = 512, 1024, 2048
EVENT_JOB_EXECUTED, EVENT_JOB_ERROR, EVENT_JOB_MISSED = 4096, 8192, 16384
EVENT_JOB_SUBMITTED, EVENT_JOB_MAX_INSTANCES = 32768, 65536
EVENT_ALL = sum(1 << bit for bit in (0, 1, 2, 3, 9, 10, 11, 12, 13, 14, 15, 16))

_MASKS = {"schedule_added": EVENT_JOB_ADDED, "schedule_removed": EVENT_JOB_REMOVED, "schedule_finished": EVENT_JOB_REMOVED,
          "schedule_paused": EVENT_JOB_MODIFIED, "schedule_resumed": EVENT_JOB_MODIFIED, "job_missed": EVENT_JOB_MISSED,
          "job_skipped": EVENT_JOB_MAX_INSTANCES, "job_started": EVENT_JOB_SUBMITTED}


class JobExecutionEvent(NamedTuple):
    """What listeners get."""

    code: int
    job_id: Optional[str]
    scheduled_run_time: Optional[datetime]
    exception: Optional[BaseException]


class JobLookupError(KeyError):
    """There is no job of this id."""


class Job:
    """What `add_job` returns: a name for a schedule."""

    def __init__(self, scheduler: "AsyncIOScheduler", id: str, name: str, function: Callable[..., Any]) -> None:
        self._scheduler = scheduler
        self.id = id
        self.name = name
        self.func = function

    @property
    def next_run_time(self) -> Optional[datetime]:
        return self._scheduler._status(self.id).next_fire_time if self._scheduler.running else None

    def pause(self) -> "Job":
        return self._scheduler.pause_job(self.id)

    def resume(self) -> "Job":
        return self._scheduler.resume_job(self.id)

    def remove(self) -> None:
        self._scheduler.remove_job(self.id)

    def reschedule(self, trigger: Any, **arguments: Any) -> "Job":
        return self._scheduler.reschedule_job(self.id, trigger=trigger, **arguments)

    def __repr__(self) -> str:
        return f"<Job (id={self.id} name={self.name})>"


class AsyncIOScheduler:
    """See the module. Belongs to the loop's thread once it is started; before that, to any one thread."""

    def __init__(self, *, timezone: Any = None, job_defaults: Optional[Dict[str, Any]] = None,
                 clock: Optional[Callable[[], int]] = None, **_: Any) -> None:
        self.timezone = timezone
        self._defaults = dict(job_defaults or {})
        self._clock = clock
        self._scheduler: Optional[Scheduler] = None
        self._jobs: Dict[str, Job] = {}
        self._pending: List[Any] = []
        self._listeners: List[Any] = []
        self._tasks: List[Any] = []
        self._numbers = itertools.count(1)

    @property
    def running(self) -> bool:
        return self._scheduler is not None

    def start(self, paused: bool = False) -> None:
        """:raises LoopMisuseError: LOOP304, where no loop runs."""
        if self._scheduler is not None:
            raise RuntimeError("the scheduler is running already")
        if asyncio._get_running_loop() is None:
            refuse_start("looprt.compat.apscheduler.AsyncIOScheduler.start")
        self._scheduler = Scheduler(clock=self._clock)
        self._scheduler.subscribe(self._hear)
        self._scheduler.start()
        logger.info("jobs that are late run (APScheduler drops them after a second), a change of clocks loses no day, and "
                    "misuse is refused when a job is added; see looprt's guide, \"Coming from APScheduler\"")
        self._tell(EVENT_SCHEDULER_STARTED)
        pending, self._pending = self._pending, []
        for job, arguments in pending:
            self._add(job, *arguments)
        if paused:
            self.pause()

    def shutdown(self, wait: bool = True) -> None:
        """Starts no more jobs and cancels those that run; `shutdown_async` waits for them."""
        if self._scheduler is None:
            raise RuntimeError("the scheduler is not running")
        self._stopping = asyncio.ensure_future(self.shutdown_async(grace=0))

    async def shutdown_async(self, *, grace: float = 10.0) -> None:
        """Waits `grace` seconds for running jobs, then cancels them."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            await scheduler.stop(grace=grace)
            self._tell(EVENT_SCHEDULER_SHUTDOWN)

    def pause(self) -> None:
        for id in list(self._jobs):
            self.pause_job(id)
        self._tell(EVENT_SCHEDULER_PAUSED)

    def resume(self) -> None:
        for id in list(self._jobs):
            self.resume_job(id)
        self._tell(EVENT_SCHEDULER_RESUMED)

    def add_job(self, func: Callable[..., Any], trigger: Any = None, args: Any = (), kwargs: Any = None,
                id: Optional[str] = None, name: Optional[str] = None, misfire_grace_time: Any = None, coalesce: Any = None,
                max_instances: Optional[int] = None, jobstore: str = "default", executor: str = "default",
                replace_existing: bool = False, jitter: Any = None, **trigger_args: Any) -> Job:
        """:raises RefusedCallableError: LOOP301, LOOP302 or LOOP303."""
        if jobstore != "default":
            raise ValueError("looprt's compatibility layer keeps jobs in memory only")
        defaults = self._defaults
        options = {
            "misfire_grace_time": seconds(defaults.get("misfire_grace_time") if misfire_grace_time is None
                                          else misfire_grace_time),
            "coalesce": "latest" if (defaults.get("coalesce", True) if coalesce is None else coalesce) else "all",
            "max_running_jobs": max_instances or defaults.get("max_instances"),
            "jitter": seconds(jitter),
            "conflict": "replace" if replace_existing else "refuse",
        }
        # APScheduler sends plain functions to its default pool, which under asyncio is the loop's.
        place = None if is_async_callable(func) and executor in ("default", "asyncio") else "thread"
        job = Job(self, id or f"job-{next(self._numbers)}", name or getattr(func, "__name__", "job"), func)
        job_callable(func, (), None, place, "add_job")
        self._trigger(trigger, trigger_args)
        arguments = (trigger, trigger_args, tuple(args or ()), dict(kwargs or {}), place, options)
        if self._scheduler is None:
            self._pending.append((job, arguments))
        else:
            self._add(job, *arguments)
        self._jobs[job.id] = job
        return job

    def scheduled_job(self, trigger: Any, **arguments: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """The decorator form of `add_job`."""
        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            self.add_job(function, trigger, **arguments)
            return function
        return decorate

    def pause_job(self, job_id: str, jobstore: Any = None) -> Job:
        _finish(self._started.pause_schedule(self._known(job_id).id))
        return self._jobs[job_id]

    def resume_job(self, job_id: str, jobstore: Any = None) -> Job:
        _finish(self._started.unpause_schedule(self._known(job_id).id))
        return self._jobs[job_id]

    def remove_job(self, job_id: str, jobstore: Any = None) -> None:
        job = self._known(job_id)
        self._pending = [each for each in self._pending if each[0] is not job]
        if self._scheduler is not None:
            _finish(self._scheduler.remove_schedule(job.id))
        self._jobs.pop(job_id, None)

    def remove_all_jobs(self, jobstore: Any = None) -> None:
        for id in list(self._jobs):
            self.remove_job(id)

    def reschedule_job(self, job_id: str, jobstore: Any = None, trigger: Any = None, **trigger_args: Any) -> Job:
        _finish(self._started.reschedule(self._known(job_id).id, self._trigger(trigger, trigger_args)))
        return self._jobs[job_id]

    def get_job(self, job_id: str, jobstore: Any = None) -> Optional[Job]:
        return self._jobs.get(job_id)

    def get_jobs(self, jobstore: Any = None) -> List[Job]:
        return list(self._jobs.values())

    def add_listener(self, callback: Callable[[JobExecutionEvent], Any], mask: int = EVENT_ALL) -> None:
        """`callback` may be a coroutine function."""
        self._listeners.append((callback, mask))

    def remove_listener(self, callback: Callable[[JobExecutionEvent], Any]) -> None:
        self._listeners = [each for each in self._listeners if each[0] is not callback]

    @property
    def _started(self) -> Scheduler:
        if self._scheduler is None:
            raise RuntimeError("start the scheduler first")
        return self._scheduler

    def _trigger(self, trigger: Any, arguments: Dict[str, Any]) -> Trigger:
        now = datetime.now(timezone.utc) if self._clock is None else moment_of(self._clock())
        return trigger_of(trigger, arguments, self.timezone, now)

    def _add(self, job: Job, trigger: Any, trigger_args: Dict[str, Any], args: Any, kwargs: Any, place: Any,
             options: Dict[str, Any]) -> None:
        _finish(self._started.add_schedule(job.func, self._trigger(trigger, trigger_args), args=args, kwargs=kwargs, id=job.id,
                                           job_executor=place, **options))

    def _known(self, job_id: str) -> Job:
        job = self._jobs.get(job_id)
        if job is None:
            raise JobLookupError(f"there is no job {job_id!r}")
        return job

    def _status(self, job_id: str) -> Any:
        return _finish(self._started.get_schedule(job_id))

    def _hear(self, event: SchedulerEvent) -> None:
        code = _MASKS.get(event.kind)
        if event.kind == "job_finished":
            code = EVENT_JOB_EXECUTED if event.outcome == "success" else EVENT_JOB_ERROR
            if event.exception is not None:
                logger.error("job %s raised", event.schedule_id, exc_info=event.exception)
        elif event.kind == "schedule_finished":
            self._jobs.pop(str(event.schedule_id), None)
        if code is not None:
            self._tell(code, event)

    def _tell(self, code: int, event: Optional[SchedulerEvent] = None) -> None:
        said = JobExecutionEvent(code, event and str(event.schedule_id), event and event.fire_time, event and event.exception)
        for callback, mask in list(self._listeners):
            if mask & code:
                result = callback(said)
                if asyncio.iscoroutine(result):
                    task = asyncio.ensure_future(result)
                    self._tasks = [each for each in self._tasks if not each.done()] + [task]


def _finish(coroutine: Any) -> Any:
    """The result of a coroutine that never waits."""
    steps: Iterator[Any] = coroutine.__await__()
    try:
        next(steps)
    except StopIteration as end:
        return end.value
    raise AssertionError("this call waits")
