"""`run` and `Runner`: a loop of their own for one piece of the program, closed with everything on it.

The standard library has `asyncio.Runner` from 3.11 on. This one is the same on every version from 3.9, works with any loop
(`loop_factory=uvloop.new_event_loop`), never leaves a closed loop installed as the thread's current one, and tells the
threads that are started from its tasks where the application's loop is, so that `run_sync` there finds it.
"""
from __future__ import annotations

import asyncio
import contextvars
import functools
import inspect
import signal
import sys
import threading
from typing import Any, Callable, Coroutine, Optional, TypeVar, Union

from .callables import display_name, is_async_callable
from .misuse import misuse, way_here

Result = TypeVar("Result")
LoopFactory = Callable[[], asyncio.AbstractEventLoop]
Main = Union[Callable[..., Coroutine[Any, Any, Result]], Coroutine[Any, Any, Result]]

#: The loop that the code of this context belongs to; worker threads inherit it with the context.
home_loop: "contextvars.ContextVar[Optional[asyncio.AbstractEventLoop]]" = contextvars.ContextVar(
    "looprt_home_loop", default=None)


class Runner:
    """A context manager that runs coroutines on one fresh loop and closes it.

    `run` may be called several times; the loop, its background tasks and, from Python 3.11 on, what `main` sets in context
    variables live until `close`, which cancels the tasks, waits for them, shuts asynchronous generators and the default
    executor down and closes the loop. Not thread-safe: one thread makes, uses and closes it.

    :param debug: asyncio's debug mode; None leaves what the interpreter was started with.
    :param loop_factory: makes the loop; None asks asyncio's policy.
    """

    def __init__(self, *, debug: Optional[bool] = None, loop_factory: Optional[LoopFactory] = None) -> None:
        self._debug = debug
        self._loop_factory = loop_factory
        self._loop: Optional[asyncio.AbstractEventLoop] = None
        self._context: Optional[contextvars.Context] = None
        self._closed = False
        self._interrupts = 0

    def __enter__(self) -> "Runner":
        self.get_loop()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """The runner's loop, made by the first call."""
        if self._closed:
            raise RuntimeError("this Runner is closed")
        if self._loop is None:
            self._loop = (self._loop_factory or asyncio.new_event_loop)()
            self._context = contextvars.copy_context()
            self._context.run(home_loop.set, self._loop)
            if self._debug is not None:
                self._loop.set_debug(self._debug)
        return self._loop

    def run(self, main: Main[Result], *args: Any, context: Optional[contextvars.Context] = None) -> Result:
        """Runs a coroutine function with `args` (or a coroutine object) to its end and returns its result.

        :raises LoopMisuseError: LOOP201, where a loop already runs on this thread; nothing has run then.
        """
        refuse_nesting("looprt.Runner.run", main)
        loop = self.get_loop()
        coroutine = coroutine_of(main, args)
        if context is None:
            context = self._context
        else:
            context.run(home_loop.set, loop)
        if sys.version_info >= (3, 11):
            task = loop.create_task(coroutine, context=context)
        else:  # tasks copy their context there
            task = context.run(loop.create_task, coroutine)
        restore = self._install_interrupt(task)
        try:
            return loop.run_until_complete(task)
        except asyncio.CancelledError:
            if self._interrupts and getattr(task, "uncancel", lambda: 0)() == 0:
                raise KeyboardInterrupt() from None
            raise
        finally:
            restore()

    def close(self) -> None:
        """Ends what still runs on the loop and closes it. Calling it again does nothing."""
        if self._closed:
            return
        self._closed = True
        loop, self._loop = self._loop, None
        if loop is None or loop.is_closed():
            return
        try:
            cancel_all_tasks(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            loop.close()

    def _install_interrupt(self, task: "asyncio.Task[Any]") -> Callable[[], None]:
        """Lets the first Ctrl-C cancel `task`, so that its `finally` blocks run; the second interrupts at once."""
        self._interrupts = 0
        if (threading.current_thread() is not threading.main_thread()
                or signal.getsignal(signal.SIGINT) is not signal.default_int_handler):
            return lambda: None

        def interrupt(_signal: int, _frame: object) -> None:
            self._interrupts += 1
            if self._interrupts > 1 or task.done():
                raise KeyboardInterrupt()
            task.cancel()
            self.get_loop().call_soon_threadsafe(lambda: None)  # wakes the selector

        def restore() -> None:
            if signal.getsignal(signal.SIGINT) is interrupt:
                signal.signal(signal.SIGINT, signal.default_int_handler)

        signal.signal(signal.SIGINT, interrupt)
        return restore


def run(main: Main[Result], *args: Any, debug: Optional[bool] = None,
        loop_factory: Optional[LoopFactory] = None) -> Result:
    """Runs `main(*args)` on a loop of its own, closes the loop and returns the result.

    Takes a coroutine function, which cannot be built before the loop, or like `asyncio.run` a coroutine object.

    :raises LoopMisuseError: LOOP201, where a loop already runs on this thread.
    """
    refuse_nesting("looprt.run", main)
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main, *args)


def refuse_nesting(api: str, main: Any = None, *, remedy: Optional[str] = None) -> None:
    """Raises LOOP201 where a loop runs on this thread. A coroutine object in `main` is closed, as nobody will await it."""
    if asyncio._get_running_loop() is None:
        return
    if inspect.iscoroutine(main):
        main.close()
    raise misuse("LOOP201", api=api, remedy=remedy, steps=way_here())


def coroutine_of(main: Any, args: Any) -> Any:
    """The coroutine that `main` is or, called with `args`, makes."""
    if inspect.iscoroutine(main):
        if args:
            main.close()
            raise TypeError("arguments go with a coroutine function; a coroutine object has its own")
        return main
    if not callable(main):
        raise TypeError(f"a coroutine function is needed, not {type(main).__name__}")
    made = main(*args)
    if inspect.iscoroutine(made):
        return made
    if inspect.isawaitable(made):
        return _awaited(made)
    hint = "" if is_async_callable(main) else ", as it is no coroutine function"
    raise TypeError(f"`{display_name(main)}` returned {type(made).__name__} and no coroutine{hint}")


async def _awaited(awaitable: Any) -> Any:
    return await awaitable


def cancel_all_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Cancels every task of a loop that does not run now, waits for them, and has their errors told."""
    tasks = asyncio.all_tasks(loop)
    if not tasks:
        return
    for task in tasks:
        task.cancel()
    loop.run_until_complete(_settled(tasks))
    for task in tasks:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                "message": "unhandled exception while a looprt.Runner closed", "exception": task.exception(), "task": task})


async def _settled(tasks: Any) -> None:
    await asyncio.gather(*tasks, return_exceptions=True)


def bound(function: Callable[..., Any], args: Any, kwargs: Any) -> Callable[..., Any]:
    """`function` with its arguments; itself where there are none."""
    return functools.partial(function, *args, **kwargs) if args or kwargs else function
