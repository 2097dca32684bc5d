# RUN: not %looplint check --select=LOOP401 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %python %S/Inputs/prove.py %s "unclosed event loop" "FN_for_its_thread"
import asyncio
import contextlib
import gc
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor


async def work(value=1):
    await asyncio.sleep(0)
    return value


async def fail():
    raise ValueError


# The loop is a local variable.


def forgotten_bad():
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:12: warning: the loop that `asyncio.new_event_loop` makes {{.*}} [LOOP401]
    loop.run_until_complete(work())


def early_return_bad(value=None):
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:12: warning: {{.*}} [LOOP401]
    result = loop.run_until_complete(work())
    if value is None:
        return result
    loop.close()
    return None


def driven(coroutine):
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:12: warning: {{.*}} [LOOP401]
    result = loop.run_until_complete(coroutine)
    # CHECK: :[[#@LINE-1]]:14: note: after {{.*}} it is not closed where its run raises
    loop.close()
    return result


def raising_bad():
    with contextlib.suppress(ValueError):
        driven(fail())
    gc.collect()


def made():
    return asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:12: warning: {{.*}} [LOOP401]


def helper_bad():
    made().run_until_complete(work())


# Every job installs a loop of its own and leaves it behind.


def job():
    loop = asyncio.new_event_loop()
    # CHECK: :[[#@LINE-1]]:12: warning: {{.*}} [LOOP401]
    asyncio.set_event_loop(loop)
    return loop.run_until_complete(work())


def FN_in_a_pool():
    with ThreadPoolExecutor(1) as pool:
        for _ in range(2):
            pool.submit(job).result()


# The loop belongs to an object.


class Stopped:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        # CHECK: :[[#@LINE-1]]:21: warning: {{.*}} [LOOP401]
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    def end(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        # CHECK: :[[#@LINE-1]]:9: note: {{.*}} it is stopped and never closed
        self.thread.join()


def stopped_bad():
    Stopped().end()


class Closed(Stopped):
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    def end(self):
        super().end()
        self.loop.close()


def FP_closed_by_subclass():
    Closed().end()


# Right.


def finally_ok():
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work())
    finally:
        loop.close()


def closing_ok():
    with contextlib.closing(asyncio.new_event_loop()) as loop:
        loop.run_until_complete(work())


def both_branches_ok(value=None):
    loop = asyncio.new_event_loop()
    try:
        if value is None:
            return None
        return loop.run_until_complete(work(value))
    finally:
        loop.close()


def end(loop):
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


def FP_closed_by_helper():
    loop = made_and_handed_on()
    try:
        loop.run_until_complete(work())
    finally:
        end(loop)


def made_and_handed_on():
    return asyncio.new_event_loop()


def FP_closed_by_its_thread():
    loop = asyncio.new_event_loop()

    def run():
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(work())
        finally:
            asyncio.set_event_loop(None)
            loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def FP_kept_for_the_process():
    # Nobody stops it: it works as long as the program.
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    asyncio.run_coroutine_threadsafe(work(), loop).result()
    KEPT.append(loop)


class Case(unittest.TestCase):
    def FP_closed_by_the_clean_up(self):
        loop = asyncio.new_event_loop()
        self.addCleanup(loop.close)
        loop.run_until_complete(work())

    def close(self, loop):
        loop.close()

    def FP_given_to_a_clean_up(self):
        loop = asyncio.new_event_loop()
        self.addCleanup(self.close, loop)
        loop.run_until_complete(work())

    def FP_expected_to_fail(self):
        self.assertRaises(NotImplementedError, asyncio.new_event_loop)


KEPT = []


def current():
    # Installed for whoever asks next on this thread.
    try:
        return asyncio.get_event_loop_policy().get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        KEPT.append(loop)
        return loop


def FP_made_where_none_runs():
    made = None
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        made = loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work())
    finally:
        if made is not None:
            made.close()


class OwnKind(asyncio.SelectorEventLoop):
    pass


def runs_on(factory):
    loop = factory()
    try:
        loop.run_until_complete(work())
    finally:
        loop.close()


def FP_of_a_class_of_its_own():
    runs_on(OwnKind)


def own_kind_bad():
    loop = OwnKind()
    # CHECK: :[[#@LINE-1]]:12: warning: {{.*}} [LOOP401]
    loop.run_until_complete(work())


class Steady(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__()
        self.steps = 0


class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        return Steady()


def FP_made_for_others():
    loop = Policy().new_event_loop()
    loop.run_until_complete(work())
    loop.close()


class Owner:
    def initialize(self, loop=None, **settings):
        self.loop = loop

    def close(self):
        self.loop.close()


class Maker(Owner):
    def initialize(self, **settings):
        if "loop" not in settings:
            settings["loop"] = asyncio.new_event_loop()
        super().initialize(**settings)


def FP_given_in_keywords():
    maker = Maker()
    maker.initialize()
    maker.close()


def FP_installed_for_others():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: current().run_until_complete(work())).result()
    KEPT.pop().close()


def FN_for_its_thread():
    # At the end the thread's storage drops it; the warning names no place.
    def run():
        loop = asyncio.new_event_loop()
        # CHECK: :[[#@LINE-1]]:16: warning: {{.*}} [LOOP401]
        asyncio.set_event_loop(loop)
        loop.run_until_complete(work())

    threading.Thread(target=run).start()
