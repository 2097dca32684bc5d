// Cron expressions: which local times match. Nothing here knows time zones;
// what happens when clocks change is the business of cron_trigger.
//
//   second (only with six fields)  0-59
//   minute 0-59   hour 0-23   day of month 1-31   month 1-12 or JAN-DEC
//   day of week 0-7 or SUN-SAT; Sunday is 0 and 7
//
//   *  ?  any      a-b  range      a,b  list      */n  a/n  a-b/n  every n-th
//   day of month   L last day, L-n n days before it, nW the weekday nearest to
//                  the n-th without leaving the month, LW the last weekday
//   day of week    nL the last n-day of the month, n#k its k-th
//   @yearly @annually @monthly @weekly @daily @midnight @hourly
//
// Where both day fields are restricted, one of them has to match, as in Vixie's
// cron; `+` in front of the day of week asks for both (`0 9 1-7 * +MON`).
#pragma once

#include "looprt/time_zone.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace looprt {

/// An immutable value. Thread-safe.
class cron_expression {
public:
  /// Throws std::invalid_argument that quotes \p text and says what is wrong
  /// with it; also where no date matches it ever (30 February).
  static cron_expression parse(std::string_view text);

  bool matches(local_seconds time) const;

  /// The first match at or after \p from and before \p limit.
  std::optional<local_seconds> next(local_seconds from,
                                    local_seconds limit) const;

  /// True where second, minute and hour are all given without a star. Such an
  /// expression means certain times of a day, the others a rhythm.
  bool is_fixed_time() const { return fixed_time; }

  const std::string &text() const { return source; }

  // What the fields say, as sets of bits. Public for those who explain
  // expressions; see lib/looprt/core/cron_parse.cpp for who fills them.
  struct day_fields {
    std::uint32_t days = 0;         // bit n: the n-th of the month
    std::uint32_t before_last = 0;  // bit n: n days before the last
    std::uint32_t nearest = 0;      // bit n: the weekday nearest to the n-th
    bool last_weekday = false;      // LW
    std::uint8_t weekdays = 0;      // bit n: n days after Sunday
    std::uint8_t last_weekdays = 0; // the same, the last of the month
    std::array<std::uint8_t, 7> nth = {}; // per day of week, bit k: the k-th
    bool both = false; // day of month and day of week must match
  };

private:
  /// Bit n is set where the n-th of the month matches.
  std::uint32_t days_of(std::chrono::year_month month) const;
  std::optional<std::chrono::seconds> time_of_day(std::int64_t from) const;

  std::string source;
  std::uint64_t seconds = 0;
  std::uint64_t minutes = 0;
  std::uint32_t hours = 0;
  std::uint16_t months = 0;
  day_fields day;
  bool fixed_time = false;

  friend class cron_parser;
};

} // namespace looprt
