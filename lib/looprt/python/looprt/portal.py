"""`BlockingPortal`: the door through which other threads call onto a loop, and wait without hanging for ever.

`asyncio.run_coroutine_threadsafe(…).result()` waits for ever if the loop stops, waits for itself on the loop's own thread,
and leaves the coroutine running when the caller gives up. A portal refuses the second (LOOP203), notices the first and
cancels in the third case.
"""
from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import os
import sys
import threading
import weakref
from typing import Any, Awaitable, Callable, Iterator, Optional, Set, TypeVar, overload

from .misuse import misuse, way_here
from .runner import LoopFactory, run

Result = TypeVar("Result")

# Seconds between two looks at whether the loop still lives while a thread waits for it.
_LOOK_INTERVAL = 0.1

# Loops whose thread is blocked in a call of ours: whoever waits for their work now waits for ever.
_blocked_loops: "weakref.WeakSet[asyncio.AbstractEventLoop]" = weakref.WeakSet()


@contextlib.contextmanager
def marked_blocked(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Says, while the block runs, that the thread of `loop` is blocked and will do no work."""
    _blocked_loops.add(loop)
    try:
        yield
    finally:
        _blocked_loops.discard(loop)


def is_marked_blocked(loop: asyncio.AbstractEventLoop) -> bool:
    return loop in _blocked_loops


class BlockingPortal:
    """Calls from other threads onto one running loop.

    Made on the loop (``async with BlockingPortal() as portal``), or for a given loop from anywhere. `call` and
    `start_task_soon` may be called from any thread but the loop's own. Leaving the ``async with`` block waits for what was
    started through the portal, and cancels it where the block failed.
    """

    def __init__(self, loop: Optional[asyncio.AbstractEventLoop] = None) -> None:
        self._loop = loop or asyncio.get_running_loop()
        self._process = os.getpid()
        self._closed = False
        self._tasks: Set["asyncio.Task[Any]"] = set()

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop that the calls run on."""
        return self._loop

    async def __aenter__(self) -> "BlockingPortal":
        return self

    async def __aexit__(self, kind: Optional[type], *_: object) -> None:
        self._closed = True
        await self._drain(cancel=kind is not None)

    @overload
    def call(self, function: Callable[..., Awaitable[Result]], *args: Any, timeout: Optional[float] = ...) -> Result: ...

    @overload
    def call(self, function: Callable[..., Result], *args: Any, timeout: Optional[float] = ...) -> Result: ...

    def call(self, function: Callable[..., Any], *args: Any, timeout: Optional[float] = None) -> Any:
        """Runs `function(*args)` on the loop, waits, and returns its result or raises its error.

        A coroutine function is awaited there; a plain function is called there and must not block.

        :param timeout: seconds to wait; the coroutine is cancelled when they are over, and TimeoutError raised.
        :raises LoopMisuseError: LOOP203, on the loop's own thread, or while that thread is blocked by `run_sync`.
        :raises RuntimeError: where the loop has stopped or closed, also while waiting, or belongs to a parent process.
        """
        return wait_for_loop(self._loop, self._start(function, args, "looprt.BlockingPortal.call"), timeout)

    @overload
    def start_task_soon(self, function: Callable[..., Awaitable[Result]],
                        *args: Any) -> "concurrent.futures.Future[Result]": ...

    @overload
    def start_task_soon(self, function: Callable[..., Result], *args: Any) -> "concurrent.futures.Future[Result]": ...

    def start_task_soon(self, function: Callable[..., Any], *args: Any) -> "concurrent.futures.Future[Any]":
        """Starts `function(*args)` on the loop and returns its future at once; cancelling that cancels the task.

        :raises RuntimeError: where the loop has stopped or closed, or belongs to a parent process.
        """
        return self._start(function, args, "looprt.BlockingPortal.start_task_soon", waits=False)

    def _start(self, function: Callable[..., Any], args: Any, api: str,
               waits: bool = True) -> "concurrent.futures.Future[Any]":
        if self._process != os.getpid():
            raise RuntimeError(f"`{api}`: this portal leads to a loop of the parent process; make one after the fork")
        if self._closed:
            raise RuntimeError(f"`{api}`: this portal is closed")
        return post(self._loop, function, args, api, waits=waits, tasks=self._tasks)

    async def _drain(self, cancel: bool) -> None:
        while self._tasks:
            tasks = list(self._tasks)
            if cancel:
                for task in tasks:
                    task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._tasks.difference_update(tasks)


def post(loop: asyncio.AbstractEventLoop, function: Callable[..., Any], args: Any, api: str, *, waits: bool = True,
         tasks: Optional[Set["asyncio.Task[Any]"]] = None) -> "concurrent.futures.Future[Any]":
    """Has `loop` run `function(*args)`, from another thread; the future holds the outcome."""
    if waits and asyncio._get_running_loop() is loop:
        raise misuse("LOOP203", api=api, remedy="`await` the function itself: this is the loop's own thread", steps=way_here())
    if waits and is_marked_blocked(loop):
        raise misuse("LOOP203", api=api, steps=way_here(),
                     remedy="the loop's thread waits for this thread (`run_sync(…, in_thread=True)`): `await` there instead")
    if loop.is_closed() or not loop.is_running():
        raise RuntimeError(f"`{api}`: the loop does not run")

    future: "concurrent.futures.Future[Any]" = concurrent.futures.Future()

    def start() -> None:
        if not future.set_running_or_notify_cancel():
            return
        task = loop.create_task(_call_on_loop(function, args))
        if tasks is not None:
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        task.add_done_callback(lambda done: _copy_outcome(done, future))
        future.looprt_task = task  # type: ignore[attr-defined]

    loop.call_soon_threadsafe(start)
    return future


async def _call_on_loop(function: Callable[..., Any], args: Any) -> Any:
    result = function(*args)
    return await result if hasattr(result, "__await__") else result


def _copy_outcome(task: "asyncio.Task[Any]", future: "concurrent.futures.Future[Any]") -> None:
    if task.cancelled():
        future.set_exception(concurrent.futures.CancelledError())
    elif task.exception() is not None:
        future.set_exception(task.exception())
    else:
        future.set_result(task.result())


def wait_for_loop(loop: asyncio.AbstractEventLoop, future: "concurrent.futures.Future[Any]",
                  timeout: Optional[float] = None) -> Any:
    """The outcome of `future`, which work on `loop` sets. Gives up when the loop stops; a signal interrupts the wait."""
    try:
        return _wait(loop, future, timeout)
    except BaseException:
        if not future.done():
            cancel_on_loop(loop, future)
        raise


def _wait(loop: asyncio.AbstractEventLoop, future: "concurrent.futures.Future[Any]", timeout: Optional[float]) -> Any:
    left = timeout
    while True:
        step = _LOOK_INTERVAL if left is None else min(left, _LOOK_INTERVAL)
        try:
            return future.result(step)
        except concurrent.futures.TimeoutError:
            if future.done():  # the call's own error, or it has just ended
                return future.result()
        if loop.is_closed() or not loop.is_running():
            raise RuntimeError("the loop stopped while a thread waited for its work")
        if left is not None:
            left -= step
            if left <= 0:
                raise TimeoutError(f"the loop did not finish the call in {timeout} s")


def cancel_on_loop(loop: asyncio.AbstractEventLoop, future: "concurrent.futures.Future[Any]") -> None:
    """Cancels the task behind `future`, from any thread; does nothing where the loop is gone."""
    def cancel() -> None:
        task = getattr(future, "looprt_task", None)
        if task is not None:
            task.cancel()

    if future.cancel():
        return
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(cancel)


@contextlib.contextmanager
def start_blocking_portal(*, loop_factory: Optional[LoopFactory] = None) -> Iterator[BlockingPortal]:
    """Runs a loop on a thread of its own, and gives the portal to it; the loop ends with the block.

    For programs without a loop that use asynchronous libraries over many calls, whose sessions need one lasting loop.
    """
    portals: "concurrent.futures.Future[BlockingPortal]" = concurrent.futures.Future()
    leave = asyncio.Event() if sys.version_info >= (3, 10) else None

    async def serve() -> None:
        nonlocal leave
        leave = leave or asyncio.Event()  # before 3.10 an Event belongs to the loop that it is made on
        async with BlockingPortal() as portal:
            portals.set_result(portal)
            await leave.wait()

    def serve_on_thread() -> None:
        try:
            run(serve, loop_factory=loop_factory)
        except BaseException as error:
            if portals.done():
                raise
            portals.set_exception(error)

    thread = threading.Thread(target=serve_on_thread, name="looprt-portal", daemon=True)
    thread.start()
    portal = portals.result()
    try:
        yield portal
    finally:
        portal.loop.call_soon_threadsafe(leave.set)
        thread.join()
