# RUN: not %looplint check --select=LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/Inputs/prove.py %s \
# RUN:   "running event loop|another loop is running|already running"
#
# Bridges between sync and async code ask whether a loop runs before they run
# one. Each bridge below is called from both sides, so only the way it asks
# tells whether the run in it is right.
import asyncio
import concurrent.futures
import inspect
import threading


async def fetch(n=1):
    await asyncio.sleep(0)
    return n


# Asking by get_running_loop and RuntimeError.


def run_in_except(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    return coroutine


async def run_in_except_ok():
    return await run_in_except(fetch())


def run_after_except(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is None:
        return asyncio.run(coroutine)
    return loop.create_task(coroutine)


async def run_after_except_ok():
    return await run_after_except(fetch())


def run_if_not_running(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop and loop.is_running():
        return asyncio.ensure_future(coroutine)
    return asyncio.run(coroutine)


async def run_if_not_running_ok():
    return await run_if_not_running(fetch())


def refuse_in_else(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        coroutine.close()
        raise TypeError("await the coroutine instead")
    return asyncio.run(coroutine)


async def refuse_in_else_ok():
    try:
        return refuse_in_else(fetch())
    except TypeError:
        return None


def flag_set_in_try(coroutine):
    running = True
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        running = False
    if not running:
        return asyncio.run(coroutine)
    return asyncio.ensure_future(coroutine)


async def flag_set_in_try_ok():
    return await flag_set_in_try(fetch())


def hop_in_else(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


async def hop_in_else_ok():
    return hop_in_else(fetch())


# Asking the loop itself.


def run_unless_is_running(coroutine):
    loop = asyncio.get_event_loop()
    if loop.is_running():
        return asyncio.ensure_future(coroutine)
    return loop.run_until_complete(coroutine)


async def run_unless_is_running_ok():
    return await run_unless_is_running(fetch())


def run_if_not_is_running(coroutine):
    if not asyncio.get_event_loop().is_running():
        return asyncio.get_event_loop().run_until_complete(coroutine)
    return asyncio.ensure_future(coroutine)


async def run_if_not_is_running_ok():
    return await run_if_not_is_running(fetch())


def underscore(coroutine):
    if asyncio._get_running_loop() is None:
        return asyncio.run(coroutine)
    return asyncio.ensure_future(coroutine)


async def underscore_ok():
    return await underscore(fetch())


# Asking through helpers.


def in_loop():
    try:
        asyncio.get_running_loop()
        return True
    except RuntimeError:
        return False


def helper_says(coroutine):
    if in_loop():
        return asyncio.ensure_future(coroutine)
    return asyncio.run(coroutine)


async def helper_says_ok():
    return await helper_says(fetch())


def running_loop_or_none():
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def helper_returns_loop(coroutine):
    loop = running_loop_or_none()
    if loop is not None:
        return loop.create_task(coroutine)
    return asyncio.run(coroutine)


async def helper_returns_loop_ok():
    return await helper_returns_loop(fetch())


def assert_no_loop():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise TypeError("a loop runs here")


def helper_refuses(coroutine):
    try:
        assert_no_loop()
    except TypeError:
        coroutine.close()
        raise
    return asyncio.run(coroutine)


async def helper_refuses_ok():
    try:
        return helper_refuses(fetch())
    except TypeError:
        return None


def refusing(function):
    def wrapper():
        if in_loop():
            return None
        return function()

    return wrapper


@refusing
def behind_decorator():
    return asyncio.run(fetch())


async def behind_decorator_ok():
    return behind_decorator()


class Facade:
    def __init__(self):
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    def load(self):
        if self._loop is None:
            return asyncio.run(fetch())
        return self._loop.create_task(fetch())


async def field_remembers_ok():
    return await Facade().load()


# Asking which thread this is.


def elsewhere_only():
    if threading.current_thread() is threading.main_thread():
        return None
    return asyncio.run(fetch())


async def main_thread_test_ok():
    elsewhere_only()
    await asyncio.to_thread(elsewhere_only)


# Asking what was passed.


def run_if_awaitable(value):
    if inspect.isawaitable(value):
        return asyncio.run(value)
    return value


async def not_awaitable_ok():
    return run_if_awaitable(3)


def call_any(function):
    if asyncio.iscoroutinefunction(function):
        return asyncio.run(function())
    return function()


def plain():
    return 1


async def sync_function_dispatch_ok():
    return call_any(plain)


async def dispatch(function):
    if inspect.iscoroutinefunction(function):
        return await function()
    return function()


def sync_job():
    return 2


async def awaits_what_must_be_ok():
    await dispatch(fetch)
    await dispatch(sync_job)


# A guard that is there and does not help.


def wrong_way_round(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.new_event_loop().run_until_complete(coroutine)
    return asyncio.run(coroutine)
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP201]


async def wrong_way_round_bad():
    return wrong_way_round(fetch())


def fresh_loop_does_not_help(coroutine):
    if asyncio.get_event_loop().is_running():
        loop = asyncio.new_event_loop()
        return loop.run_until_complete(coroutine)
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]
    return asyncio.run(coroutine)


async def fresh_loop_does_not_help_bad():
    return fresh_loop_does_not_help(fetch())


def asks_and_goes_on(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        print("no loop runs")
    return asyncio.run(coroutine)
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP201]


async def asks_and_goes_on_bad():
    return asks_and_goes_on(fetch())


def swallows(coroutine):
    try:
        return asyncio.run(coroutine)
        # CHECK: :[[#@LINE-1]]:16: error: {{.*}} [LOOP201]
    except ValueError:
        return None


# A flag that the caller gives in a dictionary.


def serve(coroutine, port=80, run_async=False):
    if run_async:
        return coroutine
    return asyncio.run(coroutine)


def settings(**given):
    taken = dict(port=8000)
    taken.update(given)
    return taken


async def FP_flag_in_settings():
    made = serve(fetch(), **settings(run_async=True))
    await made


def serves():
    serve(fetch(), **settings())


async def flag_not_given_bad():
    return serve_always(fetch(), port=8000)


def serve_always(coroutine, port=80, run_async=False):
    if run_async:
        return coroutine
    return asyncio.run(coroutine)
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP201]


async def swallows_bad():
    return swallows(fetch())


def main():
    for bridge in (run_in_except, run_after_except, run_if_not_running,
                   refuse_in_else, flag_set_in_try, hop_in_else, underscore,
                   helper_says, helper_returns_loop, helper_refuses,
                   run_unless_is_running, run_if_not_is_running):
        bridge(fetch())
    behind_decorator()
    serves()
    Facade().load()
    run_if_awaitable(fetch())
    call_any(fetch)


if __name__ == "__main__":
    main()
