// How times and durations are written: ISO 8601 in UTC, and `1h30m`. Shared by
// everything that is stored, logged or typed.
#pragma once

#include "looprt/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace looprt::text {

/// Nothing unless \p digits is one to nine digits and nothing else.
std::optional<int> digits(std::string_view digits);
std::string two_digits(int value);

/// `2026-03-29T01:30:00Z`, with `.250000` where there are microseconds.
std::string format(wall_time time);
std::optional<wall_time> parse_time(std::string_view text);

/// `2026-03-29`
std::string format(std::chrono::local_days day);
std::optional<std::chrono::local_days> parse_day(std::string_view text);

/// `02:30:00`
std::string format_time_of_day(std::chrono::seconds time);
std::optional<std::chrono::seconds> parse_time_of_day(std::string_view text);

/// `1d2h30m15s250ms10us`, without what is zero; `0s`.
std::string format(microseconds span);
std::optional<microseconds> parse_span(std::string_view text);

} // namespace looprt::text
