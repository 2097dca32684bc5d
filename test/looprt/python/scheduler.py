# RUN: %looprt-python %s
"""The scheduler, in virtual time: what runs when, what is refused, and how it ends."""
import asyncio
import concurrent.futures
import functools
import gc
import logging
import pickle
import threading
import time
import unittest
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import looprt
from looprt.testing import VirtualClock, fire_times

UTC = timezone.utc
START = datetime(2026, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def virtual(function=None, *, start=START, **options):
    """Runs the test's coroutine with a scheduler whose clock is virtual."""
    if function is None:
        return functools.partial(virtual, start=start, **options)

    @functools.wraps(function)
    def test(self):
        clock = VirtualClock(start)

        async def main():
            async with looprt.Scheduler(clock=clock, grace=0, **options) as scheduler:
                await function(self, scheduler, clock)

        clock.run(main)
    return test


class Recorder:
    def __init__(self, clock, duration=0.0):
        self.clock, self.duration, self.times, self.given = clock, duration, [], []

    async def __call__(self, *args, **kwargs):
        self.times.append((self.clock.now() - START).total_seconds())
        self.given.append((args, kwargs))
        if self.duration:
            await asyncio.sleep(self.duration)


class Triggers(unittest.TestCase):
    def test_spring_loses_no_day(self):
        trigger = looprt.CronTrigger.from_crontab("0 0 * * *", timezone="Europe/Berlin")
        days = [moment.date() for moment in fire_times(trigger, datetime(2026, 3, 28, tzinfo=BERLIN),
                                                       datetime(2026, 3, 31, 12, tzinfo=BERLIN))]
        self.assertEqual(days, [date(2026, 3, day) for day in (28, 29, 30, 31)])

    def test_gap_policies(self):
        for policy, expected in ("run_after", [(28, 2, 30), (29, 3, 0), (30, 2, 30)]), ("skip", [(28, 2, 30), (30, 2, 30)]):
            trigger = looprt.CronTrigger(hour=2, minute=30, timezone="Europe/Berlin", dst_gap=policy)
            found = fire_times(trigger, datetime(2026, 3, 28, tzinfo=BERLIN), datetime(2026, 3, 30, 12, tzinfo=BERLIN))
            self.assertEqual([(each.day, each.hour, each.minute) for each in found], expected)

    def test_kinds(self):
        end = START + timedelta(days=3)
        daily = looprt.CalendarIntervalTrigger(days=1, hour=9, timezone="UTC", start_date=date(2026, 1, 1))
        noon = looprt.CronTrigger.from_crontab("0 12 * * *", timezone=UTC)
        nine = looprt.CronTrigger.from_crontab("0 9 * * *", timezone="UTC")
        self.assertEqual(len(fire_times(daily, START, end)), 3)
        self.assertEqual(len(fire_times(looprt.OrTrigger([daily, noon]), START, end)), 6)
        self.assertEqual(len(fire_times(looprt.AndTrigger([daily, nine]), START, end)), 3)
        self.assertEqual(fire_times(looprt.DateTrigger(START), START, end), [START])
        self.assertEqual(len(fire_times(looprt.IntervalTrigger(hours=6), START, end)), 13)

    def test_are_values(self):
        trigger = looprt.CronTrigger.from_crontab("30 2 * * MON", timezone="Asia/Tokyo")
        self.assertEqual(looprt.parse_trigger(trigger.text), trigger)
        self.assertEqual(pickle.loads(pickle.dumps(trigger)), trigger)
        self.assertIn("Asia/Tokyo", repr(trigger))
        self.assertEqual(trigger.next(None, START), trigger.next(None, START))

    def test_what_cannot_be(self):
        for make in (lambda: looprt.CronTrigger.from_crontab("0 0 30 2 *"), lambda: looprt.IntervalTrigger(seconds=0),
                     lambda: looprt.CronTrigger(hour=25), lambda: looprt.CronTrigger(timezone="Atlantis/Capital"),
                     lambda: looprt.CronTrigger(dst_gap="never"), lambda: looprt.parse_trigger("soon()")):
            with self.assertRaises(ValueError):
                make()


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


class Policies(unittest.TestCase):
    @virtual
    async def test_overlap(self, scheduler, clock):
        for overlap, expected in ("skip", [0, 2, 4]), ("allow_all", [0, 1, 2, 3, 4]), ("buffer_one", [0, 1.5, 3, 4.5]):
            job = Recorder(clock, duration=1.5)
            begin = clock.now()
            await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=1), id="job", overlap=overlap)
            await asyncio.sleep(4.9)
            await scheduler.remove_schedule("job")
            await asyncio.sleep(10)
            offset = (begin - START).total_seconds()
            self.assertEqual([round(each - offset, 3) for each in job.times], expected, overlap)

    @virtual
    async def test_cancel_other(self, scheduler, clock):
        ended = []

        async def job():
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError:
                ended.append((clock.now() - START).total_seconds())
                raise

        await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=2), overlap="cancel_other")
        await asyncio.sleep(5)
        self.assertEqual(ended, [2, 4])

    @virtual
    async def test_misfire_and_coalesce(self, scheduler, clock):
        for options, count in ({}, 1), ({"coalesce": "all", "overlap": "allow_all"}, 6), ({"misfire_grace_time": 2.5}, 1):
            job = Recorder(clock)
            await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=1, start_time=clock.now() + timedelta(seconds=1)),
                                         id="late", **options)
            clock.advance(6.2)  # the machine slept
            await asyncio.sleep(0.1)
            self.assertEqual(len(job.times), count, options)
            await scheduler.remove_schedule("late")

    @virtual
    async def test_jitter_is_the_same_each_time(self, scheduler, clock):
        job = Recorder(clock)
        await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=10), jitter=5, id="jittery")
        await asyncio.sleep(100)
        self.assertTrue(all(0 <= each % 10 <= 5 for each in job.times))
        self.assertGreater(len(set(each % 10 for each in job.times)), 3)

    @virtual
    async def test_pause_resume_reschedule_trigger_backfill(self, scheduler, clock):
        job = Recorder(clock)
        await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=10), id="job")
        await asyncio.sleep(5)
        await scheduler.pause_schedule("job", "on holiday")
        status = await scheduler.get_schedule("job")
        self.assertEqual((status.paused, status.note, status.next_fire_time), (True, "on holiday", None))
        await scheduler.trigger_now("job")
        await asyncio.sleep(20)
        await scheduler.unpause_schedule("job")
        await asyncio.sleep(10)
        self.assertEqual(job.times, [0, 5, 30])
        await scheduler.reschedule("job", looprt.DateTrigger(START + timedelta(seconds=40)))
        await asyncio.sleep(10)
        self.assertEqual(job.times[3:], [40])
        with self.assertRaises(KeyError):
            await scheduler.get_schedule("job")  # it has fired for the last time
        number = await scheduler.add_schedule(job, looprt.IntervalTrigger(days=1, start_time=START - timedelta(days=9)))
        await scheduler.backfill(number, START - timedelta(days=3), START - timedelta(seconds=1))
        await asyncio.sleep(1)
        self.assertEqual(len(job.times), 4 + 3)

    @virtual(defaults={"max_running_jobs": 2})
    async def test_defaults_and_conflicts(self, scheduler, clock):
        job = Recorder(clock, duration=2.5)
        every = looprt.IntervalTrigger(seconds=1)
        await scheduler.add_schedule(job, every, id="a")
        with self.assertRaises(ValueError):
            await scheduler.add_schedule(job, every, id="a")
        await scheduler.add_schedule(job, every, id="a", conflict="keep")
        await asyncio.sleep(2.2)
        self.assertEqual((await scheduler.get_schedule("a")).running_jobs, 2)
        await scheduler.add_schedule(job, looprt.IntervalTrigger(days=1), id="a", conflict="replace")
        self.assertEqual([each.id for each in await scheduler.get_schedules()], ["a"])
        with self.assertRaises(TypeError):
            await scheduler.add_schedule(job, every, mis_fire=3)
        with self.assertRaises(ValueError):
            await scheduler.add_schedule(job, every, coalesce="sometimes")

    @virtual
    async def test_order_of_what_is_due_together(self, scheduler, clock):
        order = []

        async def job(name):
            order.append(name)

        due = looprt.DateTrigger(START + timedelta(seconds=1))
        for name, priority in ("second", 0), ("third", 0), ("first", -1), ("last", 1):
            await scheduler.add_schedule(job, due, args=[name], priority=priority)
        await asyncio.sleep(2)
        self.assertEqual(order, ["first", "second", "third", "last"])


class Events(unittest.TestCase):
    @virtual
    async def test_are_told(self, scheduler, clock):
        plain, awaited = [], []

        async def listen(event):
            awaited.append(event)

        async def job():
            raise KeyError("lost")

        await scheduler.add_schedule(job, looprt.DateTrigger(START + timedelta(seconds=1)), id="old")
        leave = scheduler.subscribe(plain.append)
        scheduler.subscribe(listen, ["job_finished"])
        await asyncio.sleep(2)
        self.assertEqual([event.kind for event in plain], ["job_started", "job_finished", "schedule_finished"])
        self.assertEqual({event.schedule_id for event in plain}, {"old"})
        self.assertEqual(plain[1].outcome, "error")
        self.assertIsInstance(plain[1].exception, KeyError)
        self.assertEqual(plain[1].fire_time, START + timedelta(seconds=1))
        self.assertEqual(awaited, [plain[1]])
        leave()
        await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=1))
        await asyncio.sleep(1)
        self.assertEqual(len(plain), 3)

    @virtual
    async def test_a_listener_that_raises(self, scheduler, clock):
        job = Recorder(clock)
        scheduler.subscribe(lambda event: 1 / 0, ["job_started"])
        with self.assertLogs("looprt.scheduler", logging.ERROR) as logs:
            await scheduler.add_schedule(job, looprt.IntervalTrigger(seconds=1))
            await asyncio.sleep(1.5)
        self.assertEqual(len(logs.records), 2)
        self.assertEqual(len(job.times), 2)
        with self.assertRaises(ValueError):
            scheduler.subscribe(print, ["job_exploded"])


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

    def test_on_the_user_s_loop_with_real_time(self):
        factories = [asyncio.new_event_loop]
        try:
            import uvloop
            factories.append(uvloop.new_event_loop)
        except ImportError:
            pass
        for factory in factories:
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
