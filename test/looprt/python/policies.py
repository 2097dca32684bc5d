# RUN: %looprt-python %s
"""The options of schedules, and the events that are told, in virtual time."""
import asyncio
import logging
import unittest
from datetime import timedelta

import looprt
from virtual import START, virtual, Recorder


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
    async def test_each_kind_is_told(self, scheduler, clock):
        told, job = [], Recorder(clock, duration=1.5)
        scheduler.subscribe(told.append)
        every = looprt.IntervalTrigger(seconds=1, start_time=START + timedelta(seconds=1))
        await scheduler.add_schedule(job, every, id="skips", misfire_grace_time=0.5)
        await scheduler.add_schedule(job, every, id="waits", overlap="buffer_one")
        await scheduler.add_schedule(job, every, id="cancels", overlap="cancel_other")
        await asyncio.sleep(2.2)
        await scheduler.pause_schedule("skips", "note")
        await scheduler.unpause_schedule("skips")
        await scheduler.remove_schedule("waits")
        await scheduler.remove_schedule("cancels")
        await asyncio.sleep(0.5)
        clock.advance(3.5)  # the machine slept
        await asyncio.sleep(0.1)
        await scheduler.add_schedule(job, looprt.DateTrigger(clock.now()), id="once")
        await asyncio.sleep(2)
        by_kind = {}
        for event in told:
            by_kind.setdefault(event.kind, []).append(event)
        self.assertEqual(set(by_kind), set(looprt.EVENT_KINDS))
        self.assertEqual({event.schedule_id for event in by_kind["job_skipped"]}, {"skips"})
        self.assertIn("waits", {event.schedule_id for event in by_kind["job_waiting"]})
        self.assertEqual({event.schedule_id for event in by_kind["job_cancelled"]}, {"cancels"})
        self.assertEqual([event.schedule_id for event in by_kind["schedule_finished"]], ["once"])
        self.assertEqual([event.note for event in by_kind["schedule_paused"]], ["note"])
        self.assertEqual([event.count for event in by_kind["job_missed"]], [3])

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


if __name__ == "__main__":
    unittest.main()
