"""`loader_scope`: how long what loaders have cached may live.

A scope is one run, request or job. It holds the queue and the cache of every loader that is used in it, belongs to the loop
that it is opened on, and takes everything with it when it closes: no request is ever served what another one loaded. Tasks
that are started in a scope share it, as they inherit its context.
"""
from __future__ import annotations

import asyncio
import contextvars
from typing import Any, Dict, List, Optional, Type, TypeVar

from . import _core
from .misuse import misuse, way_here

Loader = TypeVar("Loader")

#: The scope that is entered here, or None; the compiled core reads it for every load.
current_scope: "contextvars.ContextVar[Optional[LoaderScope]]" = _core.current_scope


class LoaderScope:
    """What `loader_scope()` gives. Not thread-safe: it belongs to the loop's thread."""

    __slots__ = ("loop", "closed", "states", "instances", "_token")

    def __init__(self) -> None:
        self.loop: Optional[asyncio.AbstractEventLoop] = None
        self.closed: bool = True
        self.states: Dict[Any, Any] = {}
        self.instances: Dict[type, Any] = {}
        self._token: Any = None

    async def __aenter__(self) -> "LoaderScope":
        if self.loop is not None:
            raise RuntimeError("a loader scope is entered once")
        self.loop = asyncio.get_running_loop()
        self.closed = False
        self._token = current_scope.set(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Cancels the batches that are still under way, waits for them, and forgets everything."""
        self.closed = True
        if current_scope.get() is self:
            try:
                current_scope.reset(self._token)
            except ValueError:  # entered in another context, as fixtures do
                current_scope.set(None)
        tasks: List["asyncio.Task[Any]"] = []
        for state in self.states.values():
            tasks += state.abandon()
        self.states.clear()
        self.instances.clear()
        if tasks:
            await asyncio.gather(*tasks, return_exceptions=True)


def loader_scope() -> LoaderScope:
    """A new scope, to be entered with ``async with``. Inside another scope it hides that one until it closes."""
    return LoaderScope()


def usable_scope(api: str) -> LoaderScope:
    """The scope of this context.

    :raises LoopMisuseError: LOOP803 where there is none, or it has closed; LOOP404 where it belongs to another loop.
    """
    scope = current_scope.get()
    if scope is None or scope.closed:
        raise misuse("LOOP803", api=api, where=" outside a loader scope", steps=way_here(),
                     remedy="open `async with looprt.loader_scope():` around the run or the request")
    if scope.loop is not asyncio._get_running_loop():
        raise misuse("LOOP404", api=api, steps=way_here(),
                     remedy="open `async with looprt.loader_scope():` in the run that loads")
    return scope


def get_loader(loader_class: Type[Loader]) -> Loader:
    """The scope's instance of `loader_class`, made without arguments by the first call.

    :raises LoopMisuseError: LOOP803 or LOOP404, as `DataLoader.load`.
    """
    scope = usable_scope(f"looprt.get_loader({loader_class.__name__})")
    instance = scope.instances.get(loader_class)
    if instance is None:
        instance = scope.instances[loader_class] = loader_class()
    return instance
