# RUN: %looprt-python -m pytest -c /dev/null -q -p no:cacheprovider %s
"""The fixture for pytest: a program's day, in no time."""
import asyncio
from datetime import datetime, timezone

import looprt

pytest_plugins = ["looprt.testing"]


def test_a_day(virtual_clock):
    ran = []

    async def job():
        ran.append(virtual_clock.now().hour)

    async def main():
        async with looprt.Scheduler(clock=virtual_clock) as scheduler:
            await scheduler.add_schedule(job, looprt.CronTrigger(hour="*/6", minute=0, timezone="UTC"))
            await asyncio.sleep(86399)

    virtual_clock.run(main)
    assert ran == [0, 6, 12, 18]
    assert virtual_clock.now() == datetime(2026, 1, 1, 23, 59, 59, tzinfo=timezone.utc)
