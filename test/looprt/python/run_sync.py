# RUN: %looprt-python %s
"""`run_sync` in every context where plain code can run."""
import asyncio
import concurrent.futures
import contextvars
import os
import subprocess
import sys
import tempfile
import textwrap
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

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_after_fork_a_parent_s_portal_is_refused(self):
        with looprt.start_blocking_portal() as portal:
            child = os.fork()
            if child == 0:
                try:
                    helper(portal=portal)
                    os._exit(1)
                except RuntimeError as error:
                    os._exit(0 if "parent process" in str(error) else 2)
                except BaseException:
                    os._exit(3)
            self.assertEqual(os.waitpid(child, 0)[1], 0)

    def said_by(self, program, **modules):
        """What the program prints that may import `modules`."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in modules.items():
                with open(os.path.join(folder, name + ".py"), "w") as file:
                    file.write(textwrap.dedent(text))
            path = os.pathsep.join([folder, *filter(None, [os.environ.get("PYTHONPATH")])])
            return subprocess.run([sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True,
                                  stderr=subprocess.STDOUT, timeout=60, env=dict(os.environ, PYTHONPATH=path)).stdout

    def test_at_the_interpreter_s_end_it_is_refused(self):
        said = self.said_by("""
            import os
            import looprt

            async def fetch():
                pass

            class Late:
                def __del__(self, run_sync=looprt.run_sync, fetch=fetch, write=os.write):
                    try:
                        run_sync(fetch)
                    except RuntimeError as error:
                        write(1, str(error).encode())

            kept = Late()
            """)
        self.assertIn("the interpreter is shutting down", said)

    def test_while_a_module_is_imported(self):
        said = self.said_by("import settings; print(settings.VALUE)", settings="""
            import asyncio
            import looprt

            async def fetch():
                await asyncio.sleep(0)
                return 5

            VALUE = looprt.run_sync(fetch)
            """)
        self.assertEqual(said, "5\n")

    def test_what_belongs_to_another_loop_is_told(self):
        looprt.guard.enable(mode="raise")
        self.addCleanup(looprt.guard.disable)

        async def main():
            lock = asyncio.Lock()
            await lock.acquire()
            waiting = asyncio.ensure_future(lock.acquire())  # now the lock knows its loop
            await asyncio.sleep(0)

            def work():  # on a thread that nobody could know about
                on_plain_thread(lambda: looprt.run_sync(lock.acquire))

            try:
                await asyncio.get_running_loop().run_in_executor(None, work)
            finally:
                waiting.cancel()

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(main())
        self.assertEqual(raised.exception.code, "LOOP404")

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


if __name__ == "__main__":
    unittest.main()
