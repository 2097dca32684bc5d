// Time zones, seen as a sequence of periods in which the distance to UTC does
// not change. Whoever handles daylight saving time by periods cannot be
// surprised by it: gaps and overlaps are what lies between two of them.
#pragma once

#include "looprt/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
} // namespace date

namespace looprt {

using std::chrono::local_seconds;
using std::chrono::sys_seconds;

/// A value, cheap to copy. Thread-safe.
class time_zone {
public:
  /// From `begin` up to, but without, `end`, local time is UTC plus `offset`.
  struct period {
    sys_seconds begin;
    sys_seconds end;
    std::chrono::seconds offset;

    local_seconds local(sys_seconds time) const {
      return local_seconds(time.time_since_epoch() + offset);
    }

    sys_seconds utc(local_seconds time) const {
      return sys_seconds(time.time_since_epoch() - offset);
    }
  };

  /// What a local time is in UTC: at one instant, at two where clocks were set
  /// back (an overlap), or, where they were set forward, at none; then both are
  /// the first instant after the gap.
  struct instants {
    sys_seconds first;
    sys_seconds second;
    bool in_gap;
  };

  /// The begin of every zone's first period, and the end of its last: some
  /// 28,000 years away, so that nothing overflows that is added to them.
  static constexpr sys_seconds beginning{
      std::chrono::seconds(-900'000'000'000)};
  static constexpr sys_seconds ending{std::chrono::seconds(900'000'000'000)};

  time_zone() = default; // UTC

  /// A zone of the system's IANA database, "UTC", or "UTC+05:30". Throws
  /// std::invalid_argument where there is none of that name.
  static time_zone find(std::string_view name);
  static time_zone fixed(std::chrono::seconds offset);
  /// The system's own zone.
  static time_zone local();

  period period_at(sys_seconds time) const;
  instants instants_of(local_seconds time) const;

  /// True where no instant of the zone lies on \p day, as on 30 December 2011
  /// in Samoa, which went over the date line.
  bool lacks(std::chrono::local_days day) const;

  std::string name() const;

  friend bool operator==(const time_zone &, const time_zone &) = default;

private:
  const date::time_zone *zone = nullptr; // owned by the database
  std::chrono::seconds offset{};
};

} // namespace looprt
