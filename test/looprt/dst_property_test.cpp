// No clock change of any zone loses or doubles a fire time. All zones of the
// IANA database, all their changes from 1970 to 2037, three independent
// opinions:
//
//   the trigger      walks through periods, forward and from anywhere
//   the watcher      looks at the local clock minute by minute, as cron does,
//                    and remembers what it has seen
//   the day          one fire time for each local day that exists, by date's
//                    own conversion from local time
#include "times.h"

#include <date/tz.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <map>
#include <random>

using namespace looprt;
using namespace std::chrono;

namespace {

/// Numbers below 64, as bits. None means any.
struct numbers {
  constexpr numbers(std::initializer_list<int> given) {
    for (const int number : given)
      bits |= std::uint64_t{1} << number;
  }
  bool has(unsigned number) const {
    return bits == 0 || (bits >> number & 1) != 0;
  }

  std::uint64_t bits = 0;
};

struct expression {
  const char *text;
  numbers hours;
  numbers minutes;
  bool fixed;

  bool matches(local_seconds time) const {
    const auto of_day =
        static_cast<unsigned>((time - floor<days>(time)).count());
    const unsigned minute = of_day / 60;
    return minutes.has(minute % 60) && hours.has(minute / 60) &&
           of_day % 60 == 0;
  }
};

const expression expressions[] = {
    {"0 0 * * *", {0}, {0}, true},
    {"30 0 * * *", {0}, {30}, true},
    {"30 2 * * *", {2}, {30}, true},
    {"0,10,40 1,2,3,23 * * *", {1, 2, 3, 23}, {0, 10, 40}, true},
    {"59 23 * * *", {23}, {59}, true},
    {"*/15 * * * *", {}, {0, 15, 30, 45}, false},
    {"0 * * * *", {}, {0}, false},
    {"* 2 * * *", {2}, {}, false},
};

/// A few days around one clock change.
struct window {
  time_zone zone;
  sys_seconds begin;
  sys_seconds end;

  seconds step() const {
    for (sys_seconds at = begin; at < end;) {
      const time_zone::period period = zone.period_at(at);
      if (period.offset % minutes(1) != seconds(0) ||
          period.begin.time_since_epoch() % minutes(1) != seconds(0))
        return seconds(1);
      at = period.end;
    }
    return minutes(1);
  }
};

using instants = std::vector<wall_time>;

/// What somebody sees who watches the clock on the wall.
class watcher {
public:
  watcher(const expression &what, const window &where)
      : what(what), where(where) {
    // One that has watched the two days before as well.
    for (sys_seconds at = where.begin - days(2); at < where.begin;
         at += minutes(1))
      mark = std::max(mark, local(at));
  }

  instants watch() {
    instants fires;
    const seconds step = where.step();
    for (sys_seconds at = where.begin; at < where.end; at += step) {
      const local_seconds seen = local(at);
      if (fires_at(seen, step))
        fires.push_back(at);
      mark = std::max(mark, seen);
    }
    return fires;
  }

private:
  /// \p at goes forward.
  local_seconds local(sys_seconds at) {
    if (!period || at >= period->end)
      period = where.zone.period_at(at);
    return period->local(at);
  }

  bool fires_at(local_seconds local, seconds step) const {
    if (!what.fixed)
      return what.matches(local);
    if (local <= mark)
      return false; // seen before
    for (local_seconds skipped = mark + step; skipped < local; skipped += step)
      if (what.matches(skipped) && day_is_seen(floor<days>(skipped), local))
        return true;
    return what.matches(local);
  }

  bool day_is_seen(local_days day, local_seconds local) const {
    return mark >= day || local < day + days(1);
  }

  const expression &what;
  const window &where;
  std::optional<time_zone::period> period;
  local_seconds mark = local_seconds::min();
};

instants walk(const trigger &trigger, const window &where) {
  instants fires;
  std::optional<wall_time> time = trigger.at_or_after(where.begin);
  while (time && *time < where.end) {
    if (!fires.empty() && *time <= fires.back()) {
      ADD_FAILURE() << "not increasing at " << date_trigger(*time).text();
      break;
    }
    fires.push_back(*time);
    time = trigger.next(*time, *time);
  }
  return fires;
}

std::string text(const instants &fires) {
  std::string text;
  for (const wall_time time : fires)
    text += date_trigger(time).text() + '\n';
  return text;
}

void expect_same(const instants &fires, const instants &expected) {
  if (fires != expected) {
    EXPECT_EQ(text(fires), text(expected));
  }
}

/// From wherever one asks, the answer is the next of \p fires.
void expect_resumable(const trigger &trigger, const instants &fires,
                      const window &where, std::mt19937 &random) {
  if (fires.empty())
    return;
  const auto length = static_cast<unsigned>((where.end - where.begin).count());
  for (int sample = 0; sample < 12; ++sample) {
    const wall_time from = where.begin + seconds(random() % length);
    const auto next = std::lower_bound(fires.begin(), fires.end(), from);
    if (next == fires.end())
      continue;
    ASSERT_EQ(trigger.at_or_after(from), *next)
        << "resumed at " << date_trigger(from).text();
  }
}

/// A time of day, on every day that exists.
void expect_each_day_once(const expression &what, const instants &fires,
                          const window &where) {
  const local_days first =
      floor<days>(where.zone.period_at(where.begin).local(where.begin));
  instants expected;
  for (local_days day = first - days(2); day < first + days(9);
       day += days(1)) {
    if (where.zone.lacks(day))
      continue;
    for (minutes time{}; time < days(1); time += minutes(1))
      if (what.matches(day + time))
        expected.push_back(where.zone.instants_of(day + time).first);
  }
  std::sort(expected.begin(), expected.end());
  expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
  std::erase_if(expected, [&](wall_time time) {
    return time < where.begin || time >= where.end;
  });
  expect_same(fires, expected);
}

/// The same for what is asked for by other policies, and by a calendar
/// interval.
struct other_way {
  dst_policy dst;
  const char *arguments;
};

const other_way other_ways[] = {
    {{}, ""},
    {{.gap = dst_gap::skip}, ", gap=skip"},
    {{.overlap = dst_overlap::both}, ", overlap=both"},
    {{.gap = dst_gap::skip, .overlap = dst_overlap::second},
     ", gap=skip, overlap=second"},
};

/// When the clocks of the zone show \p time on \p day, as \p dst has it.
void add_instants(const time_zone &zone, local_seconds time,
                  const dst_policy &dst, instants &times) {
  const time_zone::instants found = zone.instants_of(time);
  if (found.in_gap && dst.gap == dst_gap::skip)
    return;
  if (dst.overlap != dst_overlap::second)
    times.push_back(found.first);
  if (dst.overlap != dst_overlap::first)
    times.push_back(found.second);
}

instants expected_instants(const window &where, seconds time,
                           const dst_policy &dst) {
  const local_days first =
      floor<days>(where.zone.period_at(where.begin).local(where.begin));
  instants expected;
  for (local_days day = first - days(2); day < first + days(9); day += days(1))
    if (!where.zone.lacks(day))
      add_instants(where.zone, day + time, dst, expected);
  std::sort(expected.begin(), expected.end());
  expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
  std::erase_if(expected, [&](wall_time at) {
    return at < where.begin || at >= where.end;
  });
  return expected;
}

/// One time of the day, to the second.
void check_other_ways(const window &where, seconds time) {
  const hh_mm_ss clock(time);
  const auto hour = static_cast<int>(clock.hours().count());
  const auto minute = static_cast<int>(clock.minutes().count());
  const auto second = static_cast<int>(clock.seconds().count());
  char fields[40];
  std::snprintf(fields, sizeof fields, "%d %d %d * * *", second, minute, hour);
  char of_day[40];
  std::snprintf(of_day, sizeof of_day, "%02d:%02d:%02d", hour, minute, second);
  for (const auto &[dst, arguments] : other_ways) {
    SCOPED_TRACE(testing::Message()
                 << of_day << arguments << " in " << where.zone.name()
                 << " from " << where.begin.time_since_epoch().count());
    const instants expected = expected_instants(where, time, dst);
    expect_same(
        walk(cron_trigger(fields, {.zone = where.zone, .dst = dst}), where),
        expected);
    const std::string daily = std::string("calendar(days=1, at=") + of_day +
                              ", start=1969-01-01, zone=\"" +
                              where.zone.name() + "\"" + arguments;
    expect_same(walk(trigger::parse(daily + ")"), where), expected);
  }
}

void check(const expression &what, const window &where, std::mt19937 &random) {
  SCOPED_TRACE(testing::Message()
               << what.text << " in " << where.zone.name() << " from "
               << where.begin.time_since_epoch().count());
  const trigger trigger = cron_trigger(what.text, {.zone = where.zone});
  const instants fires = walk(trigger, where);
  expect_same(fires, watcher(what, where).watch());
  expect_resumable(trigger, fires, where, random);
  if (what.fixed)
    expect_each_day_once(what, fires, where);
}

/// Zones with the same history are looked at once.
std::vector<time_zone> zones() {
  std::map<std::vector<std::pair<sys_seconds, seconds>>, time_zone> distinct;
  for (const date::time_zone &entry : date::get_tzdb().zones) {
    const time_zone zone = time_zone::find(entry.name());
    std::vector<std::pair<sys_seconds, seconds>> history;
    for (sys_seconds at{}; at < sys_days(year(2038) / 1 / 1);) {
      const time_zone::period period = zone.period_at(at);
      history.emplace_back(period.begin, period.offset);
      at = period.end;
    }
    distinct.emplace(std::move(history), zone);
  }
  std::vector<time_zone> found;
  for (const auto &[history, zone] : distinct)
    found.push_back(zone);
  return found;
}

/// The days around each change of the clocks, in all zones, up to 2037.
std::vector<window> changes() {
  std::vector<window> found;
  const sys_seconds last = sys_days(year(2037) / 12 / 31);
  for (const time_zone &zone : zones())
    for (time_zone::period period = zone.period_at(sys_seconds{});
         period.end < last; period = zone.period_at(period.end))
      found.push_back(
          {zone, period.end - days(2) - hours(3), period.end + days(3)});
  return found;
}

} // namespace

TEST(DaylightSaving, NoChangeOfAnyZoneLosesOrDoublesAFireTime) {
  std::mt19937 random(2037);
  const std::vector<window> all = changes();
  for (const window &where : all)
    for (const expression &what : expressions) {
      check(what, where, random);
      if (HasFailure())
        return;
    }
  RecordProperty("changes", static_cast<int>(all.size()));
  std::printf("%zu clock changes, %zu checks\n", all.size(),
              all.size() * std::size(expressions));
  EXPECT_GT(all.size(), 10'000U);
}

TEST(DaylightSaving, EachPolicyHoldsForCronAndCalendarInAllZones) {
  for (const window &where : changes())
    for (const seconds time :
         {seconds(0), seconds(5415), seconds(9000), seconds(86'399)}) {
      check_other_ways(where, time);
      if (HasFailure())
        return;
    }
}
