# RUN: %looprt-python %s %build
"""The same scenario on the C++ scheduler and on this one, both in virtual time, tells the same events at the same times.

A scenario is a list of steps, each at an offset in microseconds from its start:

    scenario NUMBER START
    OFFSET add NAME LENGTH OUTCOME|TRIGGER|OPTIONS     a schedule whose jobs take LENGTH microseconds
    OFFSET job LENGTH OUTCOME                          a job of its own
    OFFSET remove|pause|resume|reschedule|trigger|backfill NAME …
    OFFSET suspend SPAN                                the machine sleeps
    OFFSET set SPAN                                    somebody sets the wall clock, forward or back
    OFFSET stop GRACE
    end

Lengths and offsets are round on purpose: many things happen at the same instant, and have to happen in the same order.
"""
import asyncio
import itertools
import logging
import pathlib
import random
import subprocess
import sys
import unittest

import looprt
from looprt.schedules import native_options
from looprt.testing import VirtualClock
from looprt.triggers import moment_of, parse_trigger

build = pathlib.Path(sys.argv.pop(1))
COUNT = 300
SECOND = 1_000_000
# An ordinary day, and hours before clocks change: Berlin forward and back, New York forward, Lord Howe by half an hour.
STARTS = [1_767_225_600, 1_774_742_400, 1_792_886_400, 1_772_949_600, 1_775_314_800]
OPTIONS = {}  # by their text, which is what C++ reads
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]


class Writer:
    """Makes one scenario. What it makes depends on the number alone."""

    def __init__(self, number):
        self.chance = random.Random(number)
        self.start = self.chance.choice(STARTS) * SECOND
        self.length = self.chance.choice([60, 600, 7200, 86_400, 5 * 86_400]) * SECOND
        self.names = [f"s{at}" for at in range(self.chance.randint(1, 7))]
        self.steps = [(0, self.add(name)) for name in self.names]
        for _ in range(self.chance.randint(0, 12)):
            self.steps.append((self.offset(), self.step()))
        self.steps.sort(key=lambda step: step[0])
        self.steps.append((self.length, f"stop {self.chance.choice([0, 1, 5, 30]) * SECOND}"))

    def offset(self):
        return self.chance.randint(0, 60) * self.length // 60

    def zone(self):
        return self.chance.choice(ZONES)

    def trigger(self, depth=0):
        chance, step = self.chance, self.length // SECOND // self.chance.choice([1, 3, 10, 40])
        kind = chance.choice(["interval", "interval", "cron", "cron", "date", "calendar", "or", "and"][:8 - 2 * depth])
        if kind == "interval":
            return looprt.IntervalTrigger(seconds=max(1, step), start_time=chance.choice([None, self.moment()]))
        if kind == "cron":
            daily = ["0 * * * *", "30 2 * * *", "0 0 * * *", "5 1,2,3 * * *", "15 2 * * SUN", "0 3 L * *"]
            often = ["*/20 * * * * *"] if self.length < 7200 * SECOND else ["* * * * *", "*/7 * * * *"]
            text = chance.choice(daily + often if self.length <= 86_400 * SECOND else daily)
            return looprt.CronTrigger.from_crontab(text, timezone=self.zone(), dst_gap=chance.choice(["run_after", "skip"]),
                                                   dst_overlap=chance.choice(["first", "both", "second"]))
        if kind == "date":
            return looprt.DateTrigger(self.moment())
        if kind == "calendar":
            return looprt.CalendarIntervalTrigger(days=chance.randint(1, 3), hour=chance.randint(0, 4), minute=30,
                                                  timezone=self.zone())
        parts = [self.trigger(depth + 1), self.trigger(depth + 1)]
        return looprt.OrTrigger(parts) if kind == "or" else looprt.AndTrigger(parts, threshold=self.chance.choice([1, 60]))

    def moment(self):
        return moment_of(self.start + self.chance.randint(-5, 65) * self.length // 60)

    def options(self):
        chance = self.chance
        every = {
            "misfire_grace_time": [1, 60], "catchup_window": [10, 600], "coalesce": ["latest", "earliest", "all"],
            "overlap": ["skip", "buffer_one", "buffer_all", "cancel_other", "allow_all"], "max_running_jobs": [1, 2, 3],
            "max_waiting_jobs": [1, 4], "jitter": [3], "priority": [-2, 5], "pause_on_failure": [True],
            "conflict": ["refuse", "replace", "keep"], "start_time": [self.moment()], "end_time": [self.moment()],
        }
        chosen = {name: chance.choice(values) for name, values in every.items() if chance.random() < 0.3}
        text = native_options(chosen).text()
        OPTIONS[text] = chosen
        return text

    def work(self):
        length = self.chance.choice([0, 0, 1, 5, 20, self.length // SECOND // 30, self.length // SECOND // 9]) * SECOND
        return f"{length} {self.chance.choice(['success', 'success', 'success', 'error'])}"

    def add(self, name):
        return f"add {name} {self.work()}|{self.trigger().text}|{self.options()}"

    def step(self):
        name, chance = self.chance.choice(self.names), self.chance
        verb = chance.choice(["add", "job", "remove", "pause", "resume", "resume", "reschedule", "trigger", "trigger", "backfill",
                              "suspend", "set"])
        if verb == "add":
            return self.add(name)
        if verb == "job":
            return f"job {self.work()}"
        if verb == "suspend":
            return f"suspend {chance.randint(1, 20) * self.length // 60}"
        if verb == "set":
            return f"set {chance.randint(-10, 10) * self.length // 60}"
        if verb == "pause":
            return f"pause {name} maintenance"
        if verb == "resume":
            return f"resume {name}" + chance.choice(["", f" {self.offset()}"])
        if verb == "reschedule":
            return f"reschedule {name} {self.trigger().text}"
        if verb == "backfill":
            first = self.offset()
            return f"backfill {name} {first} {first + self.length // 20}"
        return f"{verb} {name}"

    def text(self, number):
        lines = [f"{offset} {step}" for offset, step in self.steps]
        return "\n".join([f"scenario {number} {self.start}", *lines, "end"])


async def work(length, outcome):
    await asyncio.sleep(length / SECOND)
    if outcome == "error":
        raise RuntimeError("as it was told")


class Player:
    """Plays one scenario; `log` is what the C++ program prints for it."""

    def __init__(self, scenario):
        first, *steps, _ = scenario.split("\n")
        self.log = []
        self.start = int(first.split()[2])
        self.clock = VirtualClock(moment_of(self.start))
        self.steps = [(int(offset), verb, rest) for offset, verb, rest in (step.split(" ", 2) for step in steps)]
        self.clock.run(self.play)

    async def play(self):
        self.scheduler = looprt.Scheduler(clock=self.clock)
        self.scheduler.subscribe(self.hear)
        self.scheduler.start()
        for offset, verb, rest in self.steps:
            delay = self.start + offset - self.clock()
            if delay > 0:
                await asyncio.sleep(delay / SECOND)
            await getattr(self, verb, self.ask)(*([rest] if hasattr(self, verb) else [verb, *rest.split(" ", 1)]))

    def hear(self, event):
        words = [self.offset(event.time), event.kind, event.schedule_id or "-", event.job_id or 0]
        if event.fire_time is not None:
            words.append(self.offset(event.fire_time))
        words.append(event.count)
        words += [word for word in (event.outcome, event.note) if word]
        self.log.append(" ".join(map(str, words)))

    def offset(self, moment):
        return looprt.triggers.micros(moment) - self.start

    def moment(self, offset):
        return moment_of(self.start + int(offset))

    async def add(self, rest):
        words, trigger, options = rest.split("|")
        name, length, outcome = words.split()
        try:
            await self.scheduler.add_schedule(work, parse_trigger(trigger), args=[int(length), outcome], id=name,
                                              **OPTIONS[options])
        except ValueError:
            self.log.append(f"conflict {name}")

    async def job(self, rest):
        length, outcome = rest.split()
        future = await self.scheduler.add_job(work, args=[int(length), outcome])
        future.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def suspend(self, rest):
        self.clock.advance(int(rest) / SECOND)

    async def set(self, rest):
        self.clock.set_wall(moment_of(self.clock() + int(rest)))

    async def stop(self, rest):
        cancelled = await self.scheduler.stop(grace=int(rest) / SECOND)
        self.log.append(f"{self.clock() - self.start} stopped {len(cancelled)}")

    async def ask(self, verb, name, rest=""):
        scheduler = self.scheduler
        try:
            if verb == "remove":
                await scheduler.remove_schedule(name)
            elif verb == "pause":
                await scheduler.pause_schedule(name, rest)
            elif verb == "resume":
                await scheduler.unpause_schedule(name, self.moment(rest) if rest else None)
            elif verb == "reschedule":
                await scheduler.reschedule(name, parse_trigger(rest))
            elif verb == "trigger":
                await scheduler.trigger_now(name)
            else:
                await scheduler.backfill(name, *map(self.moment, rest.split()))
        except KeyError:
            self.log.append(f"nobody {name}")


class Differential(unittest.TestCase):
    def test_both_tell_the_same(self):
        scenarios = [Writer(number).text(number) for number in range(COUNT)]
        said = subprocess.run([build / "bin/looprt-scenario"], input="\n".join(scenarios), stdout=subprocess.PIPE, text=True,
                              check=True).stdout
        logs = [log.split("\n")[1:-1] for log in said.split("scenario ")[1:]]
        self.assertEqual(len(logs), COUNT)
        logging.disable(logging.ERROR)
        self.addCleanup(logging.disable, logging.NOTSET)
        events = 0
        for scenario, expected in zip(scenarios, logs):
            log = Player(scenario).log
            if log != expected:
                at = next(at for at, (ours, theirs) in enumerate(itertools.zip_longest(log, expected)) if ours != theirs)
                near = slice(max(0, at - 5), at + 3)
                self.fail("\n".join([scenario, f"C++, from line {at} on:", *expected[near], "Python:", *log[near]]))
            events += len(log)
        # A generator that makes empty scenarios compares nothing.
        self.assertGreater(events, 20 * COUNT)


if __name__ == "__main__":
    unittest.main()
