// Short forms for tests: times as people write them.
#pragma once

#include "looprt/trigger.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace looprt {

/// "2026-03-29 01:30" or "2026-03-29 01:30:15", in UTC.
inline wall_time at(const std::string &text) {
  const std::string seconds = text.size() == 16 ? text + ":00" : text;
  return *trigger::parse("date(" + seconds.substr(0, 10) + "T" +
                         seconds.substr(11) + "Z)")
              .at_or_after(wall_time::min());
}

/// "2026-03-29 02:30:00" as the clocks of \p zone show it.
inline std::string local_text(const time_zone &zone, wall_time time) {
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  const auto local = zone.period_at(second).local(second);
  const std::string text =
      date_trigger(wall_time(sys_seconds(local.time_since_epoch()))).text();
  return text.substr(5, 10) + " " + text.substr(16, 8);
}

/// The first \p count fire times at or after \p from, in the time of \p zone.
inline std::vector<std::string> fires(const trigger &trigger, wall_time from,
                                      int count, const time_zone &zone = {}) {
  std::vector<std::string> times;
  std::optional<wall_time> time = trigger.next(std::nullopt, from);
  for (; time && count > 0; --count) {
    times.push_back(local_text(zone, *time));
    time = trigger.next(*time, *time);
  }
  return times;
}

} // namespace looprt
