import asyncio
import threading
import unittest

from service import Service, look_up


async def work():
    await asyncio.sleep(0)


async def test_replaced_ok(monkeypatch):
    # Passes, as what raises is replaced; or it would have been seen.
    monkeypatch.setattr(Service, "start", lambda self: None)
    Service().run()


def test_without_loop_ok(monkeypatch):
    Service().start()


def test_on_a_thread_bad():
    # What a thread raises fails no test.
    threading.Thread(target=look_up).start()


def test_broadly_bad():
    try:
        asyncio.get_running_loop()
        asyncio.run(work())
    except Exception:
        pass


class ServiceTest(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.service.start()

    def test_run_ok(self):
        self.service.spawn()

    async def test_never_runs_bad(self):
        pass
        # CHECK: :[[#@LINE-2]]:15: error: {{.*}} [LOOP303]


class Wrapped(type):
    def __new__(mcls, name, bases, namespace):
        for key, value in list(namespace.items()):
            if asyncio.iscoroutinefunction(value):
                namespace[key] = lambda self, run=value: asyncio.run(run(self))
        return super().__new__(mcls, name, bases, namespace)


class WrappedTest(unittest.TestCase, metaclass=Wrapped):
    async def test_wrapped_ok(self):
        await work()


class MoreTest(WrappedTest):
    async def test_inherited_ok(self):
        await work()


def test_by_hand_ok():
    class Inner(unittest.TestCase):
        async def test_inner_ok(self):
            pass

    unittest.TextTestRunner().run(Inner("test_inner_ok"))
