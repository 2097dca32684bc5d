"""What a scheduler takes for a job, and what it refuses when the job is registered: LOOP301, LOOP302, LOOP303.

Every scheduler there is takes these and fails when the job is due, in a log that nobody reads.
"""
from __future__ import annotations

import asyncio
import concurrent.futures
import functools
import inspect
from typing import Any, Callable, Coroutine, Mapping, NoReturn, Optional, Sequence, Union

from .callables import display_name, driven_coroutine, is_async_callable
from .misuse import RefusedCallableError, misuse, way_here

JobExecutor = Union[str, concurrent.futures.Executor, None]
JobCallable = Callable[[], Coroutine[Any, Any, Any]]

_THREADS = ("thread", "threadpool")


def job_callable(function: Any, args: Sequence[Any], kwargs: Optional[Mapping[str, Any]], executor: JobExecutor,
                 api: str) -> JobCallable:
    """What is called without arguments for each job and returns its coroutine.

    :param executor: where a plain function runs: "thread", "loop" (it must not block), or an executor. A coroutine function
        runs on the loop, and needs none.
    :raises RefusedCallableError: LOOP301, LOOP302 or LOOP303.
    :raises TypeError: for what cannot be called, and for a plain function without a place to run.
    """
    _refuse_objects(function, api)
    bound = functools.partial(function, *args, **(kwargs or {})) if args or kwargs else function
    if is_async_callable(function):
        _refuse_executor(function, executor, api)
        return bound
    _refuse_wrappers(function, api)
    if executor is None:
        raise TypeError(f"`{display_name(function)}` is a plain function: say where it runs, `job_executor=\"thread\"` or, if "
                        "it never blocks, `job_executor=\"loop\"`")
    if executor == "loop":
        return functools.partial(_on_loop, bound)
    if executor in _THREADS:
        return functools.partial(_on_executor, None, bound)
    if isinstance(executor, concurrent.futures.Executor):
        return functools.partial(_on_executor, executor, bound)
    raise ValueError(f"job_executor is \"thread\", \"loop\" or an executor, not {executor!r}")


def _refuse_objects(function: Any, api: str) -> None:
    if inspect.iscoroutine(function):
        name = getattr(function, "__qualname__", "fetch").rpartition("<locals>.")[2]
        function.close()
        raise misuse("LOOP302", api=api, error=RefusedCallableError, steps=way_here(),
                     remedy=f"the function itself, its arguments beside it: `{api}({name}, …, args=[…])`")
    if isinstance(function, (asyncio.Future, concurrent.futures.Future)):
        raise misuse("LOOP302", api=api, what="a task", error=RefusedCallableError, steps=way_here())
    if not callable(function):
        raise TypeError(f"`{api}` takes a callable, not {type(function).__name__}")


def _refuse_executor(function: Any, executor: JobExecutor, api: str) -> None:
    if executor is None or executor == "loop":
        return
    name = display_name(function)
    raise misuse("LOOP303", api=f"{api}(…, job_executor={executor!r})", function=name, error=RefusedCallableError,
                 steps=way_here(), remedy=f"leave `job_executor` out: `{name}` runs on the loop")


def _refuse_wrappers(function: Any, api: str) -> None:
    coroutine = driven_coroutine(function)
    if coroutine is not None:
        raise misuse("LOOP301", api=api, function=display_name(function), error=RefusedCallableError, steps=way_here(),
                     remedy="give the coroutine function, and its arguments as the scheduler takes them: "
                            f"`{api}({coroutine}, …, args=[…])`")


def refuse_start(api: str) -> NoReturn:
    """LOOP304: an async scheduler is started where no loop runs."""
    raise misuse("LOOP304", api=api, steps=way_here(),
                 remedy="start it in a coroutine, and keep that run alive for as long as jobs are due: `async def main(): "
                        "async with looprt.Scheduler() as scheduler: …; await scheduler.run_until_stopped()`, and "
                        "`looprt.run(main)`")


async def _on_loop(function: Callable[[], Any]) -> Any:
    result = function()
    return await result if inspect.isawaitable(result) else result


async def _on_executor(executor: Optional[concurrent.futures.Executor], function: Callable[[], Any]) -> Any:
    return await asyncio.get_running_loop().run_in_executor(executor, function)
