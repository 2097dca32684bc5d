"""`SQLiteStore`: schedules that survive the process, in one file.

A fire time of a stored schedule becomes a job at most once: the row that says so, and the schedule's progress, are committed
together before the job begins. What a row that is still there at the next start means is the schedule's `delivery`: with
"at_least_once" (the default) its job runs again, with "at_most_once" it counts as abandoned.

SQLite blocks, so a thread of the store's own does the writing; requests that come while it writes are committed together.
The file is locked while a scheduler uses it, as two would run everything twice.

Functions are stored by name, arguments as JSON. A schedule whose function cannot be found is parked: it stays in the file,
is reported, and runs again once its function is back.
"""
from __future__ import annotations

import asyncio
import importlib
import json
import os
import queue
import sqlite3
import threading
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple, Union

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

_TABLES = """
CREATE TABLE IF NOT EXISTS schedules (
    id TEXT PRIMARY KEY, task TEXT NOT NULL, arguments TEXT NOT NULL, trigger TEXT NOT NULL, options TEXT NOT NULL,
    executor TEXT, last_fire INTEGER, paused INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS jobs (
    schedule TEXT NOT NULL, fire_time INTEGER NOT NULL, PRIMARY KEY (schedule, fire_time)) WITHOUT ROWID;
"""

Statement = Tuple[str, Sequence[Any]]


class StoredSchedule(NamedTuple):
    """A row: times in microseconds since 1970, trigger and options as their texts."""

    id: str
    task: str
    arguments: str
    trigger: str
    options: str
    executor: Optional[str]
    last_fire: Optional[int]
    paused: bool
    note: str


class StoreLockedError(RuntimeError):
    """Another scheduler uses the file."""


class SQLiteStore:
    """Give it to `Scheduler(data_store=…)`, which opens and closes it. The coroutines belong to the scheduler's loop."""

    def __init__(self, path: Union[str, "os.PathLike[str]"]) -> None:
        self._path = os.fspath(path)
        self._requests: "queue.SimpleQueue[Any]" = queue.SimpleQueue()
        self._thread: Optional[threading.Thread] = None
        self._lock: Any = None

    async def open(self) -> Tuple[List[StoredSchedule], List[Tuple[str, int]]]:
        """The schedules, and the jobs that had begun and not ended when the file was last used.

        :raises StoreLockedError: where another scheduler uses the file.
        """
        self._take_lock()
        self._thread = threading.Thread(target=self._work, name="looprt-store", daemon=True)
        self._thread.start()
        schedules = await self._ask([("SELECT * FROM schedules ORDER BY rowid", ())])
        jobs = await self._ask([("SELECT schedule, fire_time FROM jobs ORDER BY fire_time", ())])
        return [StoredSchedule(*row)._replace(paused=bool(row[7])) for row in schedules[0]], [tuple(row) for row in jobs[0]]

    async def close(self) -> None:
        """Waits until everything is written."""
        if self._thread is not None:
            self._requests.put(None)
            await asyncio.get_running_loop().run_in_executor(None, self._thread.join)
            self._thread = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    async def save(self, schedule: StoredSchedule) -> None:
        await self._ask([("INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          (*schedule[:7], int(schedule.paused), schedule.note))])

    async def remove(self, id: str) -> None:
        await self._ask([("DELETE FROM schedules WHERE id = ?", (id,))])

    async def set_paused(self, id: str, paused: bool, note: str) -> None:
        await self._ask([("UPDATE schedules SET paused = ?, note = ? WHERE id = ?", (int(paused), note, id))])

    async def set_trigger(self, id: str, trigger: str) -> None:
        await self._ask([("UPDATE schedules SET trigger = ?, last_fire = NULL WHERE id = ?", (trigger, id))])

    async def begin(self, id: str, fire_time: int) -> bool:
        """Commits that this job begins; False where there has been one for this schedule and time."""
        answers = await self._ask([
            ("INSERT OR IGNORE INTO jobs SELECT id, ? FROM schedules WHERE id = ?", (fire_time, id)),
            ("SELECT changes()", ()),
            ("UPDATE schedules SET last_fire = ? WHERE id = ? AND ifnull(last_fire < ?, 1)", (fire_time, id, fire_time))])
        return bool(answers[1][0][0])

    async def finish(self, id: str, fire_time: int) -> None:
        """The job has ended, in whatever way."""
        await self._ask([("DELETE FROM jobs WHERE schedule = ? AND fire_time = ?", (id, fire_time))])

    # --- the lock and the thread

    def _take_lock(self) -> None:
        if fcntl is None:
            return
        self._lock = os.open(self._path + ".lock", os.O_CREAT | os.O_RDWR, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            self._lock = None
            raise StoreLockedError(f"another scheduler uses `{self._path}`: two would run every job twice") from None

    def _ask(self, statements: List[Statement]) -> "asyncio.Future[List[List[Any]]]":
        loop = asyncio.get_running_loop()
        answer: "asyncio.Future[List[List[Any]]]" = loop.create_future()
        self._requests.put((statements, loop, answer))
        return answer

    def _work(self) -> None:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(_TABLES)
        going_on = True
        while going_on:
            requests = [self._requests.get()]
            while len(requests) < 1000 and not self._requests.empty():
                requests.append(self._requests.get())
            if None in requests:
                going_on = False
                requests.remove(None)
            self._commit(connection, requests)
        connection.close()

    def _commit(self, connection: sqlite3.Connection, requests: List[Any]) -> None:
        answers: List[Any] = []
        try:
            connection.execute("BEGIN IMMEDIATE")
            for statements, _, _ in requests:
                answers.append([connection.execute(*statement).fetchall() for statement in statements])
            connection.execute("COMMIT")
        except Exception as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            answers = [error] * len(requests)
        for (_, loop, future), answer in zip(requests, answers):
            try:
                loop.call_soon_threadsafe(_settle, future, answer)
            except RuntimeError:
                pass  # the loop has ended; what was written is written


def _settle(future: "asyncio.Future[Any]", answer: Any) -> None:
    if future.done():
        return
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)


def name_of_task(function: Callable[..., Any]) -> str:
    """How a stored schedule names its function: `package.module:Class.method`.

    :raises TypeError: for what cannot be found by a name: lambdas, nested functions, bound methods, partials.
    """
    module, name = getattr(function, "__module__", None), getattr(function, "__qualname__", None)
    if module and name:
        text = f"{module}:{name}"
        try:
            if find_task(text) is function:
                return text
        except LookupError:
            pass
    raise TypeError(f"{function!r} cannot be found again by a name: a stored schedule needs a function of a module")


def find_task(text: str) -> Callable[..., Any]:
    """:raises LookupError: where there is no such function now."""
    module, _, name = text.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise LookupError(f"`{text}` cannot be found: {error}") from error
    return found


def arguments_text(args: Sequence[Any], kwargs: Optional[Dict[str, Any]]) -> str:
    """:raises TypeError: for what JSON cannot say."""
    try:
        text = json.dumps([list(args), dict(kwargs or {})])
    except (TypeError, ValueError) as error:
        raise TypeError(f"the arguments of a stored schedule are kept as JSON: {error}") from error
    return text
