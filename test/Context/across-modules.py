# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check --select=LOOP101,LOOP501 . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: env PYTHONPATH=. %python %S/../Rules/Inputs/prove.py main.py \
# RUN:   "no current event loop in thread" "attribute_set"
#
# A class in one file starts a thread on what a class in another file defines;
# objects, fields and factories of one module are used by another.

#--- main.py
import asyncio
import functools
import threading
from concurrent.futures import ThreadPoolExecutor

import kit
from kit import Service
from kit.base import Lazy, Pooled
from kit.single import Runner, get_runner
from kit import shared


class Own(Service):
    def run_loop(self):
        asyncio.get_event_loop().run_forever()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def base_starts_thread_bad():
    Own().start()


class OwnRight(Service):
    def run_loop(self):
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        asyncio.get_event_loop().run_until_complete(asyncio.sleep(0))
        self.loop.close()


def base_starts_thread_ok():
    OwnRight().start()


class Deep(Lazy):
    def run_loop(self):
        return asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def two_steps_bad():
    Deep().start()


class Prepared(Lazy):
    def prepare(self):
        asyncio.set_event_loop(asyncio.new_event_loop())

    def run_loop(self):
        asyncio.get_event_loop().close()


def other_hook_sets_loop_ok():
    Prepared().start()


class Hooked(Pooled):
    def hook(self):
        return asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def pooled_hook_bad():
    with ThreadPoolExecutor(1) as pool:
        Hooked().launch(pool)


class Third(kit.Child):
    def run_loop(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]

    @property
    def queue(self):
        return 1


def grandchild_bad():
    Third().start()


def job():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def module_singleton_bad():
    shared.add(job)
    shared.run_all()


def job2():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def singleton_getter_bad():
    runner = get_runner()
    runner.add(job2)
    get_runner().run_all()


def job3():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def factory_classmethod_bad():
    runner = Runner.create()
    runner.add(job3)
    runner.run_all()


def job4():
    asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def static_helper_bad():
    Runner.in_thread(job4)


def static_through_instance_bad():
    Runner().in_thread(functools.partial(job4))


def notify():
    shared.loop.call_soon(print)
    # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP501]


async def attribute_set_in_other_module_bad():
    shared.open()
    await asyncio.to_thread(notify)


def notify_right():
    shared.loop.call_soon_threadsafe(print)


async def attribute_set_in_other_module_ok():
    shared.open()
    await asyncio.to_thread(notify_right)


def make(kind):
    if kind == "own":
        return Own2()
    return OwnRight()


class Own2(Service):
    def run_loop(self):
        asyncio.get_event_loop().run_forever()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


def factory_bad():
    make("own").start()


KINDS = {"a": OwnRight, "b": None}


class Own3(Service):
    def run_loop(self):
        asyncio.get_event_loop().run_forever()
        # CHECK: :[[#@LINE-1]]:{{[0-9]+}}: {{(error|warning)}}: {{.*}} [LOOP101]


KINDS["b"] = Own3


def table_of_classes_bad():
    KINDS["b"]().start()


def table_of_classes_ok():
    KINDS["a"]().start()


if __name__ == "__main__":
    base_starts_thread_bad()
    base_starts_thread_ok()
    two_steps_bad()
    other_hook_sets_loop_ok()
    pooled_hook_bad()
    grandchild_bad()
    module_singleton_bad()
    singleton_getter_bad()
    factory_classmethod_bad()
    static_helper_bad()
    static_through_instance_bad()
    factory_bad()
    table_of_classes_bad()
    table_of_classes_ok()
    asyncio.run(attribute_set_in_other_module_bad())
    asyncio.run(attribute_set_in_other_module_ok())

#--- kit/__init__.py
from .base import Service, Child
from .single import shared

#--- kit/base.py
import asyncio
import threading
from abc import abstractmethod


class Service:
    """Starts its loop on a thread; subclasses say what the thread does."""

    def __init__(self):
        self.thread = None

    def start(self):
        self.thread = threading.Thread(target=self.run_loop, daemon=True)
        self.thread.start()
        self.thread.join()

    def run_loop(self):
        raise NotImplementedError


class Child(Service):
    @property
    @abstractmethod
    def queue(self): ...

    def run_loop(self):
        super().run_loop


class Lazy:
    def start(self):
        t = threading.Thread(target=self._run)
        t.start()
        t.join()

    def _run(self):
        self.prepare()
        self.run_loop()

    def prepare(self): pass
    def run_loop(self): pass


class Pooled:
    def launch(self, pool):
        pool.submit(self.hook).result()

    def hook(self):
        return None

#--- kit/single.py
import asyncio
import queue
import threading


class Runner:
    def __init__(self):
        self.jobs = []
        self.loop = None

    def add(self, job):
        self.jobs.append(job)

    def run_all(self):
        t = threading.Thread(target=self._work)
        t.start()
        t.join()

    def _work(self):
        for job in self.jobs:
            job()

    def open(self):
        self.loop = asyncio.get_running_loop()

    @classmethod
    def create(cls):
        return cls()

    @staticmethod
    def in_thread(f, *args):
        t = threading.Thread(target=f, args=args)
        t.start()
        t.join()


shared = Runner()
_other = None


def get_runner():
    global _other
    if _other is None:
        _other = Runner()
    return _other
