# RUN: %looprt-python %s
"""The interfaces of aiodataloader and APScheduler 3 over looprt."""
import asyncio
import logging
import unittest
from datetime import date, datetime, timedelta, timezone

import looprt
from looprt.compat import aiodataloader
from looprt.compat import apscheduler as compat
from looprt.compat.apscheduler_triggers import cron, trigger_of
from looprt.testing import VirtualClock, fire_times

UTC = timezone.utc
START = datetime(2026, 1, 1, tzinfo=UTC)  # a Thursday


class Loader(aiodataloader.DataLoader):
    def __init__(self, **options):
        super().__init__(**options)
        self.calls = []

    async def batch_load_fn(self, keys):
        self.calls.append(list(keys))
        return [ValueError(key) if key == "bad" else key * 2 for key in keys]


class AioDataLoader(unittest.TestCase):
    def test_works_without_a_scope_and_on_a_second_loop(self):
        loader = Loader()  # made while no loop runs

        async def main():
            values = await asyncio.gather(loader.load(1), loader.load(2), loader.load_many([1, 3]))
            return values, await loader.load(1)

        self.assertEqual([asyncio.run(main()), asyncio.run(main())], [([2, 4, [2, 6]], 2)] * 2)
        self.assertEqual(loader.calls, [[1, 2, 3]] * 2)

    def test_arguments_and_methods(self):
        async def load(keys):
            return [key["id"] for key in keys]

        async def main():
            kept = {}
            loader = aiodataloader.DataLoader(load, True, 2, True, lambda key: key["id"], kept, asyncio.get_running_loop())
            self.assertEqual(await loader.load_many([{"id": 1}, {"id": 2}, {"id": 3}]), [1, 2, 3])
            self.assertEqual(set(kept), {1, 2, 3})
            self.assertIs(loader.clear({"id": 1}).prime({"id": 1}, "one"), loader)
            self.assertEqual(await loader.load({"id": 1}), "one")
            loader.clear_all()
            self.assertEqual(kept, {})
            with self.assertRaises(TypeError):
                loader.load()

        asyncio.run(main())

    def test_errors_are_cached_and_a_time_out_is_not(self):
        async def main():
            loader = Loader()
            for _ in range(2):
                with self.assertRaises(ValueError):
                    await loader.load("bad")
            self.assertEqual(loader.calls, [["bad"]])
            other = loader.load(1)
            loader.load(1).cancel()
            self.assertEqual(await other, 2)

        asyncio.run(main())

    def test_inside_a_scope_it_is_bound_to_it(self):
        async def main():
            loader = Loader()
            for _ in range(2):
                async with looprt.loader_scope():
                    await loader.load(1)
            return loader.calls

        self.assertEqual(asyncio.run(main()), [[1], [1]])


class Cron(unittest.TestCase):
    def days(self, count=14, **fields):
        trigger = cron(fields, UTC, {})
        return [(each.day, each.hour, each.minute) for each in fire_times(trigger, START, START + timedelta(days=count))]

    def test_less_significant_fields_start_at_their_minimum(self):
        self.assertEqual(self.days(2, hour=5), [(1, 5, 0), (2, 5, 0)])
        self.assertEqual(self.days(2, day=2), [(2, 0, 0)])
        self.assertEqual(len(self.days(1, minute="*/20", hour=3)), 3)

    def test_the_week_begins_with_monday(self):
        self.assertEqual(self.days(day_of_week=0), [(5, 0, 0), (12, 0, 0)])
        self.assertEqual(self.days(day_of_week="mon-wed", hour=1), [(day, 1, 0) for day in (5, 6, 7, 12, 13, 14)])
        self.assertEqual(self.days(day_of_week="5,6"), [(day, 0, 0) for day in (3, 4, 10, 11)])

    def test_days_of_the_month(self):
        self.assertEqual(self.days(40, day="last"), [(31, 0, 0)])
        self.assertEqual(self.days(20, day="2nd fri"), [(9, 0, 0)])
        self.assertEqual(self.days(31, day="last fri"), [(30, 0, 0)])
        self.assertEqual(self.days(30, day="1-7", day_of_week="sun"), [(4, 0, 0)])  # both, as APScheduler has it

    def test_what_is_not_there(self):
        for fields in {"year": 2027}, {"week": 5}:
            with self.assertRaises(ValueError):
                cron(fields, UTC, {})
        with self.assertRaises(TypeError):
            cron({"hours": 5}, UTC, {})

    def test_other_triggers(self):
        self.assertEqual(trigger_of("date", {"run_date": "2026-01-02 03:04:05"}, UTC, START),
                         looprt.DateTrigger(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)))
        self.assertEqual(trigger_of("date", {"run_date": date(2026, 1, 2)}, "Europe/Berlin", START),
                         looprt.DateTrigger(datetime(2026, 1, 1, 23, tzinfo=UTC)))
        self.assertEqual(trigger_of("interval", {"minutes": 5, "start_date": START}, UTC, START),
                         looprt.IntervalTrigger(minutes=5, start_time=START))
        self.assertEqual(trigger_of("interval", {"minutes": 5}, UTC, START),
                         looprt.IntervalTrigger(minutes=5, start_time=START + timedelta(minutes=5)))


class AsyncIOScheduler(unittest.TestCase):
    def run_virtual(self, function):
        clock = VirtualClock(START)

        async def main():
            scheduler = compat.AsyncIOScheduler(clock=clock, timezone="UTC")
            await function(scheduler, clock)
            await scheduler.shutdown_async(grace=0)

        clock.run(main)

    def test_jobs(self):
        ran = []

        async def job(name, key=None):
            ran.append((name, key))

        async def program(scheduler, clock):
            scheduler.add_job(job, "interval", args=["early"], seconds=4, id="early")
            scheduler.start()

            @scheduler.scheduled_job("cron", hour=1, args=["cron"], kwargs={"key": 1})
            async def unused(name, key):
                ran.append((name, key))

            handle = scheduler.add_job(job, "date", run_date=START + timedelta(seconds=5), args=["once"])
            await asyncio.sleep(9)
            self.assertEqual([name for name, _ in ran], ["early", "once", "early"])
            self.assertIsNone(scheduler.get_job(handle.id))
            scheduler.pause_job("early")
            await asyncio.sleep(3600)
            self.assertEqual(ran[3:], [("cron", 1)])
            scheduler.resume_job("early")
            early = scheduler.get_job("early")
            self.assertIsNotNone(early.next_run_time)
            early.reschedule("interval", hours=2)
            scheduler.remove_job("early")
            self.assertEqual(len(scheduler.get_jobs()), 1)
            with self.assertRaises(compat.JobLookupError):
                scheduler.pause_job("early")

        self.run_virtual(program)

    def test_listeners(self):
        heard = []

        async def fails():
            raise KeyError("x")

        async def listen(event):
            heard.append((event.job_id, type(event.exception)))

        async def program(scheduler, clock):
            scheduler.add_listener(listen, compat.EVENT_JOB_ERROR)
            scheduler.start()
            scheduler.add_job(fails, "date", run_date=START + timedelta(seconds=1), id="fails")
            with self.assertLogs("looprt.compat.apscheduler", logging.ERROR):
                await asyncio.sleep(2)

        self.run_virtual(program)
        self.assertEqual(heard, [("fails", KeyError)])

    def test_misuse(self):
        async def job():
            pass

        with self.assertRaises(looprt.LoopMisuseError) as raised:
            compat.AsyncIOScheduler().start()
        self.assertEqual(raised.exception.code, "LOOP304")

        async def program(scheduler, clock):
            for code, function, options in (("LOOP301", lambda: asyncio.run(job()), {}),
                                            ("LOOP303", job, {"executor": "threadpool"})):
                with self.assertRaises(looprt.RefusedCallableError) as raised:
                    scheduler.add_job(function, "interval", seconds=1, **options)
                self.assertEqual(raised.exception.code, code)

        self.run_virtual(program)

    def test_plain_functions_run_on_threads(self):
        import threading
        seen = []

        async def main():
            scheduler = compat.AsyncIOScheduler()
            scheduler.add_job(lambda: seen.append(threading.current_thread()), "date")
            scheduler.start()
            for _ in range(2000):
                if seen:
                    break
                await asyncio.sleep(0.01)
            await scheduler.shutdown_async()

        asyncio.run(main())
        self.assertIsNot(seen[0], threading.main_thread())


if __name__ == "__main__":
    unittest.main()
