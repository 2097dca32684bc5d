# RUN: not %looplint check --select=LOOP201 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/../Rules/Inputs/prove.py %s \
# RUN:   "cannot be called from a running|already running"
#
# Which way the execution goes, and which code it never reaches.
import asyncio
import sys
import contextlib
import logging
from typing import TYPE_CHECKING


log = logging.getLogger()


async def fetch():
    return 1


def early_return():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(fetch())
    return None


async def early_return_ok(): early_return()


def early_return_wrong():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return None
    return asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def early_return_bad(): early_return_wrong()


def finally_runs():
    try:
        return 1
    finally:
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def finally_bad(): finally_runs()


def raised_then_except():
    try:
        raise ValueError
        asyncio.run(fetch())
    except ValueError:
        pass


async def raised_ok(): raised_then_except()


def in_except():
    try:
        int("x")
    except ValueError:
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def in_except_bad(): in_except()


def in_else():
    try:
        int("1")
    except ValueError:
        return
    else:
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def in_else_bad(): in_else()


def while_true():
    while True:
        if sys.argv: break
        return
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def while_bad(): while_true()


def while_false():
    while False:
        asyncio.run(fetch())


async def while_false_ok(): while_false()


def while_body(n):
    while n:
        n -= 1
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def while_body_bad(): while_body(3)


if TYPE_CHECKING:
    asyncio.run(fetch())


def checking():
    if TYPE_CHECKING:
        asyncio.run(fetch())
    if not TYPE_CHECKING:
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def checking_bad(): checking()


def dead():
    if False:
        asyncio.run(fetch())
    if 0:
        asyncio.run(fetch())
    if None:
        asyncio.run(fetch())
    DEBUG = False
    if DEBUG:
        asyncio.run(fetch())
    return
    asyncio.run(fetch())


async def dead_ok(): dead()


def asserts_false():
    assert False
    asyncio.run(fetch())


async def asserts_false_ok(): asserts_false()


def is_running(loop):
    if loop.is_running():
        return asyncio.run_coroutine_threadsafe(fetch(), loop)
    return loop.run_until_complete(fetch())


async def is_running_ok():
    is_running(asyncio.get_running_loop())


def is_running_wrong(loop):
    if not loop.is_running():
        return None
    return loop.run_until_complete(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def is_running_bad():
    is_running_wrong(asyncio.get_running_loop())


def has_loop() -> bool:
    try:
        asyncio.get_running_loop()
        return True
    except RuntimeError:
        return False


def through_predicate():
    if has_loop():
        return None
    return asyncio.run(fetch())


async def through_predicate_ok(): through_predicate()


def through_predicate_wrong():
    if has_loop():
        return asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def through_predicate_bad(): through_predicate_wrong()


def flag_ok_f(sync=True):
    if sync:
        return asyncio.run(fetch())
    return fetch()


async def flag_ok(): await flag_ok_f(sync=False)


def conditional(sync):
    return asyncio.run(fetch()) if sync else None


async def conditional_ok(): conditional(False)


def walrus():
    if (loop := asyncio._get_running_loop()) is not None:
        return loop
    return asyncio.run(fetch())


async def walrus_ok(): walrus()


def nested_try():
    try:
        try:
            asyncio.get_running_loop()
        finally:
            print()
    except RuntimeError:
        asyncio.run(fetch())


async def nested_try_ok(): nested_try()


def continue_loop(items):
    for i in items:
        try:
            asyncio.get_running_loop()
            continue
        except RuntimeError:
            pass
        asyncio.run(fetch())


async def continue_ok(): continue_loop([1])


def bare_except():
    try:
        asyncio.get_running_loop()
    except:
        asyncio.run(fetch())


async def bare_except_ok(): bare_except()


def wrong_except():
    try:
        asyncio.get_running_loop()
    except ValueError:
        asyncio.run(fetch())


async def wrong_except_ok(): wrong_except()


# Guards.


def for_exception():
    try:
        asyncio.get_running_loop()
    except Exception:
        asyncio.run(fetch())
async def for_exception_ok(): for_exception()
def for_everything():
    try:
        asyncio.get_running_loop()
    except:
        asyncio.run(fetch())
async def for_everything_ok(): for_everything()
def for_base_exception():
    try:
        asyncio.get_running_loop()
    except BaseException:
        asyncio.run(fetch())
async def for_base_exception_ok(): for_base_exception()
def logs_behind():
    try:
        loop = asyncio.get_running_loop()
        log.info("x")
    except RuntimeError:
        asyncio.run(fetch())
async def logs_behind_ok(): logs_behind()
def uses_loop_behind():
    try:
        loop = asyncio.get_running_loop()
        x = loop.create_future()
        print(x)
    except RuntimeError:
        asyncio.run(fetch())
async def uses_loop_behind_ok(): uses_loop_behind()
def inner_finally():
    try:
        try:
            loop = asyncio.get_running_loop()
        finally:
            x = 1
    except RuntimeError:
        asyncio.run(fetch())
async def inner_finally_ok(): inner_finally()
def inner_other_handler():
    try:
        try:
            loop = asyncio.get_running_loop()
        except ValueError:
            x = 1
    except RuntimeError:
        asyncio.run(fetch())
async def inner_other_handler_ok(): inner_other_handler()
def inner_with():
    try:
        with open(__file__) as f:
            loop = asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(fetch())
async def inner_with_ok(): inner_with()
def tested_in_finally():
    loop = None
    try:
        loop = asyncio.get_running_loop()
    finally:
        if loop is None:
            asyncio.run(fetch())
async def tested_in_finally_ok(): tested_in_finally()
def for_several():
    try:
        asyncio.get_running_loop()
    except (RuntimeError, ValueError):
        asyncio.run(fetch())
async def for_several_ok(): for_several()
def asks_the_text():
    try:
        asyncio.get_running_loop()
    except RuntimeError as e:
        if "no running" in str(e):
            asyncio.run(fetch())
        else:
            raise
async def asks_the_text_ok(): asks_the_text()
def raises_behind():
    try:
        asyncio.get_running_loop()
        raise ValueError("in one")
    except RuntimeError:
        pass
    asyncio.run(fetch())
async def raises_behind_ok():
    with contextlib.suppress(ValueError, RuntimeError, AssertionError):
        raises_behind()
def raises_in_else():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        raise RuntimeError("do not call")
    asyncio.run(fetch())
async def raises_in_else_ok():
    with contextlib.suppress(ValueError, RuntimeError, AssertionError):
        raises_in_else()
def raises_in_if():
    if asyncio.get_event_loop().is_running():
        raise RuntimeError("do not call")
    asyncio.run(fetch())
async def raises_in_if_ok():
    with contextlib.suppress(ValueError, RuntimeError, AssertionError):
        raises_in_if()
def fail(): raise RuntimeError("x")
def raises_in_helper():
    if asyncio.get_event_loop().is_running():
        fail()
    asyncio.run(fetch())
async def raises_in_helper_ok():
    with contextlib.suppress(ValueError, RuntimeError, AssertionError):
        raises_in_helper()
def asserts():
    running = asyncio.get_event_loop().is_running()
    assert not running
    asyncio.run(fetch())
async def asserts_ok():
    with contextlib.suppress(ValueError, RuntimeError, AssertionError):
        asserts()
def returns_in_while():
    while asyncio.get_event_loop().is_running():
        return None
    asyncio.run(fetch())
async def returns_in_while_ok(): returns_in_while()
def flag_over_finally():
    try:
        asyncio.get_running_loop()
        running = True
    except RuntimeError:
        running = False
    finally:
        log.info("x")
    if running:
        return fetch()
    return asyncio.run(fetch())
async def flag_over_finally_ok(): await flag_over_finally()
def falsy_loop():
    loop = None
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        ...
    if not loop:
        return asyncio.run(fetch())
async def falsy_loop_ok(): falsy_loop()
def and_version():
    if sys.version_info >= (3, 7) and asyncio._get_running_loop():
        return
    asyncio.run(fetch())
async def and_version_ok(): and_version()
def conditional_run():
    return asyncio.run(fetch()) if not asyncio.get_event_loop().is_running() else fetch()
async def conditional_run_ok(): await conditional_run()
def short_circuit():
    loop = asyncio.get_event_loop()
    run = not loop.is_running()
    return run and asyncio.run(fetch())
async def short_circuit_ok(): short_circuit()


def exits():
    if asyncio.get_event_loop().is_running():
        sys.exit(1)
    asyncio.run(fetch())
async def exits_ok():
    try:
        exits()
    except SystemExit:
        pass


def turned(given):
    if 1 == len(given):
        return
    asyncio.run(fetch())
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def turned_bad(): turned([])


def yes_or_no(text):
    if (text != "no") == 1:
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP201]


async def yes_or_no_bad(): yes_or_no("yes")
