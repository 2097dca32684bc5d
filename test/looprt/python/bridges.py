# RUN: %looprt-python %s
"""`run_sync` in every context where plain code can run, portals, `to_thread`, `run`, `Runner` and `entry_point`."""
import asyncio
import concurrent.futures
import contextvars
import os
import signal
import sys
import threading
import unittest

import looprt


async def loop_here(value=None):
    await asyncio.sleep(0)
    return asyncio.get_running_loop(), value


def helper(*args, **options):
    return looprt.run_sync(loop_here, *args, **options)


def on_plain_thread(function):
    outcome = concurrent.futures.Future()

    def work():
        try:
            outcome.set_result(function())
        except BaseException as error:
            outcome.set_exception(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return outcome.result()


class RunSync(unittest.TestCase):
    def test_without_a_loop_keeps_one_for_the_thread(self):
        first, value = helper(3)
        second, _ = helper()
        self.assertEqual(value, 3)
        self.assertIs(first, second)
        self.assertFalse(first.is_closed())

    def test_leaves_no_task_standing_still(self):
        stopped = []

        async def leave_a_task():
            async def forever():
                try:
                    await asyncio.Event().wait()
                finally:
                    stopped.append(True)

            leave_a_task.task = asyncio.ensure_future(forever())
            await asyncio.sleep(0)

        looprt.run_sync(leave_a_task)
        self.assertEqual(stopped, [True])
        self.assertEqual(helper(1)[1], 1)

    def test_sees_the_caller_s_context_variables(self):
        variable = contextvars.ContextVar("variable")
        variable.set("here")

        async def read():
            return variable.get()

        self.assertEqual(looprt.run_sync(read), "here")

    def test_on_a_plain_thread(self):
        loop, _ = on_plain_thread(helper)
        self.assertTrue(loop.is_closed())  # with the thread

    def test_in_a_coroutine_names_the_helper_to_change(self):
        async def main():
            helper()

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(main())
        self.assertEqual(raised.exception.code, "LOOP201")
        self.assertIn("make `helper` (", str(raised.exception))
        self.assertIn("await loop_here(…)", str(raised.exception))
        self.assertIn("[LOOP201]", str(raised.exception))

    def test_in_a_callback(self):
        errors = []

        def callback():
            try:
                helper()
            except looprt.LoopMisuseError as error:
                errors.append(error.code)

        async def main():
            asyncio.get_running_loop().call_soon(callback)
            await asyncio.sleep(0.01)

        asyncio.run(main())
        self.assertEqual(errors, ["LOOP201"])

    def test_in_thread_freezes_this_loop_and_works(self):
        async def main():
            loop, value = helper(5, in_thread=True)
            return loop is not asyncio.get_running_loop(), value

        self.assertEqual(asyncio.run(main()), (True, 5))

    def test_in_thread_that_needs_the_frozen_loop_is_told_at_once(self):
        async def main():
            loop = asyncio.get_running_loop()

            async def comes_back():
                return looprt.BlockingPortal(loop).call(loop_here)

            looprt.run_sync(comes_back, in_thread=True)

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(main())
        self.assertEqual(raised.exception.code, "LOOP203")

    def test_workers_come_home(self):
        async def main():
            home = asyncio.get_running_loop()
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                for worked in [asyncio.to_thread(helper), looprt.to_thread(helper), home.run_in_executor(None, helper),
                               home.run_in_executor(pool, helper)]:
                    self.assertIs((await worked)[0], home)

        for run in asyncio.run, lambda main: looprt.run(main):
            for _ in range(20):
                with self.subTest(run=run):
                    run(main())

    def test_workers_of_other_libraries_come_home(self):
        try:
            import anyio
            import asgiref.sync
        except ImportError:
            self.skipTest("anyio or asgiref is not installed")

        async def main():
            home = asyncio.get_running_loop()
            self.assertIs((await anyio.to_thread.run_sync(helper))[0], home)
            self.assertIs((await asgiref.sync.sync_to_async(helper)())[0], home)

        asyncio.run(main())
        self.assertIsNotNone(asgiref.sync.async_to_sync(asgiref.sync.sync_to_async(helper))()[0])

    def test_a_pool_without_a_loop_makes_its_own(self):
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            self.assertEqual(pool.submit(helper, 2).result()[1], 2)

    def test_the_coroutine_is_cancelled_with_the_waiting_task(self):
        seen = []

        async def slow():
            seen.append("started")
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                seen.append("cancelled")
                raise

        def work():
            try:
                looprt.run_sync(slow)
            except concurrent.futures.CancelledError:
                seen.append("told")

        async def main():
            task = asyncio.ensure_future(asyncio.to_thread(work))
            while not seen:
                await asyncio.sleep(0.001)
            task.cancel()
            while len(seen) < 3:
                await asyncio.sleep(0.001)

        asyncio.run(asyncio.wait_for(main(), 30))
        self.assertEqual(seen, ["started", "cancelled", "told"])

    def test_a_loop_that_ends_does_not_hang_the_thread(self):
        errors = []
        started = threading.Event()

        async def slow():
            started.set()
            await asyncio.sleep(3600)

        async def main():
            portal = looprt.BlockingPortal()

            def work():
                try:
                    portal.call(slow)
                except BaseException as error:
                    errors.append(error)

            thread = threading.Thread(target=work)
            thread.start()
            while not started.is_set():
                await asyncio.sleep(0.001)
            return thread

        asyncio.run(main()).join(30)
        self.assertEqual(len(errors), 1)

    def test_time_out(self):
        async def slow():
            await asyncio.sleep(3600)

        with self.assertRaises(TimeoutError):
            looprt.run_sync(slow, timeout=0.01)

    def test_explicit_portal(self):
        with looprt.start_blocking_portal() as portal:
            first, _ = on_plain_thread(lambda: helper(portal=portal))
            second, _ = helper(portal=portal)
            self.assertIs(first, second)
            self.assertIs(first, portal.loop)
        self.assertTrue(portal.loop.is_closed())

    def test_a_coroutine_object_is_refused(self):
        with self.assertRaises(looprt.RefusedCallableError) as raised:
            looprt.run_sync(loop_here())
        self.assertEqual(raised.exception.code, "LOOP302")
        self.assertIsInstance(raised.exception, TypeError)

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_after_fork_the_child_has_a_loop_of_its_own(self):
        mine, _ = helper()
        child = os.fork()
        if child == 0:
            try:
                loop, value = helper(7)
                os._exit(0 if loop is not mine and value == 7 else 1)
            except BaseException:
                os._exit(2)
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.assertIs(helper()[0], mine)

    def test_a_notebook_is_told_to_await(self):
        class Shell:
            kernel = object()

        module = type(sys)("IPython")
        module.get_ipython = Shell
        sys.modules["IPython"] = module
        self.addCleanup(sys.modules.pop, "IPython")

        async def cell():
            return looprt.run_sync(loop_here)

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(cell())
        self.assertIn("a notebook's cell may `await loop_here(…)`", str(raised.exception))

        self.addCleanup(looprt.configure, notebook="refuse")
        looprt.configure(notebook="thread")
        self.assertIsNotNone(asyncio.run(cell())[0])


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
