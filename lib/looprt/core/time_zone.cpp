// Zones, over Howard Hinnant's date and the system's IANA database. (libstdc++
// 12 has no std::chrono::time_zone yet.)
#include "looprt/time_zone.h"

#include "text.h"

#include <date/tz.h>

#include <stdexcept>

namespace looprt {

using std::chrono::seconds;

namespace {

/// "UTC+05:30" -> 5:30. Nothing where \p name does not have this form.
std::optional<seconds> fixed_offset(std::string_view name) {
  if (name == "UTC" || name == "Z")
    return seconds(0);
  if (!name.starts_with("UTC") || name.size() != 9 || name[6] != ':' ||
      (name[3] != '+' && name[3] != '-'))
    return std::nullopt;

  const std::optional<int> hours = text::digits(name.substr(4, 2));
  const std::optional<int> minutes = text::digits(name.substr(7, 2));
  if (!hours || !minutes || *hours > 26 || *minutes > 59)
    return std::nullopt;
  const seconds size =
      std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return name[3] == '-' ? -size : size;
}

time_zone::period period_of(const date::sys_info &info) {
  return {std::max(info.begin, time_zone::beginning),
          std::min(info.end, time_zone::ending), info.offset};
}

} // namespace

time_zone time_zone::find(std::string_view name) {
  if (const std::optional<seconds> offset = fixed_offset(name))
    return fixed(*offset);

  time_zone found;
  try {
    found.zone = date::locate_zone(name);
  } catch (const std::runtime_error &) {
    throw std::invalid_argument("there is no time zone `" + std::string(name) +
                                "`");
  }
  return found;
}

time_zone time_zone::fixed(seconds offset) {
  time_zone fixed;
  fixed.offset = offset;
  return fixed;
}

time_zone time_zone::local() {
  time_zone local;
  try {
    local.zone = date::current_zone();
  } catch (const std::runtime_error &) {
    // A machine without a zone of its own, as containers are, keeps UTC.
  }
  return local;
}

time_zone::period time_zone::period_at(sys_seconds time) const {
  if (!zone)
    return {beginning, ending, offset};
  return period_of(zone->get_info(time));
}

time_zone::instants time_zone::instants_of(local_seconds time) const {
  if (!zone) {
    const sys_seconds instant(time.time_since_epoch() - offset);
    return {instant, instant, false};
  }

  const date::local_info info =
      zone->get_info(date::local_seconds(time.time_since_epoch()));
  const sys_seconds first = period_of(info.first).utc(time);
  switch (info.result) {
  case date::local_info::ambiguous:
    return {first, period_of(info.second).utc(time), false};
  case date::local_info::nonexistent:
    return {info.first.end, info.first.end, true};
  default:
    return {first, first, false};
  }
}

bool time_zone::lacks(std::chrono::local_days day) const {
  if (!zone)
    return false;
  const instants start = instants_of(day);
  if (!start.in_gap)
    return false;
  const period next = period_at(start.first);
  return next.local(start.first) >= day + std::chrono::days(1);
}

std::string time_zone::name() const {
  if (zone)
    return zone->name();
  if (offset == seconds(0))
    return "UTC";
  const bool negative = offset < seconds(0);
  const auto size = std::chrono::duration_cast<std::chrono::minutes>(
      negative ? -offset : offset);
  return std::string("UTC") + (negative ? '-' : '+') +
         text::two_digits(static_cast<int>(size.count() / 60)) + ':' +
         text::two_digits(static_cast<int>(size.count() % 60));
}

} // namespace looprt
