# RUN: %looprt-python %s
"""Each misuse twice, in a process of its own: plain asyncio hangs or fails, and the guarded program names the code within a
second. And: a guard that is off leaves nothing behind, a guard that is on leaves right programs alone."""
import asyncio
import concurrent.futures
import importlib.util
import os
import re
import subprocess
import sys
import textwrap
import threading
import time
import unittest

import looprt
from looprt.catalogue import CATALOGUE

PREAMBLE = """
import asyncio, concurrent.futures, os, sys, threading, time
import looprt
if sys.argv[1] == "guarded":
    looprt.guard.enable(mode=sys.argv[2])
    print("ready", time.monotonic(), flush=True)

async def fetch():
    await asyncio.sleep(0)
    return 3
"""

# The misuse, the code, and what the plain program does: an error's text, or "hangs".
MISUSES = {
    "current loop on a worker": ("LOOP101", "There is no current event loop", """
        def work():
            asyncio.get_event_loop().run_until_complete(fetch())
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            pool.submit(work).result()
        """),
    "asyncio.run in a coroutine": ("LOOP201", "cannot be called from a running event loop", """
        def helper():
            return asyncio.run(fetch())
        async def main():
            helper()
        asyncio.run(main())
        """),
    "run, imported by name": ("LOOP201", "cannot be called from a running event loop", """
        from asyncio import run
        async def main():
            run(fetch())
        run(main())
        """),
    "run_until_complete in a coroutine": ("LOOP201", "Cannot run the event loop while another loop is running", """
        async def main():
            loop = asyncio.new_event_loop()
            loop.run_until_complete(fetch())
        asyncio.run(main())
        """),
    "waiting for this loop": ("LOOP203", "hangs", """
        async def main():
            asyncio.run_coroutine_threadsafe(fetch(), asyncio.get_running_loop()).result()
        asyncio.run(main())
        """),
    "waiting for this loop, imported by name": ("LOOP203", "hangs", """
        from asyncio import run_coroutine_threadsafe
        if sys.argv[1] == "guarded":
            looprt.guard.disable()
        from asyncio import run_coroutine_threadsafe
        if sys.argv[1] == "guarded":
            looprt.guard.enable(mode=sys.argv[2])
        async def main():
            run_coroutine_threadsafe(fetch(), asyncio.get_running_loop()).result()
        asyncio.run(main())
        """),
    "a worker that waits for the loop that waits for it": ("LOOP203", "hangs", """
        def work(loop):
            return asyncio.run_coroutine_threadsafe(fetch(), loop).result()
        async def main():
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                pool.submit(work, asyncio.get_running_loop()).result()
        asyncio.run(main())
        """),
    "an event of an earlier run": ("LOOP404", "different", """
        event = None
        async def wait():
            global event
            event = event or asyncio.Event()
            try:
                await asyncio.wait_for(event.wait(), 0.01)
            except asyncio.TimeoutError:
                pass
        asyncio.run(wait())
        asyncio.run(wait())
        """),
    "a future of a closed loop": ("LOOP404", "Event loop is closed", """
        async def make():
            asyncio.get_running_loop().kept = future = asyncio.get_running_loop().create_future()
            future.add_done_callback(print)
            return future
        async def use(future):
            future.set_result(1)
        asyncio.run(use(asyncio.run(make())))
        """),
    "call_soon from a thread": ("LOOP501", "hangs", """
        async def main():
            done = asyncio.Event()
            loop = asyncio.get_running_loop()
            threading.Thread(target=lambda: (time.sleep(0.2), loop.call_soon(done.set)), daemon=True).start()
            await done.wait()
        asyncio.run(main())
        """),
    "put_nowait from a thread": ("LOOP501", "hangs", """
        async def main():
            queue = asyncio.Queue()
            threading.Thread(target=lambda: (time.sleep(0.2), queue.put_nowait(1)), daemon=True).start()
            await queue.get()
        asyncio.run(main())
        """),
    "create_task from a thread": ("LOOP501", "hangs", """
        async def main():
            loop = asyncio.get_running_loop()
            result = loop.create_future()
            async def answer():
                result.set_result(1)
            threading.Thread(target=lambda: (time.sleep(0.2), loop.create_task(answer())), daemon=True).start()
            await result
        asyncio.run(main())
        """),
    "time.sleep in a coroutine": ("LOOP601", "hangs", """
        async def main():
            time.sleep(3600)
        asyncio.run(main())
        """),
    "a blocking call that nobody listed": ("LOOP601", "hangs", """
        async def main():
            read, write = os.pipe()
            os.read(read, 1)
        asyncio.run(main())
        """),
    "a lock that is held elsewhere": ("LOOP601", "hangs", """
        lock = threading.Lock()
        lock.acquire()
        def helper():
            with lock:
                pass
        async def main():
            helper()
        asyncio.run(main())
        """),
}
if importlib.util.find_spec("nest_asyncio"):
    MISUSES["a patch that hides nesting"] = ("LOOP202", "hangs", """
        import nest_asyncio
        nest_asyncio.apply()
        async def use(lock):
            async with lock:
                return 1
        async def main():
            lock = asyncio.Lock()
            async with lock:
                return asyncio.run(use(lock))
        asyncio.run(main())
        """)


def start(program, *arguments):
    return subprocess.Popen([sys.executable, "-c", PREAMBLE + textwrap.dedent(program), *arguments], stderr=subprocess.STDOUT,
                            stdout=subprocess.PIPE, text=True, env=dict(os.environ, PYTHONUNBUFFERED="1"))


def output_within(process, seconds, until=None):
    """What the process says until it ends, the time is over, or the text has come; whether it hangs."""
    said = []
    reader = threading.Thread(target=lambda: [said.append(line) for line in process.stdout], daemon=True)
    reader.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end and reader.is_alive() and not (until and until in "".join(said)):
        time.sleep(0.01)
    hangs = process.poll() is None and reader.is_alive()
    process.kill()
    process.wait()
    reader.join(1)
    process.stdout.close()
    return "".join(said), hangs


def seconds_to_name(code, process):
    """From the guard's being on until it has said `code`; None where it has not. And what has been said."""
    said, _ = output_within(process, 60, until=f"[{code}]")
    end, ready = time.monotonic(), [float(line.split()[1]) for line in said.splitlines() if line.startswith("ready ")]
    return (end - ready[0] if ready and f"[{code}]" in said else None), said


class Misuses(unittest.TestCase):
    def test_plain_programs_hang_or_fail(self):
        plain = {name: start(program, "plain") for name, (_, _, program) in MISUSES.items()}
        time.sleep(3)
        for name, (_, says, _) in MISUSES.items():
            with self.subTest(name):
                said, hangs = output_within(plain[name], 0 if says == "hangs" else 30)
                if says == "hangs":
                    self.assertTrue(hangs, said)
                else:
                    self.assertIn(says, said)

    def test_guarded_programs_name_the_code_within_a_second(self):
        # One after the other, and the best of some: a loaded machine only ever makes it longer.
        for mode in "raise", "warn":
            for name, (code, _, program) in MISUSES.items():
                with self.subTest(name, mode=mode):
                    for _ in range(5):
                        seconds, said = seconds_to_name(code, start(program, "guarded", mode))
                        self.assertIsNotNone(seconds, said)
                        if seconds < 1:
                            break
                    self.assertLess(seconds, 1, said)

    def test_each_report_has_the_words_the_way_and_the_remedy(self):
        for name, (code, _, program) in MISUSES.items():
            with self.subTest(name):
                said, _ = output_within(start(program, "guarded", "warn"), 60, until="\n  help: ")
                words = re.split(r"\{\w+\}", CATALOGUE[code].message)[1]
                self.assertRegex(said, rf"`.*{re.escape(words)}.* \[{code}\]\n(  <string>:\d+: note: .*\n)+  help: ")

    def test_blocking_is_told_while_it_lasts(self):
        looprt.guard.enable(mode="count", blocking_threshold=0.1)
        self.addCleanup(looprt.guard.disable)
        looprt.guard.clear()
        reported = []

        def watch(until):
            while time.monotonic() < until:
                if looprt.guard.counts().get("LOOP601"):
                    reported.append(time.monotonic())
                    return
                time.sleep(0.01)

        async def main():
            read, write = os.pipe()
            begin = time.monotonic()
            watcher = threading.Thread(target=lambda: (watch(begin + 20), os.write(write, b"x")))
            watcher.start()
            os.read(read, 1)
            return begin

        begin = asyncio.run(main())
        self.assertTrue(reported)
        self.assertLess(reported[0] - begin, 1)


class Reports(unittest.TestCase):
    def setUp(self):
        looprt.guard.clear()
        looprt.guard.enable(mode="count")
        self.addCleanup(looprt.guard.disable)

    def test_tell_the_way_and_the_helper(self):
        async def fetch():
            pass

        def helper():
            coroutine = fetch()
            try:
                asyncio.run(coroutine)
            except RuntimeError:
                coroutine.close()

        async def main():
            helper()

        asyncio.run(main())
        [report] = looprt.guard.reports()
        self.assertEqual(report.code, "LOOP201")
        self.assertEqual([step.function.rpartition(".")[2] for step in report.steps], ["main", "helper"])
        self.assertTrue(report.steps[0].is_coroutine)
        self.assertIn("`asyncio.run` runs a loop inside a running loop, which raises RuntimeError [LOOP201]", str(report))
        self.assertIn("a coroutine and `await` it", report.remedy)
        self.assertEqual(looprt.guard.counts(), {"LOOP201": 1})

    def test_the_patch_that_hides_nesting(self):
        module = type(sys)("nest_asyncio")
        module.apply = lambda loop=None: "applied"
        sys.modules["nest_asyncio"] = module
        self.addCleanup(sys.modules.pop, "nest_asyncio")
        looprt.guard.disable()
        looprt.guard.enable(mode="raise")
        with self.assertRaises(looprt.LoopMisuseError) as raised:
            module.apply()
        self.assertEqual(raised.exception.code, "LOOP202")
        looprt.guard.disable()
        self.assertEqual(module.apply(), "applied")

    def test_right_programs_are_left_alone(self):
        async def fetch(value):
            await asyncio.sleep(0)
            return value

        async def main():
            loop = asyncio.get_running_loop()
            queue = asyncio.Queue()
            thread = threading.Thread(target=lambda: loop.call_soon_threadsafe(queue.put_nowait, 1))
            thread.start()
            await queue.get()
            answer = await asyncio.to_thread(lambda: asyncio.run_coroutine_threadsafe(fetch(2), loop).result())
            nested = await asyncio.to_thread(lambda: asyncio.run(fetch(3)))
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                fourth = pool.submit(lambda: 4).result()
            return answer, nested, fourth, await asyncio.gather(*[fetch(number) for number in range(100)])

        self.assertEqual(asyncio.run(main())[:3], (2, 3, 4))
        self.assertEqual(asyncio.run(main())[:3], (2, 3, 4))
        self.assertEqual(looprt.guard.reports(), [])


class Switch(unittest.TestCase):
    def test_off_leaves_nothing_behind(self):
        def now():
            return [asyncio.runners.events, asyncio.BaseEventLoop._check_closed, asyncio.BaseEventLoop._check_running, time.sleep,
                    concurrent.futures.Future.result, asyncio.run_coroutine_threadsafe, threading.Thread.join,
                    list(sys.meta_path), [thread.name for thread in threading.enumerate()]]

        before = now()
        looprt.guard.enable()
        self.assertTrue(looprt.guard.is_enabled())
        self.assertNotEqual(now(), before)
        looprt.guard.enable(mode="raise")
        looprt.guard.disable()
        self.assertEqual(now(), before)
        self.assertFalse(looprt.guard.is_enabled())

    def test_arguments(self):
        with self.assertRaises(ValueError):
            looprt.guard.enable(mode="shout")
        with self.assertRaises(ValueError):
            looprt.guard.enable(blocking_threshold=0)


if __name__ == "__main__":
    unittest.main()
