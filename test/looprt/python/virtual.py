"""What the tests of the scheduler share: a test in virtual time, and a job that notes when it runs."""
import asyncio
import functools
from datetime import datetime, timezone

import looprt
from looprt.testing import VirtualClock

START = datetime(2026, 1, 1, tzinfo=timezone.utc)


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
