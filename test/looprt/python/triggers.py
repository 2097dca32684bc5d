# RUN: %looprt-python %s
"""Triggers: when they fire, that they are values, and what is refused."""
import pickle
import unittest
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import looprt
from looprt.testing import fire_times

UTC = timezone.utc
START = datetime(2026, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


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


if __name__ == "__main__":
    unittest.main()
