"""What a callable is for a loop: the one answer that bridges, scheduler, compatibility layers and loaders share.

A coroutine function stays one behind `functools.partial`, as a bound method, as an object with `async def __call__`, when
compiled by Cython, or when marked by `inspect.markcoroutinefunction`. A plain function that does nothing but drive a
coroutine is recognised by its byte code (see `driven_coroutine`); nothing of the user's is called to find out.
"""
from __future__ import annotations

import asyncio
import dis
import functools
import inspect
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any, Dict, Iterator, List, Optional, Tuple

# Calls that run a coroutine, by their last name: what they are called on may be known only at run time.
_DRIVERS = {"run", "run_until_complete", "ensure_future", "create_task", "run_coroutine_threadsafe", "async_to_sync"}
_DRIVER_OWNERS = {"asyncio", "asgiref.sync", "anyio", "looprt", "uvloop"}
# Calls that only make, fetch, install or close a loop around it.
_LIFECYCLE = {"new_event_loop", "get_event_loop", "get_running_loop", "set_event_loop", "close", "result", "Runner",
              "shutdown_asyncgens", "shutdown_default_executor"}
_MISSING = object()


def unwrapped(function: Any) -> Any:
    """`function` below all its partials."""
    while isinstance(function, functools.partial):
        function = function.func
    return function


def is_async_callable(function: Any) -> bool:
    """Whether a call of `function` gives a coroutine. Calls nothing."""
    function = unwrapped(function)
    if inspect.iscoroutinefunction(function) or _is_marked(function):
        return True
    if isinstance(function, (FunctionType, MethodType, type)):
        return False
    code = getattr(function, "__code__", None)  # Cython's functions have one, with the flags
    if isinstance(code, CodeType):
        return bool(code.co_flags & inspect.CO_COROUTINE)
    call = getattr(type(function), "__call__", None)
    return inspect.iscoroutinefunction(call) or _is_marked(call)


def _is_marked(function: Any) -> bool:
    return getattr(function, "_is_coroutine", None) is getattr(asyncio.coroutines, "_is_coroutine", _MISSING)


def display_name(function: Any) -> str:
    """How messages call it: `fetch`, `Client.fetch`, `<lambda>`."""
    function = unwrapped(function)
    name = getattr(function, "__qualname__", None) or type(function).__qualname__
    return name.rpartition("<locals>.")[2]


def driven_coroutine(function: Any) -> Optional[str]:
    """The name of the coroutine function that the plain `function` does nothing but drive, else None.

    `lambda: asyncio.run(fetch(URLS))` and the like: every call in the body is the driver's, one that makes or closes a
    loop, or the coroutine function's; nothing is stored outside, and nothing branches. A body that does more has a reason
    to be a plain function and is left alone.
    """
    function = unwrapped(function)
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType) or code.co_flags & (inspect.CO_COROUTINE | inspect.CO_GENERATOR):
        return None
    instructions = list(dis.get_instructions(code))
    if any(_does_more(instruction.opname) for instruction in instructions):
        return None

    calls = sum(_is_call(instruction.opname) for instruction in instructions)
    drivers, coroutine, known = 0, None, 0
    for names, value in _chains(instructions, _names_seen_by(getattr(function, "__func__", function))):
        if _is_driver(names, value):
            drivers += 1
        elif is_async_callable(value):
            coroutine = coroutine or ".".join(names)
        elif names[-1] not in _LIFECYCLE:
            if callable(value):
                return None
            continue
        known += 1
    return coroutine if drivers and coroutine and calls <= known else None


def _does_more(operation: str) -> bool:
    return operation.startswith(("STORE_GLOBAL", "STORE_ATTR", "STORE_SUBSCR", "STORE_DEREF", "DELETE_", "POP_JUMP",
                                 "JUMP_IF", "FOR_ITER", "YIELD", "RAISE", "IMPORT_STAR")) and operation != "DELETE_FAST"


def _is_call(operation: str) -> bool:
    return operation.startswith(("CALL_FUNCTION", "CALL_METHOD")) or operation in ("CALL", "CALL_KW")


def _is_driver(names: List[str], value: Any) -> bool:
    if names[-1] not in _DRIVERS:
        return False
    if value is _MISSING or isinstance(value, MethodType) or not hasattr(value, "__module__"):
        return True  # a method of a loop, a runner or a task group
    return (value.__module__ or "").split(".")[0] in {owner.split(".")[0] for owner in _DRIVER_OWNERS}


def _names_seen_by(function: Any) -> Dict[str, Any]:
    """The globals and the closure of `function`, by name."""
    names = dict(getattr(function, "__globals__", {}))
    code = getattr(function, "__code__", None)
    for name, cell in zip(getattr(code, "co_freevars", ()), getattr(function, "__closure__", None) or ()):
        try:
            names[name] = cell.cell_contents
        except ValueError:
            pass  # not filled yet
    return names


def _chains(instructions: List[dis.Instruction], names: Dict[str, Any]) -> Iterator[Tuple[List[str], Any]]:
    """Each dotted name that the code loads, as its parts and its value (`_MISSING` where only running it would tell)."""
    chain: List[str] = []
    value: Any = _MISSING
    for instruction in instructions:
        operation = instruction.opname
        if operation.startswith(("LOAD_ATTR", "LOAD_METHOD")):
            # After a call, the chain goes on at a result that nobody knows.
            value = _attribute(value, instruction.argval) if chain else _MISSING
            chain = [*chain, instruction.argval]
            continue
        if chain:
            yield chain, value
        chain, value = [], _MISSING
        if operation.startswith(("LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_CLOSURE", "LOAD_FAST")) \
                and isinstance(instruction.argval, str):
            chain = [instruction.argval]
            value = names.get(instruction.argval, _MISSING) if not operation.startswith("LOAD_FAST") else _MISSING
    if chain:
        yield chain, value


def _attribute(owner: Any, name: str) -> Any:
    """The attribute, found without running a property or `__getattr__` of the user's."""
    if isinstance(owner, ModuleType):
        return getattr(owner, name, _MISSING)
    return _MISSING if owner is _MISSING else inspect.getattr_static(owner, name, _MISSING)
