"""`run_sync`: a coroutine function called from plain code, with the right answer wherever that code runs.

| where | what happens |
|---|---|
| a thread whose loop runs (coroutine, callback, async view, notebook cell) | refused: LOOP201, naming the helper to make async |
| a worker of a running loop (`to_thread`, `run_in_executor`, anyio, asgiref) | runs on that loop; this thread waits |
| a thread with `portal=` | runs on the portal's loop |
| any other thread, the main one too | runs on a loop of this thread, kept for the next call |
| a child after `fork`, the interpreter's end | a fresh loop; refused |

That a thread works for a loop is read from the context variables that looprt's own runs set and worker threads inherit;
else from the executor's work item on the stack, whose future knows the asyncio future that waits for it; else from anyio's
worker thread. So programs under plain `asyncio.run` are served as well. Where CPython changes what we read there, the
answer falls back to the last row of the table.
"""
from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import contextvars
import inspect
import os
import sys
import threading
import time
from types import FrameType
from typing import TYPE_CHECKING, Any, Awaitable, Callable, List, Optional, Tuple, TypeVar

from .callables import display_name
from .misuse import RefusedCallableError, first_sync_step, misuse, way_here
from .portal import BlockingPortal, is_marked_blocked, marked_blocked, post, wait_for_loop
from .runner import Runner, bound, home_loop

Loop = asyncio.AbstractEventLoop
Result = TypeVar("Result")
if TYPE_CHECKING:
    from typing_extensions import ParamSpec

    Parameters = ParamSpec("Parameters")

_SUBMITTING = ("run_in_executor", "submit", "wrap_future")
_SUBMITTERS = (os.path.dirname(asyncio.__file__), os.path.dirname(concurrent.futures.__file__))

_settings = {"notebook": "refuse"}


def configure(*, notebook: str) -> None:
    """What `run_sync` does in a notebook's cell, whose thread runs the kernel's loop: "refuse" (the default) tells to
    `await` in the cell; "thread" runs the coroutine on a helper thread while the kernel waits."""
    if notebook not in ("refuse", "thread"):
        raise ValueError(f'notebook is "refuse" or "thread", not {notebook!r}')
    _settings["notebook"] = notebook


def run_sync(function: Callable[..., Awaitable[Result]], *args: Any, portal: Optional[BlockingPortal] = None,
             in_thread: bool = False, timeout: Optional[float] = None) -> Result:
    """Calls the coroutine function with `args` from plain code, waits, and returns its result. See the table above.

    :param portal: the way to the loop that the coroutine needs, for threads that nobody could know about.
    :param in_thread: where this thread's loop runs, freeze that loop and run the coroutine on a helper thread. Waiting
        there for work of the frozen loop is refused (LOOP203) and does not hang.
    :param timeout: seconds; the coroutine is cancelled when they are over, and TimeoutError raised.
    :raises LoopMisuseError: LOOP201 or LOOP203.
    :raises RefusedCallableError: LOOP302, given a coroutine object.
    """
    if inspect.iscoroutine(function):
        function.close()
        raise misuse("LOOP302", api="looprt.run_sync", error=RefusedCallableError, steps=way_here(),
                     remedy="pass the function and its arguments: `looprt.run_sync(fetch, url)`")
    if sys.is_finalizing():
        raise RuntimeError("`looprt.run_sync`: the interpreter is shutting down")

    running = asyncio._get_running_loop()
    if running is not None:
        if not in_thread and not (_settings["notebook"] == "thread" and _in_notebook()):
            raise _nested_run(function)
        return _run_beside(running, function, args, timeout)
    if portal is not None:
        return portal.call(function, *args, timeout=timeout)

    home, waiting = _home_of_this_thread()
    if home is not None:
        return _run_at_home(home, waiting, function, args, timeout)
    return _run_here(function, args, timeout)


async def to_thread(function: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
    """Runs the plain function on a worker thread and returns its result; `run_sync` there comes back to this loop.

    If the waiting task is cancelled, what `run_sync` is running for that thread is cancelled too; the thread itself cannot
    be interrupted.

    :raises RefusedCallableError: LOOP302 or LOOP303, for a coroutine object or function: there is nothing to hand over.
    """
    if inspect.iscoroutine(function):
        function.close()
        raise misuse("LOOP302", api="looprt.to_thread", error=RefusedCallableError, remedy="`await` it here",
                     steps=way_here())
    if inspect.iscoroutinefunction(function):
        raise misuse("LOOP303", api="looprt.to_thread", function=display_name(function), error=RefusedCallableError,
                     remedy=f"`await {display_name(function)}(…)` here", steps=way_here())
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    context.run(home_loop.set, loop)
    return await loop.run_in_executor(None, bound(context.run, (function, *args), kwargs))


def _nested_run(function: Callable[..., Any]) -> Exception:
    steps = way_here(sys._getframe(2))
    name = display_name(function)
    helper = first_sync_step(steps)
    if _in_notebook():
        remedy = (f"a notebook's cell may `await {name}(…)` itself; `looprt.configure(notebook=\"thread\")` runs it on a "
                  "helper thread instead")
    elif helper is not None:
        remedy = f"make `{helper.function}` ({helper.file}:{helper.line}) a coroutine that says `await {name}(…)`, " \
                 "and `await` it"
    else:
        remedy = f"`await {name}(…)`"
    return misuse("LOOP201", api="looprt.run_sync", remedy=remedy, steps=steps)


def _in_notebook() -> bool:
    shell = sys.modules.get("IPython")
    instance = getattr(shell, "get_ipython", lambda: None)()
    return instance is not None and hasattr(instance, "kernel")


def _run_beside(running: Loop, function: Callable[..., Any], args: Tuple[Any, ...], timeout: Optional[float]) -> Any:
    """Runs it on a helper thread, and keeps this thread's loop still meanwhile."""
    outcome: "concurrent.futures.Future[Any]" = concurrent.futures.Future()
    context = contextvars.copy_context()

    def work() -> None:
        try:
            with Runner() as runner:
                outcome.set_result(runner.run(_within(function, args, timeout), context=context))
        except BaseException as error:
            outcome.set_exception(error)

    thread = threading.Thread(target=work, name="looprt-run-sync", daemon=True)
    with marked_blocked(running):
        thread.start()
        thread.join()
    return outcome.result()


def _run_at_home(home: Loop, waiting: Optional["asyncio.Future[Any]"], function: Callable[..., Any], args: Any,
                 timeout: Optional[float]) -> Any:
    """Runs it on the loop that this thread works for; it is cancelled if the task that waits for this thread is."""
    future = post(home, function, args, "looprt.run_sync")
    if waiting is not None:
        def follow(done: "asyncio.Future[Any]") -> None:
            task = getattr(future, "looprt_task", None)
            if done.cancelled() and task is not None:
                task.cancel()

        home.call_soon_threadsafe(waiting.add_done_callback, follow)
    return wait_for_loop(home, future, timeout)


def _home_of_this_thread() -> Tuple[Optional[Loop], Optional["asyncio.Future[Any]"]]:
    """The running loop that this worker thread works for, and the asyncio future that waits for this thread."""
    waiting = _future_waiting_for_this_thread()
    loops: List[Any] = [home_loop.get(), waiting.get_loop() if waiting is not None else None]
    thread = threading.current_thread()
    if type(thread).__module__.startswith("anyio."):
        loops.append(getattr(thread, "loop", None))
    for loop in loops:
        if isinstance(loop, asyncio.AbstractEventLoop) and (loop.is_running() or is_marked_blocked(loop)):
            return loop, waiting if waiting is not None and waiting.get_loop() is loop else None
    return None, None


def _future_waiting_for_this_thread() -> Optional["asyncio.Future[Any]"]:
    """`run_in_executor` chains the asyncio future to the executor's, in a callback that we read on this thread's stack."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name == "run" and type(frame.f_locals.get("self")).__name__ == "_WorkItem":
            item = frame.f_locals["self"].future
            # The worker may be here before the thread that submitted the work has chained its future.
            while not getattr(item, "_done_callbacks", ()) and _somebody_submits():
                time.sleep(0.0001)
            return _chained_future(item)
        frame = frame.f_back
    return None


def _somebody_submits() -> bool:
    """Whether some thread is inside `run_in_executor`, of which the frames of its parts are seen under any loop."""
    for frame in sys._current_frames().values():
        walked: Optional[FrameType] = frame
        while walked is not None:
            code = walked.f_code
            if code.co_name in _SUBMITTING and code.co_filename.startswith(_SUBMITTERS):
                return True
            walked = walked.f_back
    return False


def _chained_future(item: Any) -> Optional["asyncio.Future[Any]"]:
    for callback in list(getattr(item, "_done_callbacks", ())):
        for cell in getattr(callback, "__closure__", None) or ():
            if isinstance(cell.cell_contents, asyncio.Future):
                return cell.cell_contents
    return None


async def _within(function: Callable[..., Any], args: Tuple[Any, ...], timeout: Optional[float]) -> Any:
    if timeout is None:
        return await function(*args)
    try:
        return await asyncio.wait_for(function(*args), timeout)
    except asyncio.TimeoutError:
        raise TimeoutError(f"the coroutine did not finish in {timeout} s") from None


class _KeptRunner:
    """A thread's runner, kept between calls (making a loop costs more than most calls), closed as the thread ends."""

    def __init__(self) -> None:
        self.runner: Optional[Runner] = None

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        runner, self.runner = self.runner, None
        if runner is not None and not sys.is_finalizing():
            runner.close()


class _Kept(threading.local):
    def __init__(self) -> None:
        self.holder = _KeptRunner()


_kept = _Kept()
_left_by_parent: List[Any] = []


def _run_here(function: Callable[..., Any], args: Tuple[Any, ...], timeout: Optional[float]) -> Any:
    holder = _kept.holder
    if holder.runner is None:
        holder.runner = Runner()
    runner = holder.runner
    try:
        return runner.run(_within(function, args, timeout), context=contextvars.copy_context())
    finally:
        loop = runner.get_loop()
        # What the call leaves running would stand still until the next call: it ends now, as under `asyncio.run`.
        if loop.is_closed() or getattr(loop, "_asyncgens", ()) or asyncio.all_tasks(loop):
            holder.close()


def _close_kept() -> None:
    _kept.holder.close()


def _forget_after_fork() -> None:
    # The parent's loop shares its selector with us: closing ours would take the parent's events away. It is left alone.
    global _kept
    _left_by_parent.append(_kept.holder)
    _kept = _Kept()


atexit.register(_close_kept)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)

