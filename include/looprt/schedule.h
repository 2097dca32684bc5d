// Schedules: a task, a trigger, and what to do where time is short, where the
// last run has not ended, and where the machine slept.
#pragma once

#include "looprt/clock.h"
#include "looprt/trigger.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace looprt {

/// Several fire times of one schedule have passed before it could run.
enum class coalesce_policy : std::uint8_t {
  latest,   ///< one job, for the last of them
  earliest, ///< one job, for the first of them
  all,      ///< a job for each
};

/// A job is due and `max_running_jobs` of the schedule are running.
enum class overlap_policy : std::uint8_t {
  skip,         ///< it does not run
  buffer_one,   ///< the first such waits its turn, others are skipped
  buffer_all,   ///< all wait their turn
  cancel_other, ///< running ones are cancelled; it runs when they have ended
  allow_all,    ///< it runs beside them
};

/// A schedule is added under a name that is taken.
enum class conflict_policy : std::uint8_t { refuse, replace, keep };

/// What a store promises for a job that was running when the process died.
enum class delivery_policy : std::uint8_t {
  at_least_once, ///< it runs again
  at_most_once,  ///< it counts as abandoned
};

/// One object may serve any number of schedules. Unset times mean "no limit".
struct schedule_options {
  /// A job that would start later than this after its fire time is missed
  /// instead. Unset: late is better than never.
  std::optional<microseconds> misfire_grace_time = {};
  /// Fire times longer ago than this are not caught up after a sleep, a pause
  /// or a stop.
  std::optional<microseconds> catchup_window = {};
  coalesce_policy coalesce = coalesce_policy::latest;
  overlap_policy overlap = overlap_policy::skip;
  delivery_policy delivery = delivery_policy::at_least_once;
  conflict_policy conflict = conflict_policy::refuse;
  std::uint32_t max_running_jobs = 1;
  /// How many may wait under buffer_all; what comes beyond is skipped.
  std::uint32_t max_waiting_jobs = 1000;
  /// Each run is put off by up to this. The same schedule and fire time give
  /// the same delay, in every process.
  microseconds jitter{0};
  std::optional<wall_time> start_time = {};
  std::optional<wall_time> end_time = {};
  /// Smaller runs first where several are due at the same time.
  std::int16_t priority = 0;
  /// A job that ends in an error pauses its schedule.
  bool pause_on_failure = false;

  bool operator==(const schedule_options &) const = default;

  /// When a schedule that is added at \p now begins: what its trigger is to be
  /// anchored at.
  wall_time beginning(wall_time now) const {
    return start_time && *start_time > now ? *start_time : now;
  }

  /// `misfire_grace_time=30s coalesce=all …`: what differs from the defaults,
  /// in a fixed order; parse() is its inverse and throws std::invalid_argument.
  std::string text() const;
  static schedule_options parse(std::string_view text);
};

using shared_schedule_options = std::shared_ptr<const schedule_options>;

/// What the user adds.
struct schedule_spec {
  std::uint64_t task = 0; ///< handed back with each job
  trigger when;
  shared_schedule_options options = {}; ///< none: the defaults
  std::string name = {};                ///< unique; may be empty
};

} // namespace looprt
