"""The misuses that looprt names, with the linter's codes, names, messages and remedies.

One table for everything that is said at run time: the guard, the refusals at registration, the bridges and the loader. A
test holds it against `include/looplint/Rules/Rules.def`, the rules' sources and their pages under `docs/rules/`, so that a
program and its linter never tell a user two different things.

The messages use `str.format`; `{api}` is the call that was met, `{function}` the user's function, `{what}` the object,
`{thread}` and `{where}` the place. Nothing here imports the rest of the package.
"""
from __future__ import annotations

from typing import Dict, NamedTuple


class Misuse(NamedTuple):
    """One row: what the linter calls it, what is said, and what to do instead."""

    name: str
    message: str
    remedy: str


CATALOGUE: Dict[str, Misuse] = {
    "LOOP101": Misuse(
        "current-loop-in-worker-thread",
        "`{api}` on a worker thread that has no event loop raises RuntimeError",
        "`asyncio.run(fetch())`: a fresh loop for this call; or, on the loop that the application runs: "
        "hand that loop over and call `asyncio.run_coroutine_threadsafe(fetch(), loop).result()` here",
    ),
    "LOOP201": Misuse(
        "nested-run",
        "`{api}` runs a loop inside a running loop, which raises RuntimeError",
        "make the helpers coroutines and `await` them",
    ),
    "LOOP202": Misuse(
        "reentrant-loop-patch",
        "`{api}` makes running loops re-entrant for the whole process",
        "take it away and let LOOP201 show each of them",
    ),
    "LOOP203": Misuse(
        "self-deadlock-wait",
        "`{api}` waits on the loop's own thread for work that needs that loop",
        "`await fetch()`, or `await asyncio.wrap_future(future)` for a future that another API made; or call it by "
        "`await asyncio.to_thread(helper)`: the wait is then on another thread",
    ),
    "LOOP301": Misuse(
        "sync-wrapper-job",
        "`{function}` only drives a coroutine; `{api}` takes the coroutine function itself",
        "give the coroutine function, and its arguments as the scheduler takes them",
    ),
    "LOOP302": Misuse(
        "coroutine-object-as-job",
        "{what} is passed to `{api}`, which needs a callable",
        "the function itself, its arguments beside it",
    ),
    "LOOP303": Misuse(
        "coroutine-function-to-sync-runner",
        "`{api}` calls the coroutine function `{function}` and drops the coroutine",
        "a plain function that calls `asyncio.run(tick())`",
    ),
    "LOOP304": Misuse(
        "scheduler-start-without-loop",
        "the scheduler is started on a loop that does not run afterwards: no job of `{api}` ever runs",
        "start it in a coroutine, and keep that run alive for as long as jobs are due",
    ),
    "LOOP404": Misuse(
        "loop-bound-object-outlives-loop",
        "`{api}` of one loop is used under another",
        "make the object in the coroutine that the run starts with, and hand it on",
    ),
    "LOOP501": Misuse(
        "unsafe-call-from-thread",
        "`{api}` is called on {thread}, while its loop runs on another: it is not thread-safe, and the loop may not notice",
        "`loop.call_soon_threadsafe(f)`; or, for a coroutine: `asyncio.run_coroutine_threadsafe(c(), loop)`",
    ),
    "LOOP601": Misuse(
        "blocking-call-in-loop",
        "`{api}` blocks the thread that runs the loop",
        "`await asyncio.to_thread(function, argument)`",
    ),
    "LOOP803": Misuse(
        "loader-outlives-run",
        "`{api}`{where} makes a loader that is kept from one run or request to the next: it answers with what it loaded before, "
        "and never lets go of it",
        "make loaders where a request or run begins, and keep them in its context",
    ),
}
