// Searches the next match of a cron expression: the days of a month as one word
// of bits, then hours, minutes and seconds by bits as well. No loop steps
// through time that does not match.
#include "looprt/cron.h"

#include <bit>

namespace looprt {

using namespace std::chrono;

namespace {

/// The first bit of \p bits at or above \p from; 64 where there is none.
int first_bit(std::uint64_t bits, int from) {
  if (from > 63)
    return 64;
  return std::countr_zero(bits & ~std::uint64_t{0} << from);
}

/// The weekday nearest to the n-th that stays in its month.
unsigned nearest_weekday(unsigned n, unsigned weekday, unsigned last) {
  if (weekday == 6)
    return n == 1 ? 3 : n - 1;
  if (weekday == 0)
    return n == last ? n - 2 : n + 1;
  return n;
}

/// The days that day of month asks for, in a month whose first is a
/// \p first_weekday and whose last is the \p last.
std::uint32_t by_date(const cron_expression::day_fields &day,
                      unsigned first_weekday, unsigned last) {
  std::uint32_t bits = day.days;
  for (unsigned before = 0; before < last; ++before)
    if (day.before_last >> before & 1)
      bits |= 1U << (last - before);
  for (unsigned n = 1; day.nearest != 0 && n <= last; ++n)
    if (day.nearest >> n & 1)
      bits |= 1U << nearest_weekday(n, (first_weekday + n - 1) % 7, last);
  if (day.last_weekday) {
    const unsigned weekday = (first_weekday + last - 1) % 7;
    bits |= 1U << (weekday == 6 ? last - 1 : weekday == 0 ? last - 2 : last);
  }
  return bits;
}

std::uint32_t by_weekday(const cron_expression::day_fields &day,
                         unsigned first_weekday, unsigned last) {
  std::uint32_t bits = 0;
  for (unsigned n = 1; n <= last; ++n) {
    const unsigned weekday = (first_weekday + n - 1) % 7;
    const unsigned nth = (n - 1) / 7 + 1;
    const bool matches = day.weekdays >> weekday & 1 ||
                         day.nth[weekday] >> nth & 1 ||
                         (day.last_weekdays >> weekday & 1 && n + 7 > last);
    bits |= static_cast<std::uint32_t>(matches) << n;
  }
  return bits;
}

} // namespace

std::uint32_t cron_expression::days_of(year_month month) const {
  const auto last = static_cast<unsigned>(
      year_month_day_last(month / std::chrono::last).day());
  const unsigned first_weekday =
      weekday(sys_days(month / std::chrono::day(1))).c_encoding();
  const std::uint32_t exists = ((std::uint64_t{1} << (last + 1)) - 1) & ~1ULL;

  const std::uint32_t dates = by_date(day, first_weekday, last);
  const std::uint32_t weekdays = by_weekday(day, first_weekday, last);
  return (day.both ? dates & weekdays : dates | weekdays) & exists;
}

/// The first matching second of a day at or after \p from.
std::optional<seconds> cron_expression::time_of_day(std::int64_t from) const {
  auto hour = static_cast<int>(from / 3600);
  auto minute = static_cast<int>(from / 60 % 60);
  auto second = first_bit(seconds, static_cast<int>(from % 60));
  if (second == 64)
    ++minute;
  const int found_minute = first_bit(minutes, minute);
  if (found_minute != minute || second == 64)
    second = first_bit(seconds, 0);
  minute = found_minute;

  if (minute == 64)
    ++hour;
  const int found_hour = first_bit(hours, hour);
  if (found_hour == 64)
    return std::nullopt;
  if (found_hour != hour || minute == 64) {
    minute = first_bit(minutes, 0);
    second = first_bit(seconds, 0);
  }
  return std::chrono::hours(found_hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

std::optional<local_seconds> cron_expression::next(local_seconds from,
                                                   local_seconds limit) const {
  const local_days start = floor<days>(from);
  const year_month_day first(start);
  year_month month = first.year() / first.month();
  auto least = static_cast<unsigned>(first.day());
  std::int64_t time = (from - start).count();

  while (local_days(month / std::chrono::day(1)) < limit) {
    std::uint64_t left = 0;
    if (months >> static_cast<unsigned>(month.month()) & 1)
      left = days_of(month) & ~std::uint64_t{0} << least;

    for (; left != 0; left &= left - 1) {
      const auto day = static_cast<unsigned>(std::countr_zero(left));
      const local_days date(month / std::chrono::day(day));
      const auto found = time_of_day(date == start ? time : 0);
      if (!found)
        continue;
      const local_seconds match = date + *found;
      if (match < limit)
        return match;
      return std::nullopt;
    }
    month += std::chrono::months(1);
    least = 1;
  }
  return std::nullopt;
}

bool cron_expression::matches(local_seconds time) const {
  return next(time, time + std::chrono::seconds(1)).has_value();
}

} // namespace looprt
