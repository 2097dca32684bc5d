"""`entry_point`: a plain function made of a coroutine function, for callers that know no loop: a sync view, a worker's
callback, a command.

Each call has a loop of its own, and a loader scope of its own, so nothing that was cached or bound in one call is met by
the next; everything is closed when it returns. What a loader, a session or a lock must share between calls belongs to a
`BlockingPortal` instead.
"""
from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Callable, Coroutine, Optional, Protocol, TypeVar, overload

from .callables import display_name, is_async_callable
from .loader_scope import loader_scope
from .runner import LoopFactory, Runner, refuse_nesting

if TYPE_CHECKING:
    from typing_extensions import ParamSpec

    Parameters = ParamSpec("Parameters")
    Result = TypeVar("Result")
    Result_co = TypeVar("Result_co", covariant=True)

    class EntryPoint(Protocol[Parameters, Result_co]):
        """What type checkers know of a decorated function; it is a plain function at run time."""

        @property
        def __wrapped__(self) -> Callable[Parameters, Coroutine[Any, Any, Result_co]]: ...

        def __call__(self, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result_co: ...

        # A method's parameters without `self` are more than older checkers can say.
        @overload
        def __get__(self, instance: None, owner: Any = ...) -> "EntryPoint[Parameters, Result_co]": ...

        @overload
        def __get__(self, instance: object, owner: Any = ...) -> Callable[..., Result_co]: ...


@overload
def entry_point(function: Callable[Parameters, Coroutine[Any, Any, Result]]) -> EntryPoint[Parameters, Result]: ...


@overload
def entry_point(*, loop_factory: Optional[LoopFactory] = ...) -> Callable[
        [Callable[Parameters, Coroutine[Any, Any, Result]]], EntryPoint[Parameters, Result]]: ...


def entry_point(function: Optional[Callable[..., Any]] = None, *, loop_factory: Optional[LoopFactory] = None) -> Any:
    """Makes a plain function of a coroutine function: ``@looprt.entry_point`` or ``@looprt.entry_point(loop_factory=…)``.

    The coroutine function stays reachable as `__wrapped__`. The plain function may be called on any thread, and on several
    at once.

    :raises TypeError: when decorating what is no coroutine function.
    :raises LoopMisuseError: when called where a loop runs (LOOP201); the message says what to await there.
    """
    if function is None:
        return functools.partial(entry_point, loop_factory=loop_factory)
    if not is_async_callable(function):
        raise TypeError(f"`looprt.entry_point` makes a plain function of a coroutine function, and `{display_name(function)}` "
                        "is none; decorate the `async def` itself, below other decorators")

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        name = display_name(function)
        refuse_nesting(f"{name}", remedy=f"a loop runs here already: `await {name}.__wrapped__(…)` in the coroutine")
        with Runner(loop_factory=loop_factory) as runner:
            return runner.run(_in_scope, function, args, kwargs)

    # A framework that asks must see a plain function, whatever marks `wraps` has copied.
    call.__dict__.pop("_is_coroutine", None)
    call.__dict__.pop("_is_coroutine_marker", None)
    return call


async def _in_scope(function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    async with loader_scope():
        return await function(*args, **kwargs)
