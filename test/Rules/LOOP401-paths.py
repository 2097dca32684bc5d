# RUN: not %looplint check --select=LOOP101,LOOP401 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# A thread's loop from its making to its end, on every path.
import asyncio
import contextlib
import sys
import threading


async def fetch(): return 1


def on_worker(f):
    t = threading.Thread(target=f)
    t.start()
    t.join()


def install():
    asyncio.set_event_loop(asyncio.new_event_loop())


def set_before():
    install()
    asyncio.get_event_loop().run_until_complete(fetch())


def set_in_branch():
    if sys.argv:
        install()
    else:
        install()
    asyncio.get_event_loop()


def set_in_one_branch():
    if len(sys.argv) > 3:
        install()
    asyncio.get_event_loop()


def set_to_none():
    install()
    asyncio.set_event_loop(None)
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def none_in_finally():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(fetch())
    finally:
        asyncio.set_event_loop(None)
        loop.close()
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def uses_before_none():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        asyncio.get_event_loop().run_until_complete(fetch())
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def closed_all_paths():
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(fetch())
    finally:
        loop.close()


def not_closed_on_exception():
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP401]
    loop.run_until_complete(fetch())
    loop.close()


def not_closed_on_early_return(n):
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP401]
    if n:
        return None
    try:
        loop.run_until_complete(fetch())
    finally:
        loop.close()


def closed_in_except_and_else():
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(fetch())
    except BaseException:
        loop.close()
        raise
    else:
        loop.close()


def closing():
    with contextlib.closing(asyncio.new_event_loop()) as loop:
        loop.run_until_complete(fetch())


def exit_stack():
    with contextlib.ExitStack() as stack:
        loop = asyncio.new_event_loop()
        stack.callback(loop.close)
        loop.run_until_complete(fetch())


def closed_by_helper():
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(fetch())
    finally:
        shut(loop)


def shut(loop):
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


@contextlib.contextmanager
def own_loop():
    loop = asyncio.new_event_loop()
    try:
        yield loop
    finally:
        loop.close()


def by_manager():
    with own_loop() as loop:
        loop.run_until_complete(fetch())


def returned():
    return asyncio.new_event_loop()


def never_closed():
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP401]
    loop.run_until_complete(fetch())


def closed_only_on_success():
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP401]
    try:
        loop.run_until_complete(fetch())
        loop.close()
    except Exception:
        pass


def handled_close():
    loop = asyncio.new_event_loop()
    try:
        try:
            loop.run_until_complete(fetch())
        except ValueError:
            return 1
    finally:
        loop.close()


if __name__ == "__main__":
    on_worker(set_before)
    on_worker(set_in_branch)
    on_worker(set_in_one_branch)
    on_worker(set_to_none)
    on_worker(none_in_finally)
    on_worker(uses_before_none)
    closed_all_paths()
    not_closed_on_exception()
    not_closed_on_early_return(0)
    closed_in_except_and_else()
    closing()
    exit_stack()
    closed_by_helper()
    by_manager()
    never_closed()
    closed_only_on_success()
    handled_close()
