// Triggers one by one, daylight saving time by known dates. That no other date
// is wrong is for dst_property_test.cpp.
#include "looprt/trigger.h"
#include "times.h"

#include <gtest/gtest.h>

using namespace looprt;
using strings = std::vector<std::string>;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

static strings cron(const char *expression, const char *zone,
                    const char *from_utc, int count, dst_policy dst = {}) {
  const time_zone found = time_zone::find(zone);
  return fires(cron_trigger(expression, {.zone = found, .dst = dst}),
               at(from_utc), count, found);
}

TEST(Trigger, ADateFiresOnceEvenIfItHasPassed) {
  const trigger date = date_trigger(at("2026-01-01 00:00"));
  EXPECT_EQ(date.next(std::nullopt, at("2027-01-01 00:00")),
            at("2026-01-01 00:00"));
  EXPECT_EQ(date.next(at("2026-01-01 00:00"), at("2026-01-01 00:00")),
            std::nullopt);
}

TEST(Trigger, AnIntervalKeepsItsRhythmFromItsStart) {
  const trigger every =
      interval_trigger(minutes(7), {.start = at("2026-01-01 00:00"),
                                    .end = at("2026-01-01 00:30")});
  EXPECT_EQ(fires(every, at("2026-01-01 00:10"), 9),
            (strings{"2026-01-01 00:14:00", "2026-01-01 00:21:00",
                     "2026-01-01 00:28:00"}));
  EXPECT_THROW(interval_trigger(seconds(0)), std::invalid_argument);
}

TEST(Trigger, AnchoringFixesWhereAnIntervalStarts) {
  const trigger every =
      interval_trigger(hours(1)).anchored(at("2026-01-01 00:20"));
  EXPECT_EQ(every.next(std::nullopt, at("2026-01-01 02:00")),
            at("2026-01-01 02:20"));
}

TEST(Trigger, MissedIntervalsAreCountedWithoutStepping) {
  const trigger every =
      interval_trigger(microseconds(1), {.start = at("1970-01-01 00:00")});
  const missed_times missed =
      every.missed(at("1970-01-01 00:00"), at("2026-01-01 00:00"));
  EXPECT_EQ(missed.count, 1'767'225'600'000'000U);
  EXPECT_EQ(missed.last, at("2026-01-01 00:00"));
}

TEST(Trigger, MissedCronTimesAreCappedButTheLastIsExact) {
  const trigger every = cron_trigger("* * * * *");
  const missed_times missed =
      every.missed(at("2020-01-01 00:00"), at("2026-01-01 00:00:30"));
  EXPECT_TRUE(missed.capped);
  EXPECT_EQ(missed.count, 1000U);
  EXPECT_EQ(missed.last, at("2026-01-01 00:00"));
}

// APScheduler loses the day after the clocks go forward.
TEST(Trigger, BerlinKeepsTheMidnightAfterTheGap) {
  EXPECT_EQ(cron("0 0 * * *", "Europe/Berlin", "2026-03-27 23:00", 4),
            (strings{"2026-03-28 00:00:00", "2026-03-29 00:00:00",
                     "2026-03-30 00:00:00", "2026-03-31 00:00:00"}));
  EXPECT_EQ(cron("30 0 * * *", "Europe/Berlin", "2026-03-28 23:00", 2),
            (strings{"2026-03-29 00:30:00", "2026-03-30 00:30:00"}));
}

TEST(Trigger, AFixedTimeInAGapFiresAfterItOnce) {
  EXPECT_EQ(cron("30 2 * * *", "Europe/Berlin", "2026-03-28 12:00", 2),
            (strings{"2026-03-29 03:00:00", "2026-03-30 02:30:00"}));
  EXPECT_EQ(cron("0,30 2,3 * * *", "Europe/Berlin", "2026-03-28 12:00", 3),
            (strings{"2026-03-29 03:00:00", "2026-03-29 03:30:00",
                     "2026-03-30 02:00:00"}));
  EXPECT_EQ(cron("30 2 * * *", "Europe/Berlin", "2026-03-28 12:00", 1,
                 {.gap = dst_gap::skip}),
            strings{"2026-03-30 02:30:00"});
}

TEST(Trigger, AFixedTimeInAnOverlapFiresAsThePolicySays) {
  const char *from = "2026-10-24 12:00";
  const trigger once =
      cron_trigger("30 2 * * *", {.zone = time_zone::find("Europe/Berlin")});
  EXPECT_EQ(once.next(std::nullopt, at(from)), at("2026-10-25 00:30"));
  EXPECT_EQ(cron("30 2 * * *", "Europe/Berlin", from, 2),
            (strings{"2026-10-25 02:30:00", "2026-10-26 02:30:00"}));
  EXPECT_EQ(cron("30 2 * * *", "Europe/Berlin", from, 3,
                 {.overlap = dst_overlap::both}),
            (strings{"2026-10-25 02:30:00", "2026-10-25 02:30:00",
                     "2026-10-26 02:30:00"}));
  const trigger second =
      cron_trigger("30 2 * * *", {.zone = time_zone::find("Europe/Berlin"),
                                  .dst = {.overlap = dst_overlap::second}});
  EXPECT_EQ(second.next(std::nullopt, at(from)), at("2026-10-25 01:30"));
}

TEST(Trigger, ARhythmKeepsItsRealPace) {
  const time_zone berlin = time_zone::find("Europe/Berlin");
  const trigger quarter = cron_trigger("*/15 * * * *", {.zone = berlin});
  for (const char *day : {"2026-03-29 00:00", "2026-10-25 00:00"}) {
    wall_time time = at(day);
    for (int step = 0; step < 20; ++step, time += minutes(15))
      ASSERT_EQ(quarter.next(time, time), time + minutes(15));
  }
  // Minutes of an hour that does not exist are not made up for.
  EXPECT_EQ(cron("* 2 * * *", "Europe/Berlin", "2026-03-29 00:59", 1),
            strings{"2026-03-30 02:00:00"});
}

TEST(Trigger, LordHoweMovesByHalfAnHour) {
  // 2:00 becomes 2:30, which is no full hour.
  EXPECT_EQ(cron("0 * * * *", "Australia/Lord_Howe", "2026-10-03 14:30", 3),
            (strings{"2026-10-04 01:00:00", "2026-10-04 03:00:00",
                     "2026-10-04 04:00:00"}));
  EXPECT_EQ(
      cron("10,35,40 2 * * *", "Australia/Lord_Howe", "2026-10-03 13:00", 3),
      (strings{"2026-10-04 02:30:00", "2026-10-04 02:35:00",
               "2026-10-04 02:40:00"}));
}

TEST(Trigger, ADayThatDoesNotExistHasNoFireTime) {
  EXPECT_EQ(cron("0 12 * * *", "Pacific/Apia", "2011-12-29 00:00", 3),
            (strings{"2011-12-29 12:00:00", "2011-12-31 12:00:00",
                     "2012-01-01 12:00:00"}));
}

TEST(Trigger, ACalendarIntervalCountsFromItsStart) {
  const trigger monthly =
      trigger::parse("calendar(months=1, at=09:00:00, start=2026-01-31)");
  EXPECT_EQ(fires(monthly, at("2026-01-01 00:00"), 3),
            (strings{"2026-01-31 09:00:00", "2026-03-31 09:00:00",
                     "2026-05-31 09:00:00"}));
  EXPECT_EQ(fires(monthly, at("2126-02-01 00:00"), 1),
            strings{"2126-03-31 09:00:00"});
  const trigger leap = trigger::parse("calendar(years=1, start=2024-02-29)");
  EXPECT_EQ(fires(leap, at("2024-03-01 00:00"), 2),
            (strings{"2028-02-29 00:00:00", "2032-02-29 00:00:00"}));
}

TEST(Trigger, ACalendarIntervalAddsItsParts) {
  const trigger fortnight = trigger::parse(
      "calendar(weeks=2, at=08:15:30, start=2026-02-20, end=2026-03-31)");
  EXPECT_EQ(fires(fortnight, at("2026-01-01 00:00"), 9),
            (strings{"2026-02-20 08:15:30", "2026-03-06 08:15:30",
                     "2026-03-20 08:15:30"}));
  const trigger mixed =
      trigger::parse("calendar(years=1, months=1, days=1, start=2026-01-01)");
  EXPECT_EQ(fires(mixed, at("2026-01-02 00:00"), 2),
            (strings{"2027-02-02 00:00:00", "2028-03-03 00:00:00"}));
}

TEST(Trigger, ACalendarIntervalKeepsItsLocalTime) {
  const trigger daily = trigger::parse("calendar(days=1, at=02:30:00, "
                                       "start=2026-03-28, "
                                       "zone=\"Europe/Berlin\")");
  EXPECT_EQ(
      fires(daily, at("2026-03-28 00:00"), 3, time_zone::find("Europe/Berlin")),
      (strings{"2026-03-28 02:30:00", "2026-03-29 03:00:00",
               "2026-03-30 02:30:00"}));
}

TEST(Trigger, AndMeetsOrMerges) {
  const trigger both = trigger::parse(
      "and(cron(\"0 0 13 * *\"), cron(\"0 0 * * FRI\"), threshold=0s)");
  EXPECT_EQ(fires(both, at("2026-01-01 00:00"), 3),
            (strings{"2026-02-13 00:00:00", "2026-03-13 00:00:00",
                     "2026-11-13 00:00:00"}));
  const trigger either =
      trigger::parse("or(cron(\"0 */2 * * *\"), cron(\"0 */3 * * *\"))");
  EXPECT_EQ(fires(either, at("2026-01-01 01:00"), 4),
            (strings{"2026-01-01 02:00:00", "2026-01-01 03:00:00",
                     "2026-01-01 04:00:00", "2026-01-01 06:00:00"}));
  const trigger never = trigger::parse(
      "and(cron(\"0 0 * * *\"), cron(\"30 0 * * *\"), threshold=1m)");
  EXPECT_EQ(never.at_or_after(at("2026-01-01 00:00")), std::nullopt);
}

TEST(Trigger, ItsTextIsReadBackAsTheSame) {
  for (const char *text : {
           "date(2026-03-29T01:30:00.250000Z)",
           "interval(1d2h3m4s5ms6us)",
           "interval(30s, start=2026-01-01T00:00:00Z, "
           "end=2027-01-01T00:00:00Z)",
           "cron(\"30 2 * * *\")",
           "cron(\"@daily\", zone=\"Europe/Berlin\", gap=skip, overlap=both, "
           "start=2026-01-01T00:00:00Z)",
           "cron(\"0 0 L * *\", zone=\"UTC-03:30\", overlap=second)",
           "calendar(months=1, days=2, at=02:30:00, start=2026-01-31, "
           "end=2030-01-01, zone=\"Asia/Tokyo\")",
           "and(interval(5s), or(interval(6s), interval(7s)), threshold=1s)",
       })
    EXPECT_EQ(trigger::parse(text).text(), text);
}

TEST(Trigger, SaysWhatCannotBeRead) {
  const std::pair<const char *, const char *> cases[] = {
      {"", "trigger ``, column 1: a word belongs here"},
      {"date", "trigger `date`: this is not of the form `name(…)`"},
      {"date(today)", "trigger `date`: `today` cannot be read"},
      {"moon(1)", "trigger `moon`: there is no such trigger"},
      {"interval(1s, phase=2s)",
       "trigger `interval`: there is no argument `phase`"},
      {"interval(1s", "trigger `interval(1s`, column 12: `)` belongs here"},
      {"cron(\"* * * * *\", zone=Mars)", "there is no time zone `Mars`"},
      {"calendar(at=01:00:00)",
       "a calendar interval must be longer than nothing"},
  };
  for (const auto &[text, why] : cases)
    try {
      trigger::parse(text);
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument &error) {
      EXPECT_EQ(std::string(error.what()), why);
    }
  std::string nested;
  for (int level = 0; level < 1000; ++level)
    nested += "or(";
  EXPECT_THROW(trigger::parse(nested), std::invalid_argument);
}
