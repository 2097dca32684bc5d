# RUN: %looprt-python %s
"""Schedules in a file: they outlive the process, also one that is killed, and no fire time runs twice."""
import asyncio
import collections
import functools
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
from datetime import datetime, timedelta, timezone

import looprt
from looprt.store import name_of_task

UTC = timezone.utc
ran = []


async def note(name="", number=0):
    ran.append((name, number))


async def forever():
    ran.append("began")
    await asyncio.Event().wait()


def plain(name):
    ran.append((name, "plain"))


async def until(condition):
    end = time.monotonic() + 30
    while not condition() and time.monotonic() < end:
        await asyncio.sleep(0.005)


class Store(unittest.TestCase):
    def setUp(self):
        ran.clear()
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "schedules.sqlite")

    def scheduler(self, **options):
        return looprt.Scheduler(data_store=looprt.SQLiteStore(self.path), grace=5, **options)

    def test_schedules_outlive_the_scheduler(self):
        soon = datetime.now(UTC) + timedelta(days=1)

        async def first():
            async with self.scheduler() as scheduler:
                daily = looprt.CronTrigger.from_crontab("30 2 * * *", timezone="Europe/Berlin")
                await scheduler.add_schedule(note, daily, args=["x"], id="nightly", misfire_grace_time=60)
                await scheduler.add_schedule(note, looprt.DateTrigger(soon), id="once")
                await scheduler.add_schedule(plain, looprt.IntervalTrigger(days=2), args=["p"], id="paused",
                                             job_executor="thread")
                await until(lambda: ran)
                await scheduler.pause_schedule("paused", "for now")
                unnamed = await scheduler.add_schedule(note, looprt.DateTrigger(soon))
                await scheduler.remove_schedule(unnamed)
                return [status._replace(running_jobs=0) for status in await scheduler.get_schedules()]

        async def second():
            async with self.scheduler() as scheduler:
                return await scheduler.get_schedules()

        before, after = asyncio.run(first()), asyncio.run(second())
        self.assertEqual([status.id for status in after], ["nightly", "once", "paused"])
        self.assertEqual(before, after)
        self.assertEqual((after[2].paused, after[2].note), (True, "for now"))
        self.assertEqual(ran, [("p", "plain")])

    def test_what_was_due_meanwhile_runs_once(self):
        async def first():
            async with self.scheduler() as scheduler:
                start = datetime.now(UTC) + timedelta(seconds=0.3)
                await scheduler.add_schedule(note, looprt.IntervalTrigger(seconds=0.1, start_time=start), id="often")
                await scheduler.add_schedule(note, looprt.DateTrigger(start), args=["once"], id="once")

        async def second():
            async with self.scheduler() as scheduler:
                await until(lambda: {("", 0), ("once", 0)} <= set(ran))
                await scheduler.pause_schedule("often")
                for _ in range(1000):  # until the job has ended, too
                    ids = [status.id for status in await scheduler.get_schedules()]
                    if "once" not in ids:
                        break
                    await asyncio.sleep(0.005)
                return ids

        asyncio.run(first())
        time.sleep(0.8)
        self.assertEqual(ran, [])
        self.assertEqual(asyncio.run(second()), ["often"])  # what fires no more has left
        self.assertEqual(ran.count(("once", 0)), 1)
        ran.clear()
        self.assertEqual(asyncio.run(self.names()), ["often"])

    async def names(self):
        async with self.scheduler() as scheduler:
            return [status.id for status in await scheduler.get_schedules()]

    def test_two_schedulers_on_one_file(self):
        async def main():
            async with self.scheduler():
                with self.assertRaises(looprt.StoreLockedError):
                    async with self.scheduler():
                        pass
            async with self.scheduler():
                pass

        asyncio.run(main())

    @unittest.skipUnless(hasattr(signal, "SIGKILL"), "needs SIGKILL")
    def test_the_lock_holds_between_processes_and_dies_with_them(self):
        holder = subprocess.Popen([sys.executable, "-c", textwrap.dedent("""
            import asyncio, sys
            import looprt

            async def main():
                async with looprt.Scheduler(data_store=looprt.SQLiteStore(sys.argv[1])):
                    print("running", flush=True)
                    await asyncio.sleep(3600)

            asyncio.run(main())
            """), self.path], stdout=subprocess.PIPE, text=True)
        self.addCleanup(holder.stdout.close)
        self.assertEqual(holder.stdout.readline(), "running\n")

        async def main():
            async with self.scheduler():
                pass

        try:
            with self.assertRaises(looprt.StoreLockedError):
                asyncio.run(main())
        finally:
            holder.kill()
            holder.wait()
        asyncio.run(main())

    def test_conflicts_and_what_cannot_be_stored(self):
        async def main():
            every = looprt.IntervalTrigger(days=1)
            async with self.scheduler() as scheduler:
                await scheduler.add_schedule(note, every, id="a")
                with self.assertRaises(ValueError):
                    await scheduler.add_schedule(note, every, id="a")
                await scheduler.add_schedule(note, every, id="a", conflict="keep", args=["kept"])
                await scheduler.add_schedule(note, every, id="a", conflict="replace", args=["new"])
                await until(lambda: ("new", 0) in ran)

                async def nested():
                    pass

                for function, args in (nested, []), (functools.partial(note), []), (note, [object()]):
                    with self.assertRaises(TypeError):
                        await scheduler.add_schedule(function, every, args=args)
                with self.assertRaises(looprt.RefusedCallableError):
                    await scheduler.add_schedule(lambda: asyncio.run(note()), every)
                return [status.id for status in await scheduler.get_schedules()]

        self.assertEqual(asyncio.run(main()), ["a"])
        self.assertNotIn(("kept", 0), ran)
        with self.assertRaises(TypeError):
            name_of_task(print.__call__)

    def test_a_function_that_is_gone_parks_its_schedule(self):
        async def first():
            async with self.scheduler() as scheduler:
                await scheduler.add_schedule(note, looprt.DateTrigger(datetime.now(UTC) + timedelta(hours=1)), id="a")

        async def second():
            async with self.scheduler() as scheduler:
                return len(await scheduler.get_schedules())

        asyncio.run(first())
        global note
        kept, note = note, None
        try:
            del globals()["note"]
            with self.assertLogs("looprt.scheduler", logging.ERROR) as logs:
                self.assertEqual(asyncio.run(second()), 0)
            self.assertIn("'a' is parked", logs.output[0])
        finally:
            globals()["note"] = kept
        self.assertEqual(asyncio.run(second()), 1)


PROGRAM = """
import asyncio, os, sys
from datetime import datetime, timedelta, timezone
import looprt

path, log, promise = sys.argv[1:]

async def job(name):
    with open(log, "a") as file:
        file.write(name + "\\n")
    await asyncio.sleep(0.01)

async def main():
    store = looprt.SQLiteStore(path)
    async with looprt.Scheduler(data_store=store) as scheduler:
        for number in range(5):
            await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=0.02), args=[f"every{number}"], conflict="keep",
                                         id=f"every{number}", delivery=promise)
        for number in range(40):
            due = datetime.now(timezone.utc) + timedelta(seconds=0.04 * number)
            if not os.path.exists(log + ".added"):
                await scheduler.add_schedule(job, looprt.DateTrigger(due), args=[f"once{number}"], id=f"once{number}",
                                             delivery=promise, conflict="keep")
        open(log + ".added", "w").close()
        print("running", flush=True)
        await asyncio.sleep(float(os.environ.get("SECONDS_TO_RUN", "3600")))

asyncio.run(main())
"""


@unittest.skipUnless(hasattr(signal, "SIGKILL"), "needs SIGKILL")
class Killed(unittest.TestCase):
    def lives(self, promise, kills):
        """Kills a scheduler again and again, lets it end in peace, and returns how often each job ran."""
        chance = random.Random(7)
        with tempfile.TemporaryDirectory() as folder:
            arguments = [os.path.join(folder, name) for name in ("jobs.sqlite", "log")] + [promise]
            program = os.path.join(folder, "program.py")
            with open(program, "w") as file:
                file.write(textwrap.dedent(PROGRAM))
            for _ in range(kills):
                process = subprocess.Popen([sys.executable, program, *arguments], stdout=subprocess.PIPE, text=True)
                self.assertEqual(process.stdout.readline(), "running\n")
                time.sleep(chance.uniform(0, 0.3))
                process.kill()
                process.wait()
                process.stdout.close()
            subprocess.run([sys.executable, program, *arguments], check=True, stdout=subprocess.DEVNULL,
                           env=dict(os.environ, SECONDS_TO_RUN="2.5"))
            with open(arguments[1]) as log:
                return collections.Counter(log.read().split())

    def test_nothing_is_lost_and_nothing_runs_twice(self):
        kills = 6
        for promise, least, most in ("at_least_once", 1, 1 + kills), ("at_most_once", 0, 1):
            with self.subTest(promise):
                counts = self.lives(promise, kills)
                once = [counts[f"once{number}"] for number in range(40)]
                self.assertGreaterEqual(min(once), least)
                self.assertLessEqual(max(once), most)
                # At most the jobs that ran when a process was killed are not there, or are there again.
                self.assertLessEqual(abs(sum(once) - 40), 3 * kills)
                self.assertTrue(all(counts[f"every{number}"] for number in range(5)))


if __name__ == "__main__":
    unittest.main()
