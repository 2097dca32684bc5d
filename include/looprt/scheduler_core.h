// The scheduler without a loop: schedules go in, commands come out. It neither
// waits nor runs anything and asks nobody for the time, so that every driver
// (Asio, asyncio, a test) is a few lines around it:
//
//   sleep until next_deadline()
//   take_due(now, limit, commands)       at most `limit`, then let others run
//   start and cancel what it says        asynchronously
//   finish(job, outcome, now)            when a job has ended
//
// The same calls with the same times give the same commands and events, in
// every driver and in both languages.
#pragma once

#include "looprt/job.h"
#include "looprt/schedule.h"

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace looprt {

/// What the driver is to do.
struct command {
  enum class kind : std::uint8_t { start, cancel };
  kind what;
  looprt::job job;
};

/// What happened. Recorded only where record_events() asks for it.
struct event {
  enum class kind : std::uint8_t {
    schedule_added,
    schedule_removed,  ///< by the user
    schedule_finished, ///< it will not fire again, and its jobs have ended
    schedule_paused,   ///< `note` says why
    schedule_resumed,
    job_started,
    job_finished, ///< `outcome` says how
    job_missed,   ///< `count` fire times came too late, `fire_time` the last
    job_skipped,  ///< an earlier one was still running
    job_waiting,  ///< it waits for an earlier one
    job_cancelled ///< a running one was told to stop
  };
  kind what;
  wall_time time;
  schedule_id schedule = schedule_id::none;
  job_id job = job_id::none;
  wall_time fire_time{};
  std::uint64_t count = 0; ///< how many fire times a started job stands for
  job_outcome outcome = job_outcome::success;
  std::string note;
};

std::string_view name_of(event::kind kind);

/// Which events are recorded. A million schedules that are added would be a
/// million events.
enum class event_detail : std::uint8_t {
  none,
  ends, ///< schedule_removed and schedule_finished alone
  all,
};

/// A schedule, as it is now.
struct schedule_status {
  std::string name;
  std::uint64_t task = 0;
  std::optional<wall_time> next_fire_time; ///< without jitter; unset if paused
  std::optional<wall_time> last_fire_time;
  bool paused = false;
  std::string note;
  std::uint32_t running_jobs = 0;
  std::size_t waiting_jobs = 0;
};

/// A duplicate name under conflict_policy::refuse.
class schedule_conflict : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Not thread-safe: it belongs to one loop. `now` must be wall time; it may go
/// back (clocks are set), and nothing fires twice because of it.
class scheduler_core {
public:
  scheduler_core();
  ~scheduler_core();
  scheduler_core(scheduler_core &&) noexcept;
  scheduler_core &operator=(scheduler_core &&) noexcept;

  /// Under conflict_policy::keep, the id of the schedule that has the name.
  /// \p last_fire_time is where a schedule that was stored goes on.
  schedule_id add(schedule_spec spec, wall_time now,
                  std::optional<wall_time> last_fire_time = std::nullopt);

  /// Adds without a name, with options that are shared: the fast way.
  schedule_id add(std::uint64_t task, trigger when,
                  const shared_schedule_options &options, wall_time now);

  /// The functions below return false where the schedule is gone.
  /// Jobs that run go on; those that wait are dropped.
  bool remove(schedule_id schedule, wall_time now);

  /// Nothing fires until resume(). Jobs that run or wait go on.
  bool pause(schedule_id schedule, wall_time now, std::string note = {});

  /// Goes on with the first fire time at or after \p from, by default \p now.
  /// Times between \p from and \p now are caught up by the policies.
  bool resume(schedule_id schedule, wall_time now,
              std::optional<wall_time> from = std::nullopt);

  bool reschedule(schedule_id schedule, trigger when, wall_time now);

  /// One more job, at once, its fire time being \p now. Obeys the overlap
  /// policy; works while paused.
  bool trigger_now(schedule_id schedule, wall_time now);

  /// A job for each fire time from \p first to \p last, both included, one
  /// after the other as `max_running_jobs` allows.
  bool backfill(schedule_id schedule, wall_time first, wall_time last,
                wall_time now);

  /// A job on its own, meant for \p fire_time, by default \p now.
  job_id run(std::uint64_t task, wall_time now,
             std::optional<wall_time> fire_time = std::nullopt);

  /// When take_due() is to be called again: wall_time::min() for "at once";
  /// nothing where there is nothing to wait for.
  std::optional<wall_time> next_deadline() const;

  /// Appends what is to be done now, at most \p limit schedules' worth, and
  /// returns whether more is due. A job counts as running from here on.
  bool take_due(wall_time now, std::size_t limit,
                std::vector<command> &commands);

  /// Tells that \p job has ended. False where it is unknown or has ended
  /// before. May make next_deadline() "at once".
  bool finish(job_id job, job_outcome outcome, wall_time now);

  /// Asks to cancel one job: \p commands gets the command. False where the job
  /// is unknown or is being cancelled.
  bool cancel(job_id job, wall_time now, std::vector<command> &commands);

  std::optional<schedule_status> status(schedule_id schedule) const;
  /// As it was anchored when it was added.
  std::optional<trigger> trigger_of(schedule_id schedule) const;
  /// nullptr where the schedule is gone.
  shared_schedule_options options_of(schedule_id schedule) const;
  /// schedule_id::none where there is none.
  schedule_id find(const std::string &name) const;
  /// In the order of adding.
  std::vector<schedule_id> schedules() const;
  std::vector<job> running_jobs() const;
  /// Jobs on their own that have not begun.
  std::vector<job> waiting_jobs() const;
  std::size_t schedule_count() const;
  /// Of those that run and those on their own that have not begun.
  std::size_t job_count() const;

  /// None by default.
  void record_events(event_detail detail);
  /// Moves the oldest \p most events out, oldest first.
  std::vector<event>
  take_events(std::size_t most = std::numeric_limits<std::size_t>::max());

private:
  struct state;
  std::unique_ptr<state> self;
};

} // namespace looprt
