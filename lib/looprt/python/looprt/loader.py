"""`DataLoader`: many loads of single keys, one call of the backend.

Loads of one tick of the loop go out as one batch, and each key is loaded once in a scope (see loader_scope). A loader
itself holds neither loop nor cache: its state is made by the first load in a scope and dies with the scope, so a loader may
be a global, and a second run starts empty.

Every load of a key that is not known yet has a future of its own. Shared futures, which other loaders hand out, let one
waiter's time-out cancel all the others and leave the key broken; here a waiter that is cancelled leaves alone, and the last
one to leave cancels the batch.

A batch is collected for one tick and a bit, as graphql/dataloader does: the first load asks for a callback, the callback
starts the batch's task, and the task takes what has gathered until it runs. Loads that a coroutine makes right after its
own first await so still catch the bus.
"""
from __future__ import annotations

import asyncio
from typing import Any, Awaitable, Callable, Dict, Generic, Hashable, Iterable, List, MutableMapping, Optional, Sequence
from typing import TypeVar

from .callables import display_name, is_async_callable
from .loader_scope import LoaderScope, current_scope, usable_scope

Key = TypeVar("Key")
Value = TypeVar("Value")
_running_loop = asyncio._get_running_loop
BatchLoad = Callable[[List[Key]], Awaitable[Iterable[Any]]]


class _Waiter(asyncio.Future):  # type: ignore[type-arg]
    """What one `load` returns while its key is under way. Cancelling it tells its entry, and nobody else."""

    __slots__ = ("entry",)

    def cancel(self, msg: Any = None) -> bool:
        if not super().cancel():
            return False
        _leave(self.entry)
        return True


class _Many:
    """One `load_many` that waits: a single future for all its keys."""

    __slots__ = ("future", "missing")

    def __init__(self, future: "asyncio.Future[None]") -> None:
        self.future = future
        self.missing = 0

    def cancelled(self) -> bool:
        return self.future.cancelled()

    def arrived(self) -> None:
        self.missing -= 1
        if self.missing == 0 and not self.future.done():
            self.future.set_result(None)


class _Entry:
    """One key in one scope: under way, then known.

    `batch` is the batch that it is in, None once it is known; then `value` and `error` are set, `future` holds them for
    those who ask later (one for all: who cancels what is done does nothing), and `waiters` is empty. There are as many of
    these as keys, so nothing is set before it is needed.
    """

    __slots__ = ("key", "cache_key", "batch", "waiters", "value", "error", "future")

    def __init__(self, key: Any, cache_key: Any, batch: "Optional[_Batch]", waiters: List[Any]) -> None:
        self.key = key
        self.cache_key = cache_key
        self.batch = batch
        self.waiters = waiters

    def settle(self, value: Any, error: Optional[BaseException]) -> None:
        waiters, self.waiters = self.waiters, []
        self.batch = self.future = None
        self.value, self.error = value, error
        for waiter in waiters:
            if type(waiter) is _Many:
                waiter.arrived()
            elif not waiter.done():
                self.future = waiter
                if error is None:
                    waiter.set_result(value)
                else:
                    waiter.set_exception(error)

    def outcome(self, loop: asyncio.AbstractEventLoop) -> "asyncio.Future[Any]":
        if self.future is None:
            self.future = loop.create_future()
            if self.error is None:
                self.future.set_result(self.value)
            else:
                self.future.set_exception(self.error)
        return self.future


class _Batch:
    """The keys that go out together; open until its task takes them."""

    __slots__ = ("state", "entries", "task")

    def __init__(self, state: "_State", entries: List[_Entry]) -> None:
        self.state = state
        self.entries = entries
        self.task: Optional["asyncio.Task[None]"] = None


class _State:
    """A loader in a scope: its cache, the batch that is open, those that are under way."""

    __slots__ = ("loader", "scope", "loop", "cache", "open", "batches", "collector", "slots")

    def __init__(self, loader: "DataLoader[Any, Any]", scope: LoaderScope) -> None:
        self.loader = loader
        self.scope = scope
        self.loop = scope.loop
        self.cache: MutableMapping[Any, _Entry] = loader._new_cache()
        self.open = _Batch(self, [])
        self.batches: Dict[_Batch, None] = {}
        self.collector: Optional["asyncio.Task[None]"] = None
        limit = loader.max_concurrent_batches
        self.slots = asyncio.Semaphore(limit) if limit else None

    def want(self, key: Any, cache_key: Any, waiters: List[Any]) -> _Entry:
        """The entry of a key that is not known: it joins the open batch."""
        opened = self.open
        entry = self.cache[cache_key] = _Entry(key, cache_key, opened, waiters)
        opened.entries.append(entry)
        if len(opened.entries) == 1:
            if self.loader.batch_window:
                self.loop.call_later(self.loader.batch_window, self.collect)
            else:
                self.loop.call_soon(self.collect)
        return entry

    def collect(self) -> None:
        if self.open.entries and not self.scope.closed:
            self.collector = self.loop.create_task(self.dispatch())

    async def dispatch(self) -> None:
        """Closes the open batch, cuts it up where it is too long, and starts the pieces; the first, which is usually the
        only one, runs in this very task."""
        whole, self.open = self.open, _Batch(self, [])
        if not whole.entries:  # who asked has left
            return
        size = self.loader.max_batch_size
        batches = [whole]
        if size is not None and len(whole.entries) > size:
            batches = [_Batch(self, whole.entries[at:at + size]) for at in range(0, len(whole.entries), size)]
            for batch in batches:
                for entry in batch.entries:
                    entry.batch = batch
        self.batches.update(dict.fromkeys(batches))
        for batch in batches[1:]:
            batch.task = self.loop.create_task(self.run(batch))
        batches[0].task, self.collector = self.collector, None
        await self.run(batches[0])

    async def run(self, batch: _Batch) -> None:
        keys = [entry.key for entry in batch.entries]
        try:
            if self.slots is None:
                values = await self.loader._load_batch(keys)
            else:
                async with self.slots:
                    values = await self.loader._load_batch(keys)
        except (KeyboardInterrupt, SystemExit) as error:
            self.fail(batch, error)
            raise
        except asyncio.CancelledError:
            # The scope has closed, nobody waits any more, or the backend was cancelled within: only the last is an error,
            # and no reason to tell the waiting tasks that it was them who were cancelled.
            self.fail(batch, RuntimeError("the batch was cancelled"))
        except Exception as error:
            self.fail(batch, error)
        else:
            self.settle(batch, values)
        finally:
            del self.batches[batch]

    def settle(self, batch: _Batch, values: Sequence[Any]) -> None:
        for entry, value in zip(batch.entries, values):
            if isinstance(value, BaseException):
                if not self.loader.cache_errors:
                    self.forget(entry)
                entry.settle(None, _raisable(value))
            else:
                entry.settle(value, None)

    def fail(self, batch: _Batch, error: BaseException) -> None:
        """A batch that fails as a whole says nothing about its keys: the next load of each tries again."""
        error = _raisable(error)
        for entry in batch.entries:
            self.forget(entry)
            entry.settle(None, error)

    def forget(self, entry: _Entry) -> None:
        if self.cache.get(entry.cache_key) is entry:
            del self.cache[entry.cache_key]

    def abandon(self) -> List["asyncio.Task[None]"]:
        """The scope closes: cancels what is open and under way; returns the tasks to wait for."""
        tasks = [batch.task for batch in self.batches if batch.task is not None]
        if self.collector is not None:
            tasks.append(self.collector)
        entries = self.open.entries + [entry for batch in self.batches for entry in batch.entries]
        self.open = _Batch(self, [])
        for entry in entries:
            waiters, entry.waiters = entry.waiters, []
            for waiter in waiters:
                (waiter.future if type(waiter) is _Many else waiter).cancel()
        for task in tasks:
            task.cancel()
        return tasks


def _leave(entry: _Entry) -> None:
    """A waiter of `entry` was cancelled. The last to leave gives the key up, and a batch without keys is cancelled."""
    batch = entry.batch
    if batch is None or not entry.waiters or not all(waiter.cancelled() for waiter in entry.waiters):
        return
    state = batch.state
    state.forget(entry)
    entry.waiters = []
    if batch is state.open:
        batch.entries.remove(entry)
    elif not any(other.waiters for other in batch.entries) and batch.task is not None:
        batch.task.cancel()


class DataLoader(Generic[Key, Value]):
    """Loads values by key in batches; subclass it with `batch_load_fn`, or pass that.

    `batch_load_fn` is a coroutine function that takes a list of different keys and returns a list of as many values, in the
    same order; an exception among the values is that key's error. It runs on the loop and must not block.

    :param batch: False loads each key by a call of its own.
    :param max_batch_size: keys in one call at most; more are cut into batches that run at the same time.
    :param max_concurrent_batches: how many of these run at the same time; None for no limit.
    :param batch_window: seconds to gather keys for a batch; 0 for one tick of the loop.
    :param cache: False loads a key again on each tick.
    :param cache_errors: whether a key's error is kept for the scope; else the next load tries again.
    :param get_cache_key: makes a hashable key of what is not.
    :param cache_map: called for each scope, makes the mapping that holds its cache (to bound it, say).

    Loads belong to the loop's thread; making a loader is safe anywhere, at import too.
    """

    batch_load_fn: Any = None
    batch = True
    max_batch_size: Optional[int] = None
    max_concurrent_batches: Optional[int] = None
    batch_window = 0.0
    cache = True
    cache_errors = False

    def __init__(self, batch_load_fn: Optional["BatchLoad[Key]"] = None, *, batch: Optional[bool] = None,
                 max_batch_size: Optional[int] = None, max_concurrent_batches: Optional[int] = None,
                 batch_window: Optional[float] = None, cache: Optional[bool] = None, cache_errors: Optional[bool] = None,
                 get_cache_key: Optional[Callable[[Key], Hashable]] = None,
                 cache_map: Optional[Callable[[], MutableMapping[Any, Any]]] = None) -> None:
        given = {"batch_load_fn": batch_load_fn, "batch": batch, "max_batch_size": max_batch_size,
                 "max_concurrent_batches": max_concurrent_batches, "batch_window": batch_window, "cache": cache,
                 "cache_errors": cache_errors, "get_cache_key": get_cache_key}
        for name, value in given.items():
            if value is not None:
                setattr(self, name, value)
        if not is_async_callable(self.batch_load_fn):
            raise TypeError(f"batch_load_fn is a coroutine function, and `{display_name(self.batch_load_fn)}` is none")
        if not self.batch:
            self.max_batch_size = 1
        for name in ("max_batch_size", "max_concurrent_batches"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise ValueError(f"{name} is at least 1, not {value}")
        self._new_cache: Callable[[], MutableMapping[Any, Any]] = cache_map or dict

    get_cache_key: Any = None

    def load(self, key: Key) -> "asyncio.Future[Value]":
        """The value of `key`: await it, or gather several. Cancelling what this returns harms no other load.

        :raises LoopMisuseError: LOOP803 outside a scope; LOOP404 under another loop than the scope's.
        """
        scope = current_scope.get()
        if scope is None or scope.closed or scope.loop is not _running_loop():
            usable_scope(f"{type(self).__name__}.load")
        state = scope.states.get(self)
        if state is None:
            state = scope.states[self] = _State(self, scope)
        cache_key = key if self.get_cache_key is None else self.get_cache_key(key)

        entry = state.cache.get(cache_key)
        if entry is not None and entry.batch is None:
            if self.cache:
                return entry.future or entry.outcome(state.loop)
            entry = None
        waiter = _Waiter(loop=state.loop)
        if entry is None:
            waiter.entry = state.want(key, cache_key, [waiter])
        else:
            waiter.entry = entry
            entry.waiters.append(waiter)
        return waiter

    async def load_many(self, keys: Iterable[Key], *, return_exceptions: bool = False) -> List[Value]:
        """The values of `keys`, in their order. The first error, in that order, is raised once all are there.

        Cheaper than gathering loads: there is one future for all keys.

        :param return_exceptions: put errors into the list instead.
        :raises LoopMisuseError: LOOP803 or LOOP404, as `load`.
        """
        state = self._state("load_many")
        known, entries = state.cache, []
        many = _Many(state.loop.create_future())
        for key in keys:
            cache_key = key if self.get_cache_key is None else self.get_cache_key(key)
            entry = known.get(cache_key)
            if entry is None or (entry.batch is None and not self.cache):
                entry = state.want(key, cache_key, [many])
                many.missing += 1
            elif entry.batch is not None:
                entry.waiters.append(many)
                many.missing += 1
            entries.append(entry)
        if many.missing:
            try:
                await many.future
            except asyncio.CancelledError:
                for entry in entries:
                    _leave(entry)
                raise
        if not return_exceptions:
            for entry in entries:
                if entry.error is not None:
                    raise entry.error
        return [entry.value if entry.error is None else entry.error for entry in entries]

    def prime(self, key: Key, value: Any) -> "DataLoader[Key, Value]":
        """Puts a value, or an exception, where no value is known or under way yet. Returns the loader."""
        state = self._state("prime")
        cache_key = key if self.get_cache_key is None else self.get_cache_key(key)
        if cache_key not in state.cache:
            entry = state.cache[cache_key] = _Entry(key, cache_key, None, [])
            entry.settle(*((None, _raisable(value)) if isinstance(value, BaseException) else (value, None)))
        return self

    def clear(self, key: Key) -> "DataLoader[Key, Value]":
        """Forgets a key; who waits for it now still gets what is under way. Returns the loader."""
        cache_key = key if self.get_cache_key is None else self.get_cache_key(key)
        self._state("clear").cache.pop(cache_key, None)
        return self

    def clear_all(self) -> "DataLoader[Key, Value]":
        """Forgets all keys, as `clear` does."""
        self._state("clear_all").cache.clear()
        return self

    def _state(self, method: str) -> _State:
        scope = usable_scope(f"{type(self).__name__}.{method}")
        state = scope.states.get(self)
        if state is None:
            state = scope.states[self] = _State(self, scope)
        return state

    async def _load_batch(self, keys: List[Key]) -> Sequence[Any]:
        values = await self.batch_load_fn(keys)
        if not isinstance(values, (list, tuple)):
            values = list(values)
        if len(values) != len(keys):
            raise TypeError(f"`{display_name(self.batch_load_fn)}` returned {len(values)} values for {len(keys)} keys")
        return values


def _raisable(error: BaseException) -> BaseException:
    """A future cannot hold StopIteration."""
    if not isinstance(error, StopIteration):
        return error
    wrapped = RuntimeError("the batch raised StopIteration")
    wrapped.__cause__ = error
    return wrapped
