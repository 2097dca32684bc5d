// What expressions mean, and what is refused.
#include "looprt/cron.h"
#include "times.h"

#include <gtest/gtest.h>

using namespace looprt;

static std::vector<std::string> next(std::string_view expression,
                                     const std::string &from, int count) {
  return fires(cron_trigger(expression), at(from), count);
}

using strings = std::vector<std::string>;

TEST(Cron, FiveFieldsStartWithTheMinuteSixWithTheSecond) {
  EXPECT_EQ(next("30 2 * * *", "2026-01-01 03:00", 1),
            strings{"2026-01-02 02:30:00"});
  EXPECT_EQ(next("15 30 2 * * *", "2026-01-01 02:30", 1),
            strings{"2026-01-01 02:30:15"});
}

TEST(Cron, KnowsListsRangesStepsAndNames) {
  EXPECT_EQ(next("0 8-12/2,20 * jan-feb Mon,WED", "2026-01-05 09:00", 4),
            (strings{"2026-01-05 10:00:00", "2026-01-05 12:00:00",
                     "2026-01-05 20:00:00", "2026-01-07 08:00:00"}));
  EXPECT_EQ(next("50/5 0 1 1 ?", "2026-01-01 00:00", 3),
            (strings{"2026-01-01 00:50:00", "2026-01-01 00:55:00",
                     "2027-01-01 00:50:00"}));
  EXPECT_EQ(next("0 0 * * FRI-SUN", "2026-01-01 00:00", 4),
            (strings{"2026-01-02 00:00:00", "2026-01-03 00:00:00",
                     "2026-01-04 00:00:00", "2026-01-09 00:00:00"}));
}

TEST(Cron, SundayIsZeroAndSeven) {
  for (const char *expression : {"0 0 * * 0", "0 0 * * 7", "0 0 * * SUN"})
    EXPECT_EQ(next(expression, "2026-01-01 00:00", 2),
              (strings{"2026-01-04 00:00:00", "2026-01-11 00:00:00"}));
}

TEST(Cron, KnowsTheLastTheNearestAndTheNth) {
  EXPECT_EQ(next("0 0 L * *", "2028-02-01 00:00", 2),
            (strings{"2028-02-29 00:00:00", "2028-03-31 00:00:00"}));
  EXPECT_EQ(next("0 0 L-2 * *", "2026-02-01 00:00", 1),
            strings{"2026-02-26 00:00:00"});
  // 1 August 2026 is a Saturday, 15 August too, 31 May a Sunday.
  EXPECT_EQ(next("0 0 1W * *", "2026-08-01 00:00", 1),
            strings{"2026-08-03 00:00:00"});
  EXPECT_EQ(next("0 0 15W * *", "2026-08-01 00:00", 1),
            strings{"2026-08-14 00:00:00"});
  EXPECT_EQ(next("0 0 LW * *", "2026-05-01 00:00", 1),
            strings{"2026-05-29 00:00:00"});
  EXPECT_EQ(next("0 0 * * FRIL", "2026-05-01 00:00", 1),
            strings{"2026-05-29 00:00:00"});
  EXPECT_EQ(next("0 0 * * 1#5", "2026-01-01 00:00", 2),
            (strings{"2026-03-30 00:00:00", "2026-06-29 00:00:00"}));
}

TEST(Cron, DayOfMonthOrDayOfWeekUnlessAStarOrAPlusSaysAnd) {
  EXPECT_EQ(next("0 0 13 * FRI", "2026-03-01 00:00", 3),
            (strings{"2026-03-06 00:00:00", "2026-03-13 00:00:00",
                     "2026-03-20 00:00:00"}));
  EXPECT_EQ(next("0 0 13 * +FRI", "2026-03-01 00:00", 2),
            (strings{"2026-03-13 00:00:00", "2026-11-13 00:00:00"}));
  EXPECT_EQ(next("0 0 */2 * FRI", "2026-03-01 00:00", 2),
            (strings{"2026-03-13 00:00:00", "2026-03-27 00:00:00"}));
}

TEST(Cron, KnowsAbbreviations) {
  EXPECT_EQ(next("@daily", "2026-01-01 00:01", 1),
            strings{"2026-01-02 00:00:00"});
  EXPECT_EQ(next("@hourly", "2026-01-01 00:01", 1),
            strings{"2026-01-01 01:00:00"});
  EXPECT_EQ(next("@weekly", "2026-01-01 00:01", 1),
            strings{"2026-01-04 00:00:00"});
  EXPECT_EQ(next("@yearly", "2026-01-01 00:01", 1),
            strings{"2027-01-01 00:00:00"});
  EXPECT_EQ(next("@annually", "2026-01-01 00:01", 1),
            strings{"2027-01-01 00:00:00"});
  EXPECT_EQ(next("@monthly", "2026-01-01 00:01", 2),
            (strings{"2026-02-01 00:00:00", "2026-03-01 00:00:00"}));
  EXPECT_EQ(next("@midnight", "2026-01-01 00:01", 1),
            strings{"2026-01-02 00:00:00"});
}

TEST(Cron, SixFieldsKnowAllThatFiveKnow) {
  EXPECT_EQ(next("*/30 59 23 L dec *", "2026-01-01 00:00", 3),
            (strings{"2026-12-31 23:59:00", "2026-12-31 23:59:30",
                     "2027-12-31 23:59:00"}));
  // 15 August 2026 is a Saturday.
  EXPECT_EQ(next("5 0 12 15W aug ?", "2026-01-01 00:00", 1),
            strings{"2026-08-14 12:00:05"});
  EXPECT_EQ(next("10,20 0 9 ? * mon#2", "2026-03-01 00:00", 3),
            (strings{"2026-03-09 09:00:10", "2026-03-09 09:00:20",
                     "2026-04-13 09:00:10"}));
  EXPECT_EQ(next("1 2 3 * * 5L", "2026-03-01 00:00", 1),
            strings{"2026-03-27 03:02:01"});
  EXPECT_EQ(next("0-1 0 0 1 1 *", "2026-01-01 00:00", 3),
            (strings{"2026-01-01 00:00:00", "2026-01-01 00:00:01",
                     "2027-01-01 00:00:00"}));
}

TEST(Cron, FindsDatesThatAreDecadesAway) {
  EXPECT_EQ(next("0 0 29 2 +MON", "2072-03-01 00:00", 1),
            strings{"2112-02-29 00:00:00"});
  EXPECT_EQ(next("0 0 29 2 *", "2096-03-01 00:00", 1),
            strings{"2104-02-29 00:00:00"});
}

static std::string refusal(std::string_view expression) {
  try {
    cron_expression::parse(expression);
  } catch (const std::invalid_argument &error) {
    return error.what();
  }
  return "accepted";
}

TEST(Cron, SaysWhatIsWrong) {
  const std::pair<const char *, const char *> cases[] = {
      {"* * * *", "4 fields where 5 or 6 belong"},
      {"60 * * * *", "minute 60 is not in 0-59"},
      {"* 24 * * *", "hour 24 is not in 0-23"},
      {"* * 0 * *", "day of month 0 is not in 1-31"},
      {"* * * FOO *", "`FOO` is no month"},
      {"* * * * 8", "day of week 8 is not in 0-7"},
      {"5-1 * * * *", "the range `5-1` runs backwards"},
      {"*/0 * * * *", "`*/0` has no step that fits a minute"},
      {"*/90 * * * *", "`*/90` has no step that fits a minute"},
      {"0 0 30 2 *", "there is no such date"},
      {"0 0 31 4,6 *", "there is no such date"},
      {"0 0 * * L", "`L` in the day of week wants to know which: `5L`"},
      {"0 0 * * 5#6", "`5#6` counts from #1 to #5"},
      {"0 0 L-31 * *", "`L-31` is not in L-0 to L-30"},
      {"@reboot", "there is no such abbreviation"},
      {", * * * *", "`` is no minute"},
      {"", "0 fields where 5 or 6 belong"},
      {"99999999999 * * * *", "`99999999999` is no minute"},
  };
  for (const auto &[expression, why] : cases)
    EXPECT_EQ(refusal(expression),
              "cron `" + std::string(expression) + "`: " + why);
}
