"""`Scheduler`: runs coroutine functions when their triggers say so, on the loop that is already there.

The decisions are the core's, the jobs are tasks of the user's loop, and all waiting is one timer handle of that loop: no
thread, no polling, nothing to do while nothing is due. Where much is due, the scheduler starts jobs for a millisecond and
then lets the loop turn.

Wall time decides when a job is due, so a clock that is set is followed: at once on Linux, within a minute elsewhere.

Everything here belongs to the loop's thread, unless it says otherwise.
"""
from __future__ import annotations

import asyncio
import contextvars
import functools
import logging
import uuid
from types import FunctionType, TracebackType
from typing import Any, Awaitable, Callable, Iterable, List, Mapping, Optional, Sequence, Type, TypeVar, Union, overload

from . import _core
from .clock_watch import ClockWatch
from .futures import conclude, resolve, task_factory
from .listeners import Listeners
from .misuse import misuse, way_here
from .refusals import JobExecutor, job_callable, refuse_start
from .schedules import JobInfo, ScheduleId, ScheduleStatus, SchedulerEvent, SharedOptions, optional_moment
from .store import SQLiteStore
from .stored import StoredSchedules
from .triggers import Trigger, micros, moment_of

logger: logging.Logger = logging.getLogger("looprt.scheduler")

Result = TypeVar("Result")

#: Seconds that one turn of the loop may be held up by starting jobs.
TURN = 0.001
#: Schedules that one turn asks for jobs. Each job is several objects for as long as it runs; more of them at a time bring the
#: garbage collector into action, whose full collections hold the loop up longer than anything else here (measured:
#: docs/adr/0006).
ASKED_A_TURN = 32

_CO_COROUTINE = 0x80
_running_loop = asyncio._get_running_loop


class Scheduler:
    """An asynchronous context manager; jobs run from entering to leaving it.

    :param data_store: keeps schedules in a file; None keeps them in memory.
    :param grace: seconds that leaving the context waits for running jobs before it cancels them.
    :param defaults: options for schedules that do not give their own (see `add_schedule`).
    :param clock: what tells wall time, for tests (see `looprt.testing`); None for the machine's.
    :param eager_start: run each job's first step as it starts (Python 3.12 and later): faster where jobs end at once.
    """

    def __init__(self, *, data_store: Optional[SQLiteStore] = None, grace: float = 10.0,
                 defaults: Optional[Mapping[str, Any]] = None, clock: Optional[Callable[[], int]] = None,
                 eager_start: bool = False) -> None:
        self._data_store = data_store
        self._stored: Optional[StoredSchedules] = None
        self._grace = grace
        self._shared = SharedOptions(defaults or {})
        self._defaults = self._shared.defaults
        self._clock = clock
        self._turn_length = TURN if clock is None else 3600.0  # in virtual time, what runs when must not hang on real time
        self._eager = eager_start
        self._loop: Optional[asyncio.AbstractEventLoop] = None
        self._driver: Any = None
        self._timer: Optional[asyncio.Handle] = None
        self._turn_asked = False
        self._stopping = False
        self._stopped: Optional[asyncio.Event] = None
        self._no_job_left: Optional["asyncio.Future[None]"] = None
        self._watch: Optional[ClockWatch] = None
        self._listeners = Listeners(logger)
        self._context = contextvars.Context()

    # --- the scheduler's own life

    async def __aenter__(self) -> "Scheduler":
        self._start()
        if self._data_store is not None:
            self._stored = StoredSchedules(self._data_store, self._driver)
            await self._stored.load()
            self._ask_for_turn()
        return self

    async def __aexit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                        trace: Optional[TracebackType]) -> None:
        await self.stop(grace=0 if kind else self._grace)

    def start(self) -> None:
        """What entering the context does, for frameworks with hooks for start and stop; `stop` is the other half. A scheduler
        with a data store has to be entered, as that waits for the file.

        :raises LoopMisuseError: LOOP304, where no loop runs.
        """
        if self._data_store is not None:
            raise RuntimeError("enter a scheduler with a data store: `async with looprt.Scheduler(data_store=…)`")
        self._start()

    def _start(self) -> None:
        loop = _running_loop()
        if loop is None:
            refuse_start("looprt.Scheduler.start")
        if self._loop is not None:
            raise RuntimeError("a scheduler is started once")
        self._loop = loop
        self._stopped = asyncio.Event()
        self._watch = ClockWatch(loop, self._ask_for_turn, self._clock)
        self._context = contextvars.copy_context()
        self._driver = _core.Driver(task_factory(loop, self._eager), self._job_failed, self._ask_for_turn, self._clock)
        self._driver.record_events(self._listeners.any)

    async def stop(self, *, grace: Optional[float] = None) -> List[JobInfo]:
        """Starts no more jobs, waits for those that run, cancels what still runs after `grace` seconds, and waits for the
        end of these. Returns the jobs that were cancelled."""
        self._require_loop("stop")
        self._stopping = True
        self._set_timer(None)
        self._driver.tell_ends()
        await asyncio.sleep(0)  # patience begins after what has just begun
        cancelled = self._cancel(self._driver.waiting())  # these have not begun, and will not
        await self._jobs_ended(self._grace if grace is None else grace)
        cancelled += self._cancel(self._driver.running())
        await self._jobs_ended(None)
        self._deliver()
        if self._stored is not None:
            await self._stored.close()
        if self._watch is not None:
            self._watch.close()
        self._stopped.set()
        return cancelled

    def _cancel(self, jobs: List[int]) -> List[JobInfo]:
        told = [self._job_info(job) for job in jobs]
        for job in jobs:
            self._driver.cancel(job)
        return told

    async def _jobs_ended(self, patience: Optional[float]) -> None:
        """Waits until no job is left, or `patience` seconds; see _turn."""
        if not self._driver.job_count():
            return
        self._no_job_left = self._loop.create_future()
        timer = None if patience is None else self._loop.call_later(patience, resolve, self._no_job_left)
        try:
            await self._no_job_left
        finally:
            if timer is not None:
                timer.cancel()

    async def run_until_stopped(self) -> None:
        """Waits until `stop` has been called, by a job or another task."""
        self._require_loop("run_until_stopped")
        await self._stopped.wait()

    # --- schedules

    async def add_schedule(self, function: Callable[..., Any], trigger: Trigger, *, args: Sequence[Any] = (),
                           kwargs: Optional[Mapping[str, Any]] = None, id: Optional[str] = None,
                           job_executor: JobExecutor = None, **options: Any) -> ScheduleId:
        """Runs `function(*args, **kwargs)` when `trigger` fires. Returns `id`, or a number where none was given.

        :param job_executor: where a plain function runs, "thread", "loop" or an executor; coroutine functions need none.
        :param misfire_grace_time: seconds after which a job that is late does not run; None: late is better than never.
        :param catchup_window: seconds; what was missed longer ago is not made up for.
        :param coalesce: of several missed times run "latest" (the default), "earliest" or "all".
        :param overlap: where `max_running_jobs` (1) still run: "skip" (the default), "buffer_one", "buffer_all" (at most
            `max_waiting_jobs`), "cancel_other" or "allow_all".
        :param jitter: seconds by which each run is put off at most; the same for the same schedule and time.
        :param start_time, end_time: bounds of the fire times.
        :param priority: smaller runs first where several are due at the same time.
        :param conflict: where `id` is taken: "refuse" (ValueError, the default), "replace" or "keep".
        :param pause_on_failure: a job that raises pauses its schedule.
        :raises RefusedCallableError: LOOP301, LOOP302, LOOP303, for what would not work as a job.
        """
        if self._loop is not _running_loop() or self._stopping:
            self._require_loop("add_schedule")
        if self._stored is not None:
            id = id or uuid.uuid4().hex
            number = await self._stored.add(function, trigger, args, kwargs, id, job_executor, self._shared.of(options))
            self._listeners.named(number, id)
            return id
        if (job_executor is None and not args and not kwargs and type(function) is FunctionType
                and function.__code__.co_flags & _CO_COROUTINE):
            called: Any = function
        else:
            called = job_callable(function, args, kwargs, job_executor, "add_schedule")
        native = self._shared.of(options) if options else self._defaults
        if id is None:
            return self._driver.add(called, trigger.native, native)
        self._listeners.named(self._driver.add_named(called, trigger.native, native, id, None, None), id)
        return id

    async def add_schedules(self, function: Callable[..., Any], triggers: Iterable[Trigger], *, args: Sequence[Any] = (),
                            kwargs: Optional[Mapping[str, Any]] = None, job_executor: JobExecutor = None,
                            **options: Any) -> List[int]:
        """Many schedules of one function at once; their numbers, in the order of `triggers`."""
        self._require_loop("add_schedules")
        if self._stored is not None:
            raise TypeError("add_schedules is for schedules in memory; add stored ones one by one, each under its id")
        called = job_callable(function, args, kwargs, job_executor, "add_schedules")
        return list(self._driver.add_many(called, [trigger.native for trigger in triggers], self._shared.of(options)))

    async def remove_schedule(self, id: ScheduleId) -> None:
        """Jobs that run go on, those that wait are dropped. :raises KeyError: where there is no such schedule."""
        self._driver.remove(self._number(id, "remove_schedule"))
        if self._stored is not None:
            await self._stored.remove(str(id))
        self._ask_for_turn()

    async def pause_schedule(self, id: ScheduleId, note: str = "") -> None:
        """Nothing fires until it is unpaused; `note` says why. :raises KeyError: where there is no such schedule."""
        self._driver.pause(self._number(id, "pause_schedule"), note)
        if self._stored is not None:
            await self._stored.set_paused(str(id), True, note)
        self._ask_for_turn()

    async def unpause_schedule(self, id: ScheduleId, resume_from: Any = None) -> None:
        """Goes on at `resume_from`, by default now; what lies between that and now is caught up by the options.

        :raises KeyError: where there is no such schedule.
        """
        number = self._number(id, "unpause_schedule")
        if self._stored is not None:
            await self._stored.set_paused(str(id), False)
        self._driver.resume(number, None if resume_from is None else micros(resume_from))
        self._ask_for_turn()

    async def reschedule(self, id: ScheduleId, trigger: Trigger) -> None:
        """From now on the schedule fires by `trigger`. :raises KeyError: where there is no such schedule."""
        number, now = self._number(id, "reschedule"), self._driver.now()
        anchored = self._driver.anchored(number, trigger.native, now)
        if self._stored is not None:
            await self._stored.set_trigger(str(id), anchored)
        self._driver.reschedule(number, anchored, now)
        self._ask_for_turn()

    async def trigger_now(self, id: ScheduleId) -> None:
        """One more job, at once; also while paused. :raises KeyError: where there is no such schedule."""
        self._driver.trigger_now(self._number(id, "trigger_now"))
        self._ask_for_turn()

    async def backfill(self, id: ScheduleId, start: Any, end: Any) -> None:
        """A job for each fire time from `start` to `end`, one after the other. :raises KeyError: as above."""
        self._driver.backfill(self._number(id, "backfill"), micros(start), micros(end))
        self._ask_for_turn()

    async def get_schedule(self, id: ScheduleId) -> ScheduleStatus:
        """:raises KeyError: where there is no such schedule."""
        return self._status(self._number(id, "get_schedule"))

    async def get_schedules(self) -> List[ScheduleStatus]:
        """All schedules, in the order of adding."""
        self._require_loop("get_schedules")
        return [self._status(number) for number in self._driver.schedules()]

    # --- jobs of their own

    @overload
    async def add_job(self, function: Callable[..., Awaitable[Result]], *, args: Sequence[Any] = ...,
                      kwargs: Optional[Mapping[str, Any]] = ...,
                      job_executor: JobExecutor = ...) -> "asyncio.Future[Result]": ...

    @overload
    async def add_job(self, function: Callable[..., Result], *, args: Sequence[Any] = ...,
                      kwargs: Optional[Mapping[str, Any]] = ...,
                      job_executor: JobExecutor = ...) -> "asyncio.Future[Result]": ...

    async def add_job(self, function: Callable[..., Any], *, args: Sequence[Any] = (),
                      kwargs: Optional[Mapping[str, Any]] = None, job_executor: JobExecutor = None) -> "asyncio.Future[Any]":
        """Runs the function once, at once; awaiting what this returns gives its result."""
        self._require_loop("add_job")
        number = self._driver.run(job_callable(function, args, kwargs, job_executor, "add_job"))
        result: "asyncio.Future[Any]" = self._loop.create_future()
        result.add_done_callback(functools.partial(self._give_up, number))
        self._driver.watch(number, functools.partial(conclude, result))
        self._ask_for_turn()
        return result

    @overload
    async def run_job(self, function: Callable[..., Awaitable[Result]], *, args: Sequence[Any] = ...,
                      kwargs: Optional[Mapping[str, Any]] = ..., job_executor: JobExecutor = ...) -> Result: ...

    @overload
    async def run_job(self, function: Callable[..., Result], *, args: Sequence[Any] = ...,
                      kwargs: Optional[Mapping[str, Any]] = ..., job_executor: JobExecutor = ...) -> Result: ...

    async def run_job(self, function: Callable[..., Any], *, args: Sequence[Any] = (),
                      kwargs: Optional[Mapping[str, Any]] = None, job_executor: JobExecutor = None) -> Any:
        """Runs the function once and returns its result. Cancelling this cancels the job."""
        return await (await self.add_job(function, args=args, kwargs=kwargs, job_executor=job_executor))

    # --- events

    def subscribe(self, listener: Callable[[SchedulerEvent], Union[None, Awaitable[None]]],
                  kinds: Optional[Iterable[str]] = None) -> Callable[[], None]:
        """Calls the plain function, or starts the coroutine function, for each event of these kinds (None: all).

        Returns a function that ends it. Before the first subscription events are not even recorded.
        """
        leave = self._listeners.add(listener, kinds)
        if self._driver is not None:
            for number in self._driver.schedules():
                self._listeners.named(number, self._driver.status(number)[0])
            self._driver.record_events(True)
        return leave

    # --- the engine

    def _ask_for_turn(self) -> None:
        if not self._turn_asked and not self._stopped.is_set():
            self._turn_asked = True
            self._loop.call_soon(self._turn, context=self._context)

    def _turn(self) -> None:
        """Starts what is due, and sets the timer for what is not."""
        self._turn_asked = False
        if self._stopping:
            self._deliver()
            if self._no_job_left is not None and not self._driver.job_count():
                resolve(self._no_job_left)
            return
        more = True
        try:
            more = self._driver.drain(self._turn_length, ASKED_A_TURN)
        finally:  # whatever was raised, the next job must not be lost with it
            self._deliver()
            if more:
                self._ask_for_turn()
            else:
                self._set_timer(self._driver.arm())

    def _set_timer(self, deadline: Optional[int]) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if deadline is not None:
            delay = max(0.0, (deadline - self._driver.now()) / 1e6)
            # By way of a turn of its own: what is due at the same instant then runs in the order in which it was armed.
            self._timer = self._loop.call_later(min(delay, self._watch.longest_sleep), self._ask_for_turn)

    def _deliver(self) -> None:
        if self._listeners.any:
            self._listeners.deliver(self._driver.take_events(), self._loop)

    def _job_failed(self, job: int, schedule: int, error: Optional[BaseException]) -> None:
        name = self._id_of(schedule) if schedule else None
        what = f"of schedule {name!r} " if schedule else ""
        if not self._listeners.failed(job, error) and schedule:
            logger.error("a job %sraised", what, exc_info=error)

    def _give_up(self, job: int, result: "asyncio.Future[Any]") -> None:
        if result.cancelled():
            self._driver.cancel(job)

    # --- names and checks

    def _number(self, id: ScheduleId, method: str) -> int:
        self._require_loop(method)
        number = self._driver.find(id) if isinstance(id, str) else id
        if not number or self._driver.status(number) is None:
            raise KeyError(f"there is no schedule {id!r}")
        return number

    def _id_of(self, number: int) -> ScheduleId:
        status = self._driver.status(number)
        return (status and status[0]) or number

    def _status(self, number: int) -> ScheduleStatus:
        name, next_fire, last_fire, paused, note, running, waiting = self._driver.status(number)
        return ScheduleStatus(name or number, optional_moment(next_fire), optional_moment(last_fire), paused, note, running,
                              waiting)

    def _job_info(self, job: int) -> JobInfo:
        schedule, fire_time = self._driver.job(job) or (0, self._driver.now())  # which has not begun
        return JobInfo(job, self._id_of(schedule) if schedule else None, moment_of(fire_time))

    def _require_loop(self, method: str) -> None:
        api = f"looprt.Scheduler.{method}"
        if self._loop is None:
            raise RuntimeError(f"`{api}`: enter the scheduler first, `async with looprt.Scheduler() as scheduler:`")
        running = _running_loop()
        if running is None:
            raise misuse("LOOP501", api=api, steps=way_here())
        if running is not self._loop:
            raise misuse("LOOP404", api=api, steps=way_here())
        if self._stopping and method.startswith("add"):
            raise RuntimeError(f"`{api}`: this scheduler is stopping")
