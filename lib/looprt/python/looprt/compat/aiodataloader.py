"""aiodataloader's `DataLoader`, without its failures under cancellation and on a second loop.

Takes the same arguments and has the same methods. Inside a `looprt.loader_scope()` it is bound to it; outside one it works
as its original does, with a cache that lives as long as the loader, except that each loop starts with an empty one.

Differences: a waiter that is cancelled harms no other; a loader may be made before its loop runs; a batch that fails as a
whole is not cached (the errors of single keys are, as in the original); `loop` is ignored.
"""
from __future__ import annotations

import asyncio
import weakref
from typing import Any, Callable, Iterable, List, MutableMapping, Optional

from .. import loader
from ..loader_scope import LoaderScope, current_scope


class DataLoader(loader.DataLoader[Any, Any]):
    """See the module."""

    cache_errors = True

    def __init__(self, batch_load_fn: Any = None, batch: Optional[bool] = None, max_batch_size: Optional[int] = None,
                 cache: Optional[bool] = None, get_cache_key: Any = None,
                 cache_map: Optional[MutableMapping[Any, Any]] = None, loop: Any = None) -> None:
        super().__init__(batch_load_fn, batch=batch, max_batch_size=max_batch_size, cache=cache,
                         get_cache_key=get_cache_key, cache_map=None if cache_map is None else lambda: cache_map)
        self._scopes: "weakref.WeakKeyDictionary[Any, LoaderScope]" = weakref.WeakKeyDictionary()

    def load(self, key: Any = None) -> "asyncio.Future[Any]":
        if key is None:
            raise TypeError("the loader's load() needs a key that is not None")
        return self._in_scope(super().load, key)

    def load_many(self, keys: Iterable[Any]) -> "asyncio.Future[List[Any]]":  # type: ignore[override]
        return asyncio.gather(*[self.load(key) for key in keys])

    def prime(self, key: Any, value: Any) -> "DataLoader":
        return self._in_scope(super().prime, key, value)

    def clear(self, key: Any) -> "DataLoader":
        return self._in_scope(super().clear, key)

    def clear_all(self) -> "DataLoader":
        return self._in_scope(super().clear_all)

    def _in_scope(self, method: Callable[..., Any], *args: Any) -> Any:
        """Calls `method` in the scope of the context, or else in the one that this loader has on the running loop."""
        scope = current_scope.get()
        if scope is not None and not scope.closed:
            return method(*args)
        loop = asyncio.get_running_loop()
        own = self._scopes.get(loop)
        if own is None:
            own = self._scopes[loop] = LoaderScope()
            own.loop, own.closed = loop, False
        token = current_scope.set(own)
        try:
            return method(*args)
        finally:
            current_scope.reset(token)
