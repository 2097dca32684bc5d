// A job is one run of a task. Its life, as a table:
//
//              start       cancel       finish(outcome)
//   waiting    running     finished     -
//   running    -           cancelling   finished
//   cancelling -           cancelling   finished
//   finished   -           -            -
//
// "-" is refused. That cancelling may end in success is no mistake: the task
// may have been done before it heard of it.
#pragma once

#include "looprt/clock.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace looprt {

/// Never reused while the process lives.
enum class schedule_id : std::uint64_t { none = 0 };
enum class job_id : std::uint64_t { none = 0 };

enum class job_state : std::uint8_t { waiting, running, cancelling, finished };

enum class job_step : std::uint8_t { start, cancel, finish };

/// How a job that ran came to its end.
enum class job_outcome : std::uint8_t {
  success,
  error,     ///< it threw or raised
  cancelled, ///< it was told to stop, and did
  abandoned, ///< the process, or its patience, ended first
};

/// The state after \p step; nothing where the table above has a "-".
std::optional<job_state> after(job_state state, job_step step);

std::string_view name_of(job_outcome outcome);

/// What a job needs to know about itself.
struct job {
  job_id id = job_id::none;
  schedule_id schedule = schedule_id::none; ///< none: run on its own
  std::uint64_t task = 0; ///< what the caller gave with the schedule
  wall_time fire_time;    ///< when it was meant to run
};

} // namespace looprt
