// Triggers: when a schedule fires. A trigger is a value without state; its one
// question, `next`, has the same answer for the same arguments, for ever. So a
// trigger can be asked from any point, shared by any number of schedules,
// written down and read back.
#pragma once

#include "looprt/clock.h"
#include "looprt/cron.h"
#include "looprt/time_zone.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace looprt {

/// What becomes of a fixed local time that does not exist on a day because
/// clocks were set forward.
enum class dst_gap {
  run_after, ///< it fires at the first instant after the gap
  skip,      ///< it does not fire
};

/// When a fixed local time that comes twice, because clocks were set back,
/// fires.
enum class dst_overlap { first, both, second };

/// Applies to fixed times (`30 2 * * *`). An expression with a star in its
/// hour, minute or second is a rhythm, and keeps its real pace: it neither
/// makes up for a gap nor pauses in an overlap.
struct dst_policy {
  dst_gap gap = dst_gap::run_after;
  dst_overlap overlap = dst_overlap::first;
};

/// Fire times that have passed.
struct missed_times {
  std::uint64_t count = 0; ///< how many; a lower bound where `capped`
  bool capped = false;
  std::optional<wall_time> last; ///< the latest, exact even where `capped`
};

class trigger_model;

/// Cheap to copy. Thread-safe.
class trigger {
public:
  explicit trigger(std::shared_ptr<const trigger_model> model);

  /// The first fire time after \p previous, or, where there was none yet, at or
  /// after \p now; nothing where the trigger is exhausted. A date that has
  /// passed when it is first asked for is returned all the same: whether it is
  /// too late is a question of misfire policy.
  std::optional<wall_time> next(std::optional<wall_time> previous,
                                wall_time now) const;

  /// The first fire time at or after \p from.
  std::optional<wall_time> at_or_after(wall_time from) const;

  /// The fire times after \p after, up to and including \p until. Intervals are
  /// counted by division, all others one by one up to \p cap.
  missed_times missed(wall_time after, wall_time until,
                      std::uint64_t cap = 1000) const;

  /// The same trigger, where what starts "now" starts at \p now. A scheduler
  /// asks for it once, when a schedule is added; after that the answers no
  /// longer depend on when they are asked for.
  trigger anchored(wall_time now) const;

  /// A text that parse() turns back into the same trigger:
  ///   date(2026-03-29T01:30:00Z)
  ///   interval(1h30m, start=2026-01-01T00:00:00Z, end=…)
  ///   cron("30 2 * * *", zone="Europe/Berlin", gap=skip, overlap=both)
  ///   calendar(months=1, at=02:30:00, start=2026-01-31, zone="Asia/Tokyo")
  ///   and(…, …, threshold=1s)   or(…, …)
  std::string text() const;

  /// Throws std::invalid_argument that says what is wrong, and where.
  static trigger parse(std::string_view text);

private:
  std::shared_ptr<const trigger_model> model;
};

/// Fires once.
trigger date_trigger(wall_time time);

struct interval_options {
  std::optional<wall_time> start = {}; ///< default: when the schedule is added
  std::optional<wall_time> end = {};   ///< nothing fires after it
};

/// Fires at `start` and then every \p step of real time. Throws
/// std::invalid_argument where \p step is not positive.
trigger interval_trigger(microseconds step, interval_options options = {});

struct cron_options {
  time_zone zone = {}; ///< default: UTC
  dst_policy dst = {};
  std::optional<wall_time> start = {};
  std::optional<wall_time> end = {};
};

/// Throws std::invalid_argument; see cron_expression::parse.
trigger cron_trigger(std::string_view expression, cron_options options = {});

/// Steps on the calendar; together they must be more than nothing.
struct calendar_interval {
  int years = 0;
  int months = 0;
  int weeks = 0;
  int days = 0;
  std::chrono::seconds at{0};                        ///< local time of day
  std::optional<std::chrono::local_days> start = {}; ///< default: today
  std::optional<std::chrono::local_days> end = {};
  time_zone zone = {}; ///< default: UTC
  dst_policy dst = {};
};

/// Fires on `start` and every interval after it. A date that does not exist
/// (31 June) is left out, the rhythm stays. Throws std::invalid_argument.
trigger calendar_interval_trigger(calendar_interval interval);

/// Fires where all of \p triggers fire within \p threshold, at the latest of
/// their times. Gives up, as exhausted, after a hundred thousand near misses.
trigger and_trigger(std::vector<trigger> triggers,
                    microseconds threshold = std::chrono::seconds(1));

/// Fires where one of \p triggers fires; once where several do.
trigger or_trigger(std::vector<trigger> triggers);

} // namespace looprt
