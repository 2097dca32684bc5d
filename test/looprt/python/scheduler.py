# RUN: %looprt-python %s
"""The scheduler: what runs when, what is refused, and how it ends. Its options are in policies.py."""
import asyncio
import concurrent.futures
import functools
import gc
import logging
import threading
import time
import unittest
from datetime import datetime, timedelta, timezone

import looprt
from looprt.testing import VirtualClock
from virtual import START, Recorder, virtual

UTC = timezone.utc


class Runs(unittest.TestCase):
    @virtual
    async def test_at_fire_times(self, scheduler, clock):
        job = Recorder(clock)
        await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=10))
        await scheduler.add_schedule(job, looprt.DateTrigger(START + timedelta(seconds=15)), args=[1], kwargs={"key": 2})
        await asyncio.sleep(25)
        self.assertEqual(job.times, [0, 10, 15, 20])
        self.assertEqual(job.given[2], ((1,), {"key": 2}))

    @virtual
    async def test_a_year_takes_no_time(self, scheduler, clock):
        job = Recorder(clock)
        await scheduler.add_schedule(job, looprt.CronTrigger.from_crontab("@daily", timezone="UTC"))
        await asyncio.sleep(365 * 86400 - 1)
        self.assertEqual(len(job.times), 365)

    @virtual
    async def test_the_wall_clock_that_is_set_is_followed(self, scheduler, clock):
        loop, passed = asyncio.get_running_loop(), []

        async def job():
            passed.append(loop.time() / 3600)

        await scheduler.add_schedule(job, looprt.CronTrigger.from_crontab("0 12,15 * * *", timezone="UTC"))
        await asyncio.sleep(3600)
        clock.set_wall(START + timedelta(hours=11, minutes=30))  # noon is half an hour away, not eleven hours
        await asyncio.sleep(3600)
        clock.set_wall(START + timedelta(hours=11))  # noon comes again, and has been
        await asyncio.sleep(2 * 3600)
        clock.set_wall(START + timedelta(hours=16))  # three o'clock was passed over
        await asyncio.sleep(60)
        self.assertEqual(passed, [1.5, 4])

    @virtual
    async def test_plain_functions_where_they_are_told_to(self, scheduler, clock):
        seen = []
        due = looprt.DateTrigger(START)
        with concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="mine") as pool:
            for place in "loop", "thread", pool:
                result = await scheduler.run_job(lambda: threading.current_thread().name, job_executor=place)
                seen.append(result)
        self.assertEqual(seen[0], threading.main_thread().name)
        self.assertNotEqual(seen[1], seen[0])
        self.assertTrue(seen[2].startswith("mine"))
        await scheduler.add_schedule(print, due, job_executor="loop", args=[""], kwargs={"end": ""})
        await asyncio.sleep(1)

    @virtual
    async def test_jobs_of_their_own(self, scheduler, clock):
        async def double(number):
            await asyncio.sleep(1)
            if number < 0:
                raise KeyError(number)
            return 2 * number

        self.assertEqual(await scheduler.run_job(double, args=[4]), 8)
        future = await scheduler.add_job(double, kwargs={"number": -1})
        with self.assertRaises(KeyError):
            await future

    @virtual
    async def test_cancelling_run_job_cancels_the_job(self, scheduler, clock):
        seen = []

        async def job():
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError:
                seen.append("cancelled")
                raise

        with self.assertRaises(asyncio.TimeoutError):
            await asyncio.wait_for(scheduler.run_job(job), 1)
        await asyncio.sleep(1)
        self.assertEqual(seen, ["cancelled"])

    @virtual
    async def test_a_job_that_raises_is_logged_and_runs_again(self, scheduler, clock):
        async def job():
            raise ValueError("not today")

        with self.assertLogs("looprt.scheduler", logging.ERROR) as logs:
            await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=1), id="fails")
            await asyncio.sleep(1.5)
        self.assertEqual(len(logs.records), 2)
        self.assertIn("'fails'", logs.output[0])
        self.assertIn("ValueError: not today", logs.output[0])
        self.assertIn("in job", logs.output[0])

    @virtual
    async def test_a_job_that_cannot_start_does_not_stop_the_others(self, scheduler, clock):
        job = Recorder(clock)

        async def takes_one(argument):
            pass

        with self.assertLogs("looprt.scheduler", logging.ERROR):
            await scheduler.add_schedule(takes_one, looprt.IntervalTrigger(seconds=1))
            await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=1))
            await asyncio.sleep(2.5)
        self.assertEqual(job.times, [0, 1, 2])

    @virtual
    async def test_tasks_show_what_runs(self, scheduler, clock):
        async def job():
            seen.append(asyncio.current_task())
            await asyncio.sleep(1)

        seen = []
        await scheduler.add_schedule(job, looprt.DateTrigger(START))
        await asyncio.sleep(0.5)
        gc.collect()  # nobody but the scheduler holds the task
        [task] = seen
        self.assertFalse(task.done())
        self.assertIn("job", repr(task))
        self.assertEqual(task.get_stack()[0].f_code.co_name, "job")
        await asyncio.sleep(1)
        self.assertTrue(task.done())


async def fetch(urls=()):
    await asyncio.sleep(0)


def fetch_here():
    asyncio.run(fetch())


class Refusals(unittest.TestCase):
    def refused(self, code, function, **options):
        every = looprt.IntervalTrigger(seconds=1)

        async def main():
            async with looprt.Scheduler() as scheduler:
                for add in (lambda: scheduler.add_schedule(function, every, **options),
                            lambda: scheduler.add_job(function, **options)):
                    with self.assertRaises(looprt.RefusedCallableError) as raised:
                        await add()
                    self.assertEqual(raised.exception.code, code)
                    self.assertIsInstance(raised.exception, TypeError)
                return str(raised.exception)

        return asyncio.run(main())

    def test_wrappers(self):
        for wrapper in fetch_here, lambda: asyncio.run(fetch()), functools.partial(fetch_here):
            said = self.refused("LOOP301", wrapper)
            self.assertIn("only drives a coroutine; `add_job` takes the coroutine function itself [LOOP301]", said)
            self.assertIn("`add_job(fetch, …, args=[…])`", said)

    def test_objects(self):
        self.assertIn("`add_job(fetch, …, args=[…])`", self.refused("LOOP302", _Again(fetch)))

    def test_executors(self):
        self.assertIn("leave `job_executor` out", self.refused("LOOP303", fetch, job_executor="thread"))

    def test_without_a_loop(self):
        with self.assertRaises(looprt.LoopMisuseError) as raised:
            looprt.Scheduler().start()
        self.assertEqual(raised.exception.code, "LOOP304")
        self.assertIn("async with looprt.Scheduler()", str(raised.exception))

    def test_what_is_no_misuse_but_cannot_be(self):
        async def main():
            async with looprt.Scheduler() as scheduler:
                every = looprt.IntervalTrigger(seconds=1)
                for function in 3, print:
                    with self.assertRaises(TypeError):
                        await scheduler.add_schedule(function, every)
                with self.assertRaises(ValueError):
                    await scheduler.add_schedule(print, every, job_executor="moon")
                with self.assertRaises(KeyError):
                    await scheduler.pause_schedule("nobody")

        asyncio.run(main())

    def test_under_another_loop(self):
        scheduler = looprt.Scheduler()

        async def main():
            async with scheduler:
                await asyncio.to_thread(lambda: asyncio.run(use()))

        async def use():
            await scheduler.add_schedule(fetch, looprt.IntervalTrigger(seconds=1))

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            asyncio.run(main())
        self.assertEqual(raised.exception.code, "LOOP404")
        with self.assertRaises(RuntimeError):
            asyncio.run(looprt.Scheduler().get_schedules())


class _Again:
    """A coroutine object for each of two calls."""

    def __new__(cls, function):
        class Object:
            pass
        coroutine = function()
        return coroutine


def loop_classes():
    try:
        import uvloop
    except ImportError:
        return [asyncio.SelectorEventLoop]
    return [asyncio.SelectorEventLoop, uvloop.Loop]


class Ends(unittest.TestCase):
    def test_stop_waits_then_cancels_and_tells(self):
        clock = VirtualClock(START)
        ended = []

        async def job(seconds):
            try:
                await asyncio.sleep(seconds)
                ended.append(seconds)
            except asyncio.CancelledError:
                ended.append("cancelled")
                raise

        async def main():
            scheduler = looprt.Scheduler(clock=clock)
            scheduler.start()
            for seconds in 2, 50:
                await scheduler.add_schedule(job, looprt.DateTrigger(START), args=[seconds], id=str(seconds))
            await asyncio.sleep(1)
            waiter = asyncio.ensure_future(scheduler.run_until_stopped())
            cancelled = await scheduler.stop(grace=5)
            await waiter
            self.assertEqual([each.schedule_id for each in cancelled], ["50"])
            with self.assertRaises(RuntimeError):
                await scheduler.add_schedule(job, looprt.DateTrigger(START))

        clock.run(main)
        self.assertEqual(ended, [2, "cancelled"])

    def test_a_job_may_stop_it(self):
        clock = VirtualClock(START)

        async def main():
            async with looprt.Scheduler(clock=clock, grace=1) as scheduler:
                async def job():
                    asyncio.ensure_future(scheduler.stop())

                await scheduler.add_schedule(job, looprt.DateTrigger(START + timedelta(hours=1)))
                await scheduler.run_until_stopped()

        clock.run(main)
        self.assertGreaterEqual(clock.now(), START + timedelta(hours=1))

    def test_nothing_is_left_behind(self):
        import weakref

        class Thing:
            async def job(self):
                pass

        async def main():
            thing = Thing()
            async with looprt.Scheduler() as scheduler:
                await scheduler.add_schedule(thing.job, looprt.DateTrigger(datetime.now(UTC)))
                await asyncio.sleep(0.05)
                reference = weakref.ref(thing)
                del thing
                gc.collect()
                self.assertIsNone(reference())  # the schedule has ended, and what it held is free

        asyncio.run(main())

    def test_a_clock_that_is_set_is_looked_at(self):
        async def main():
            async with looprt.Scheduler() as scheduler:
                await scheduler.add_schedule(fetch, looprt.IntervalTrigger(days=1, start_time=datetime.now(UTC) + timedelta(hours=1)))
                await asyncio.sleep(0.01)
                before = scheduler._timer
                if scheduler._watch.longest_sleep < 61:  # nobody tells
                    self.assertLess(before.when(), asyncio.get_running_loop().time() + 61)
                    return
                # No test sets the machine's clock: this is what the loop calls when the kernel says so.
                scheduler._watch._was_set()
                await asyncio.sleep(0.01)
                self.assertIsNot(scheduler._timer, before)
                self.assertTrue(before.cancelled())
                self.assertGreater(scheduler._timer.when(), asyncio.get_running_loop().time() + 3500)
            self.assertIsNone(scheduler._watch._descriptor)

        for factory in loop_classes():
            looprt.run(main, loop_factory=factory)

    def test_on_the_user_s_loop_with_real_time(self):
        for factory in loop_classes():
            ran = []

            async def job():
                ran.append(threading.current_thread())

            async def main():
                threads = threading.active_count()
                async with looprt.Scheduler() as scheduler:
                    await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=0.02))
                    end = time.monotonic() + 20
                    while len(ran) < 4 and time.monotonic() < end:
                        await asyncio.sleep(0.01)
                    self.assertEqual(threading.active_count(), threads)

            looprt.run(main, loop_factory=factory)
            self.assertGreaterEqual(len(ran), 4)
            self.assertEqual(set(ran), {threading.main_thread()})

    def test_a_hundred_schedules_wait_by_one_timer(self):
        for base in loop_classes():
            with self.subTest(base):
                self.assertEqual(self.timers_of_a_scheduler(base), 1)

    def timers_of_a_scheduler(self, base):
        """How many timers of the loop a scheduler has at most, while schedules come, fire and go."""
        timers = []

        class Loop(base):
            def call_later(self, delay, callback, *args, **options):
                return noted(super().call_later(delay, callback, *args, **options), callback)

            def call_at(self, when, callback, *args, **options):
                return noted(super().call_at(when, callback, *args, **options), callback)

        def noted(handle, callback):
            # What is due at once is no timer: uvloop then gives a handle that has no time.
            if isinstance(getattr(callback, "__self__", None), looprt.Scheduler) and hasattr(handle, "when"):
                timers.append(handle)
            return handle

        def armed():
            now = asyncio.get_running_loop().time()
            return len({id(timer) for timer in timers if not timer.cancelled() and timer.when() > now})

        async def main():
            most = 0
            async with looprt.Scheduler() as scheduler:
                for number in range(100):
                    start = datetime.now(UTC) + timedelta(milliseconds=400 - 3 * number)
                    await scheduler.add_schedule(fetch, looprt.IntervalTrigger(seconds=0.02, start_time=start), id=str(number))
                    await asyncio.sleep(0)
                    most = max(most, armed())
                for number in range(100):
                    await asyncio.sleep(0.003)
                    await scheduler.remove_schedule(str(number))
                    most = max(most, armed())
            self.assertEqual(armed(), 0)
            return most

        return looprt.run(main, loop_factory=Loop)

    def test_ten_thousand_due_at_once_all_run_and_let_others_run(self):
        count = turns = 0

        async def job():
            nonlocal count
            count += 1

        async def main():
            nonlocal turns
            async with looprt.Scheduler() as scheduler:
                await scheduler.add_schedules(job, [looprt.DateTrigger(datetime.now(UTC))] * 10_000)
                while count < 10_000:
                    turns += 1
                    await asyncio.sleep(0)

        asyncio.run(asyncio.wait_for(main(), 60))
        self.assertEqual(count, 10_000)
        self.assertGreater(turns, 5)


if __name__ == "__main__":
    unittest.main()
