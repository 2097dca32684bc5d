# RUN: %looprt-python %s
"""Portals, `to_thread`, `run`, `Runner` and `entry_point`. `run_sync` has a file of its own."""
import asyncio
import concurrent.futures
import contextvars
import os
import signal
import sys
import threading
import time
import unittest

import looprt


async def loop_here(value=None):
    await asyncio.sleep(0)
    return asyncio.get_running_loop(), value


class Portals(unittest.TestCase):
    def test_on_the_loop_s_own_thread(self):
        async def main():
            looprt.BlockingPortal().call(loop_here)

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(main())
        self.assertEqual(raised.exception.code, "LOOP203")

    def test_plain_functions_errors_and_futures(self):
        async def fail():
            raise KeyError("no")

        with looprt.start_blocking_portal() as portal:
            self.assertEqual(portal.call(threading.current_thread).name, "looprt-portal")
            with self.assertRaises(KeyError):
                portal.call(fail)
            future = portal.start_task_soon(asyncio.sleep, 0.001, "done")
            self.assertEqual(future.result(30), "done")

    def test_a_closed_portal(self):
        async def main():
            async with looprt.BlockingPortal() as portal:
                pass
            with self.assertRaises(RuntimeError):
                portal.start_task_soon(loop_here)

        asyncio.run(main())

    def test_many_threads(self):
        async def add(a, b):
            await asyncio.sleep(0)
            return a + b

        with looprt.start_blocking_portal() as portal, concurrent.futures.ThreadPoolExecutor(8) as pool:
            sums = list(pool.map(lambda n: portal.call(add, n, 1), range(500)))
        self.assertEqual(sums, list(range(1, 501)))

    def test_a_failing_loop_factory(self):
        def fail():
            raise OSError("no loop")

        with self.assertRaises(OSError):
            with looprt.start_blocking_portal(loop_factory=fail):
                pass


class ToThread(unittest.TestCase):
    def test_calls_elsewhere_and_gives_what_it_gets(self):
        variable = contextvars.ContextVar("variable")

        def work(number, *, more):
            return threading.current_thread(), number + more, variable.get()

        def fail():
            raise KeyError("no")

        async def main():
            variable.set("here")
            thread, total, seen = await looprt.to_thread(work, 1, more=2)
            self.assertIsNot(thread, threading.current_thread())
            self.assertEqual((total, seen), (3, "here"))
            with self.assertRaises(KeyError):
                await looprt.to_thread(fail)
            turns = 0
            waiting = asyncio.ensure_future(looprt.to_thread(time.sleep, 0.05))
            while not waiting.done():  # the loop goes on
                await asyncio.sleep(0.001)
                turns += 1
            self.assertGreater(turns, 2)

        asyncio.run(main())

    def test_what_has_nothing_to_hand_over(self):
        async def main():
            for given, code in (loop_here, "LOOP303"), (loop_here(), "LOOP302"):
                with self.assertRaises(looprt.RefusedCallableError) as raised:
                    await looprt.to_thread(given)
                self.assertEqual(raised.exception.code, code)

        asyncio.run(main())


class Run(unittest.TestCase):
    def test_function_or_coroutine(self):
        self.assertEqual(looprt.run(loop_here, 4)[1], 4)
        self.assertEqual(looprt.run(loop_here(5))[1], 5)
        with self.assertRaises(TypeError):
            looprt.run(lambda: 3)

    def test_nested(self):
        async def main():
            looprt.run(loop_here())

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(main())
        self.assertEqual(raised.exception.code, "LOOP201")

    def test_runner_keeps_loop_and_context_and_closes_everything(self):
        variable = contextvars.ContextVar("variable", default=0)
        closed = []

        async def generate():
            try:
                yield 1
                yield 2
            finally:
                closed.append("generator")

        async def count():
            variable.set(variable.get() + 1)
            count.generator = generate()
            await count.generator.__anext__()
            return variable.get()

        with looprt.Runner() as runner:
            counted = [runner.run(count), runner.run(count())]
            self.assertEqual(counted, [1, 2 if sys.version_info >= (3, 11) else 1])
            loop = runner.get_loop()
        self.assertTrue(loop.is_closed())
        self.assertIn("generator", closed)
        with self.assertRaises(RuntimeError):
            runner.run(loop_here)

    def test_interrupt_lets_finally_blocks_run(self):
        # The test may have been started with the signal ignored, as shells do for what runs in the background.
        self.addCleanup(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, signal.default_int_handler))
        seen = []

        async def main():
            try:
                os.kill(os.getpid(), signal.SIGINT)
                await asyncio.sleep(30)
            finally:
                seen.append("finally")

        with self.assertRaises(KeyboardInterrupt):
            looprt.run(main)
        self.assertEqual(seen, ["finally"])

    def test_another_loop(self):
        try:
            import uvloop
        except ImportError:
            self.skipTest("uvloop is not installed")
        self.assertIsInstance(looprt.run(loop_here, loop_factory=uvloop.new_event_loop)[0], uvloop.Loop)


class EntryPoint(unittest.TestCase):
    def test_each_call_has_its_own_loop_and_scope(self):
        calls = []

        class Squares(looprt.DataLoader):
            async def batch_load_fn(self, keys):
                calls.append(keys)
                return [key * key for key in keys]

        squares = Squares()

        @looprt.entry_point
        async def view(number):
            first, second = await asyncio.gather(squares.load(number), squares.load(number + 1))
            return asyncio.get_running_loop(), first, second, await squares.load(number)

        (loop, *numbers), (other, *_) = view(2), view(2)
        self.assertEqual(numbers, [4, 9, 4])
        self.assertIsNot(loop, other)
        self.assertTrue(loop.is_closed() and other.is_closed())
        self.assertEqual(calls, [[2, 3], [2, 3]])
        self.assertFalse(asyncio.iscoroutinefunction(view))

    def test_it_closes_everything(self):
        seen = []

        class Endless(looprt.DataLoader):
            async def batch_load_fn(self, keys):
                try:
                    await asyncio.Event().wait()
                finally:
                    seen.append("batch")

        endless = Endless()

        async def background():
            try:
                await asyncio.Event().wait()
            finally:
                seen.append("task")

        async def generate():
            try:
                yield 1
            finally:
                seen.append("generator")

        @looprt.entry_point
        async def view(name, *, key):
            view.kept = asyncio.ensure_future(background()), endless.load(1), generate()
            await view.kept[2].__anext__()
            view.worker = await asyncio.to_thread(threading.current_thread)
            await asyncio.sleep(0.001)
            if key == "fail":
                raise KeyError(name)
            return name, key

        self.assertEqual(view("name", key="right"), ("name", "right"))
        self.assertEqual(sorted(seen), ["batch", "generator", "task"])
        self.assertFalse(view.worker.is_alive())
        seen.clear()
        with self.assertRaises(KeyError):
            view("name", key="fail")
        self.assertEqual(sorted(seen), ["batch", "generator", "task"])
        self.assertFalse(view.worker.is_alive())

    def test_as_a_method(self):
        class View:
            @looprt.entry_point
            async def get(self, number):
                await asyncio.sleep(0)
                return self, number

        view = View()
        self.assertEqual(view.get(3), (view, 3))

    def test_where_a_loop_runs_it_says_what_to_do(self):
        @looprt.entry_point
        async def view():
            return 1

        async def main():
            return await view.__wrapped__(), view()

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(main())
        self.assertEqual(raised.exception.code, "LOOP201")
        self.assertIn("view.__wrapped__(…)", str(raised.exception))

    def test_decorates_coroutine_functions_only(self):
        with self.assertRaises(TypeError):
            @looprt.entry_point
            def view():
                pass

    def test_on_many_threads(self):
        @looprt.entry_point()
        async def view(number):
            await asyncio.sleep(0.001)
            return number

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            self.assertEqual(list(pool.map(view, range(50))), list(range(50)))


if __name__ == "__main__":
    unittest.main()
