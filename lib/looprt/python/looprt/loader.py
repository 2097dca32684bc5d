"""`DataLoader`: many loads of single keys, one call of the backend.

Loads of one tick of the loop go out as one batch, and each key is loaded once in a scope (see loader_scope). A loader
itself holds neither loop nor cache: its state is made by the first load in a scope and dies with the scope, so a loader may
be a global, and a second run starts empty.

Every load of a key that is not known yet has a future of its own, a plain one of the loop, since tasks wait for these
fastest. Shared futures, which other loaders hand out, let one
waiter's time-out cancel all the others and leave the key broken; here a waiter that is cancelled leaves alone, and the last
one to leave cancels the batch.

A batch is collected for one tick and a bit, as graphql/dataloader does: the first load asks for a callback, the callback
starts the batch's task, and the task takes what has gathered until it runs. Loads that a coroutine makes right after its
own first await so still catch the bus.
"""
from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING, Any, Awaitable, Callable, Dict, Generic, Hashable, Iterable, List, MutableMapping, Optional
from typing import Sequence, TypeVar, Union, overload

from . import _core
from .callables import display_name, is_async_callable
from .loader_scope import LoaderScope, usable_scope

if TYPE_CHECKING:
    from typing_extensions import Literal

Key = TypeVar("Key")
Value = TypeVar("Value")
BatchLoad = Callable[[List[Key]], Awaitable[Iterable[Any]]]


class _Batch(_core.LoaderBatch):
    """The keys that go out together; open until its task takes them. `left` of its entries have no waiter any more."""

    __slots__ = ()

    def __init__(self, state: "_State", entries: List[Any]) -> None:
        self.state = state
        self.entries = entries


class _State(_core.LoaderState):
    """A loader in a scope: its cache, the batch that is open, those that are under way.

    What is done for every key is the base class's, in C. An entry is a key in this scope: under way, in `batch`, with
    `waiters`; then known, with `value` or `error`, and `batch` is None.
    """

    __slots__ = ("loader", "scope", "batches", "collector", "slots")

    def __init__(self, loader: "DataLoader[Any, Any]", scope: LoaderScope) -> None:
        super().__init__()
        self.loader = loader
        self.scope = scope
        self.loop = scope.loop
        self.create_future = scope.loop.create_future
        if getattr(type(scope.loop), "create_future", None) is asyncio.BaseEventLoop.create_future:
            # What asyncio's own loops do to make a future, without the detour through Python.
            self.create_future, self.options = asyncio.Future, {"loop": scope.loop}
        self.context = contextvars.Context()
        self.cache: MutableMapping[Any, Any] = loader._new_cache()
        self.keeps = bool(loader.cache)
        if loader.get_cache_key is not None:
            self.make_key = loader.get_cache_key
        self.open = _Batch(self, [])
        self.batches: Dict[_Batch, None] = {}
        self.collector: Optional["asyncio.Task[None]"] = None
        limit = loader.max_concurrent_batches
        self.slots = asyncio.Semaphore(limit) if limit else None

    def opened(self) -> None:
        """Called with the first key of a batch."""
        if self.loader.batch_window:
            self.loop.call_later(self.loader.batch_window, self.collect)
        else:
            self.loop.call_soon(self.collect)

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
            self.settle_all(batch.entries, values)
        finally:
            del self.batches[batch]

    def failed(self, entry: Any, error: BaseException) -> None:
        """Called where a key's value is an exception."""
        if not self.loader.cache_errors:
            self.forget(entry)
        entry.settle(None, _raisable(error))

    def fail(self, batch: _Batch, error: BaseException) -> None:
        """A batch that fails as a whole says nothing about its keys: the next load of each tries again."""
        error = _raisable(error)
        for entry in batch.entries:
            self.forget(entry)
            entry.settle(None, error)

    def forget(self, entry: Any) -> None:
        if self.cache.get(entry.cache_key) is entry:
            del self.cache[entry.cache_key]

    def left(self, entry: Any) -> None:
        """A waiter of `entry` was cancelled. The last to leave gives the key up, and a batch without keys is cancelled."""
        batch, waiters = entry.batch, entry.waiters
        if batch is None or not waiters or not all(waiter.cancelled() for waiter in waiters):
            return
        self.forget(entry)
        entry.drop_waiters()
        if batch is self.open:
            batch.entries.remove(entry)
            return
        batch.left += 1
        if batch.left == len(batch.entries) and batch.task is not None:
            batch.task.cancel()

    def abandon(self) -> List["asyncio.Task[None]"]:
        """The scope closes: cancels what is open and under way; returns the tasks to wait for."""
        self.closed = True
        self.loader._let_go(self)
        tasks = [batch.task for batch in self.batches if batch.task is not None]
        if self.collector is not None:
            tasks.append(self.collector)
        entries = self.open.entries + [entry for batch in self.batches for entry in batch.entries]
        self.open = _Batch(self, [])
        for entry in entries:
            waiters = entry.waiters
            entry.drop_waiters()
            for waiter in waiters:
                (waiter.future if type(waiter) is _core.LoaderMany else waiter).cancel()
        for task in tasks:
            task.cancel()
        return tasks


class DataLoader(_core.LoaderBase, Generic[Key, Value]):
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
    batch: bool = True
    max_batch_size: Optional[int] = None
    max_concurrent_batches: Optional[int] = None
    batch_window: float = 0.0
    cache: bool = True
    cache_errors: bool = False

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

    if TYPE_CHECKING:  # the base class has it, in C
        def load(self, key: Key) -> "asyncio.Future[Value]":
            """The value of `key`: await it, or gather several. Cancelling what this returns harms no other load.

            :raises LoopMisuseError: LOOP803 outside a scope; LOOP404 under another loop than the scope's.
            """

    @overload
    async def load_many(self, keys: Iterable[Key], *, return_exceptions: "Literal[False]" = ...) -> List[Value]: ...

    @overload
    async def load_many(self, keys: Iterable[Key], *,
                        return_exceptions: "Literal[True]") -> List[Union[Value, BaseException]]: ...

    @overload
    async def load_many(self, keys: Iterable[Key], *, return_exceptions: bool) -> List[Any]: ...

    async def load_many(self, keys: Iterable[Key], *, return_exceptions: bool = False) -> List[Any]:
        """The values of `keys`, in their order. The first error, in that order, is raised once all are there.

        Cheaper than gathering loads: there is one future for all keys.

        :param return_exceptions: put errors into the list instead.
        :raises LoopMisuseError: LOOP803 or LOOP404, as `load`.
        """
        state = self._find_state("load_many")
        many = _core.LoaderMany()
        many.future = state.new_future()
        entries = state.want_many(keys, many)
        if many.missing:
            try:
                await many.future
            except asyncio.CancelledError:
                for entry in entries:
                    if type(entry) is _core.LoaderEntry:
                        state.left(entry)
                raise
        return state.results(entries, return_exceptions)

    def prime(self, key: Key, value: Any) -> "DataLoader[Key, Value]":
        """Puts a value, or an exception, where no value is known or under way yet. Returns the loader."""
        state = self._find_state("prime")
        cache_key = key if self.get_cache_key is None else self.get_cache_key(key)
        if cache_key not in state.cache:
            entry = state.cache[cache_key] = _core.LoaderEntry()
            entry.settle(*((None, _raisable(value)) if isinstance(value, BaseException) else (value, None)))
        return self

    def clear(self, key: Key) -> "DataLoader[Key, Value]":
        """Forgets a key; who waits for it now still gets what is under way. Returns the loader."""
        cache_key = key if self.get_cache_key is None else self.get_cache_key(key)
        self._find_state("clear").cache.pop(cache_key, None)
        return self

    def clear_all(self) -> "DataLoader[Key, Value]":
        """Forgets all keys, as `clear` does."""
        self._find_state("clear_all").cache.clear()
        return self

    def _find_state(self, method: str = "load") -> _State:
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
