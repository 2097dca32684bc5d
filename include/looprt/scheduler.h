// The scheduler on a loop.
//
//   looprt::scheduler scheduler;
//   scheduler.configure_task("fetch", fetch);  // task<void>(job_context)
//   co_await scheduler.add_schedule("fetch",
//       looprt::cron_trigger("30 2 * * *", {.zone = berlin}), {}, "nightly");
//   co_await scheduler.run_until_stopped();
//
// Tasks are coroutine functions; a plain function does not compile, so that
// none runs on a thread that nobody asked for. Blocking work says so:
// `to_thread`.
#pragma once

#include "looprt/async_event.h"
#include "looprt/data_store.h"
#include "looprt/event_loop.h"
#include "looprt/scheduler_core.h"
#include "looprt/task_group.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace looprt {

/// What a task is told about the job that it is.
struct job_context {
  job_id id;
  std::string schedule; ///< its name; empty where it has none
  std::string task;
  std::string arguments;
  wall_time fire_time; ///< when it was meant to run
};

struct scheduler_options {
  /// Not owned; nullptr: nothing outlives the scheduler.
  data_store *store = nullptr;
  /// How many jobs are started before others get their turn.
  std::size_t budget = 256;
};

/// Belongs to the loop on which it is first used.
class scheduler {
public:
  using task_function = std::function<task<void>(job_context)>;
  using listener =
      std::function<void(const event &, const std::string &schedule)>;

  explicit scheduler(scheduler_options options = {});
  scheduler(const scheduler &) = delete;
  scheduler &operator=(const scheduler &) = delete;
  ~scheduler();

  /// Before anything is scheduled that names it, and before
  /// run_until_stopped() where schedules are stored.
  template <class Function>
  void configure_task(std::string name, Function function) {
    static_assert(
        std::is_invocable_r_v<task<void>, Function &, job_context>,
        "a job is a coroutine function: give the function that returns "
        "task<void> itself, not one that runs it [LOOP301], and not the task "
        "that calling it returned [LOOP302]");
    configure(std::move(name), std::move(function));
  }

  /// Throws std::invalid_argument where the task is not configured, or where
  /// there is a store and no name; schedule_conflict where the name is taken.
  task<schedule_id> add_schedule(std::string task, trigger when,
                                 schedule_options options = {},
                                 std::string name = {},
                                 std::string arguments = {});

  /// One schedule for each of \p triggers, without names: the fast way to add
  /// many. Throws std::invalid_argument where the task is not configured, or
  /// where there is a store.
  task<std::vector<schedule_id>> add_schedules(std::string task,
                                               std::vector<trigger> triggers,
                                               schedule_options options = {});

  // All of these return false where there is no such schedule (any more).
  task<bool> remove_schedule(schedule_id schedule);
  task<bool> pause_schedule(schedule_id schedule, std::string note = {});
  task<bool> unpause_schedule(schedule_id schedule,
                              std::optional<wall_time> resume_from = {});
  /// From now on the schedule fires by \p when.
  task<bool> reschedule(schedule_id schedule, trigger when);
  bool trigger_now(schedule_id schedule);
  bool backfill(schedule_id schedule, wall_time first, wall_time last);

  /// A job on its own, at once. It is not stored.
  job_id add_job(const std::string &task, std::string arguments = {});
  bool cancel_job(job_id job);

  schedule_id find(const std::string &name) const { return core.find(name); }
  std::optional<schedule_status> status(schedule_id schedule) const {
    return core.status(schedule);
  }
  std::vector<schedule_id> schedules() const { return core.schedules(); }
  /// The next \p count fire times, without jitter.
  std::vector<wall_time> next_fire_times(schedule_id schedule,
                                         std::size_t count) const;

  /// \p hears every event, on the loop, after the fact.
  void subscribe(listener hears);

  /// Serves until stop(), which another task calls. Wall time decides what is
  /// due, so a clock that is set is followed: at once on Linux and in virtual
  /// time, within a minute elsewhere. Ends in the store's error
  /// where that fails; jobs are cancelled then.
  task<void> run_until_stopped();

  /// Starts no more jobs, waits up to \p grace for those that run, then cancels
  /// them and waits for their end. Returns those that were cancelled, or told
  /// to begin too late.
  task<std::vector<job>> stop(std::chrono::nanoseconds grace);

private:
  struct named_task {
    std::string name;
    task_function function;
  };
  /// What the core does not know of a schedule or a job.
  struct details {
    std::string name;
    std::string arguments;
    std::int64_t stored = 0; // the store's key, of a job
    // Of a schedule, as told: its name is kept until its last job has ended.
    std::uint32_t running = 0;
    bool is_gone = false;
  };

  void configure(std::string name, task_function function);
  std::uint64_t task_number(const std::string &name) const;
  wall_time now() const;
  void wake();
  task<void> store_schedule(schedule_id schedule, bool is_fresh = false);
  task<void> restore();
  void restore_schedule(const stored_schedule &stored);
  task<void> serve();
  task<std::vector<std::int64_t>> commit(const std::vector<command> &commands);
  void carry_out(const std::vector<command> &commands,
                 const std::vector<std::int64_t> &stored);
  void start(const job &job, std::optional<std::int64_t> stored);
  task<void> run_job(job_id id, std::uint64_t number, job_context context,
                     std::int64_t stored);
  task<void> wait_for_change();
  task<void> wait_for_jobs();
  task<void> drain();
  bool publish();
  void tell(const event &event);

  scheduler_options options;
  scheduler_core core;
  event_loop *loop = nullptr;
  task_group *jobs = nullptr;
  // By the number that the core hands back; addresses stay, as jobs use them.
  std::deque<named_task> tasks;
  std::unordered_map<std::string, std::uint64_t> numbers;
  // Only of those that have a name or arguments.
  std::unordered_map<schedule_id, details> of_schedule;
  std::unordered_map<job_id, details> of_job; // on their own
  std::unordered_map<job_id, std::unique_ptr<cancel_scope>> running;
  std::vector<finished_job> finished; // not yet stored
  std::vector<listener> listeners;
  std::vector<job> cancelled;
  std::chrono::nanoseconds grace{};
  async_event changed;
  async_event stopped;
  bool stopping = false;
  bool hears_clock = false; // is told when the wall clock is set
};

} // namespace looprt
