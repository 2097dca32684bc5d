// What the scheduler remembers. scheduler_core.cpp is what users ask of it,
// scheduler_fire.cpp what time asks of it.
#pragma once

#include "looprt/scheduler_core.h"
#include "looprt/timer_queue.h"
#include "slot_table.h"

#include <deque>
#include <unordered_map>

namespace looprt {

/// What few schedules have.
struct schedule_extras {
  struct range {
    wall_time next; // a fire time
    wall_time last;
  };

  std::string name;
  std::string note;
  std::deque<wall_time> waiting;  // fire times whose jobs wait for their turn
  std::deque<range> backfill;     // fire times to be made up for
  std::vector<job_id> cancelable; // running jobs, under cancel_other
};

struct schedule_record {
  trigger when;
  shared_schedule_options options;
  std::uint64_t task = 0;
  std::uint64_t sequence = 0; // in the order of adding
  std::optional<wall_time> next_fire;
  std::optional<wall_time> last_fire;
  timer_id timer = no_timer;
  std::uint32_t running = 0;
  std::uint32_t requests = 0; // of it in `ready`
  bool paused = false;
  std::unique_ptr<schedule_extras> extras;

  schedule_extras &more() {
    if (!extras)
      extras = std::make_unique<schedule_extras>();
    return *extras;
  }

  bool has_work_left() const {
    return next_fire || running > 0 || requests > 0 ||
           (extras && !(extras->waiting.empty() && extras->backfill.empty()));
  }
};

struct job_record {
  job what;
  job_state state = job_state::waiting;
};

/// What is to be done at once, before any timer.
struct request {
  enum class kind : std::uint8_t {
    lone,      ///< a job without a schedule
    triggered, ///< one more job of a schedule
    released,  ///< a waiting job whose turn may have come
    backfill,  ///< the next fire time of a range
  };
  kind what;
  schedule_id schedule = schedule_id::none;
  job_id job = job_id::none;
  wall_time fire_time{};
};

struct scheduler_core::state {
  slot_table<schedule_record, schedule_id> schedules;
  slot_table<job_record, job_id> jobs;
  timer_queue<wall_time, schedule_id> timers;
  std::deque<request> ready;
  std::unordered_map<std::string, schedule_id> names;
  std::uint64_t sequence = 0;
  // Not a vector: to move a million events would hold the loop up.
  std::deque<event> events;
  event_detail detail = event_detail::none;

  schedule_id insert(schedule_record record, wall_time now);
  void arm(schedule_id id, schedule_record &record);
  void disarm(schedule_record &record);
  void erase(schedule_id id, schedule_record &record);
  void pause(schedule_id id, schedule_record &record, wall_time now,
             std::string note);
  std::vector<job> jobs_that(bool wait) const;

  // scheduler_fire.cpp
  void fire(schedule_id id, wall_time now, std::vector<command> &commands);
  void serve(const request &next, wall_time now,
             std::vector<command> &commands);
  void ended(job_id id, job_outcome outcome, wall_time now);
  void ask(request::kind what, schedule_id id, wall_time fire_time = {});
  void retire_if_done(schedule_id id, wall_time now);

  void record(event happened) {
    const bool is_end = happened.what == event::kind::schedule_removed ||
                        happened.what == event::kind::schedule_finished;
    if (detail == event_detail::all || (detail == event_detail::ends && is_end))
      events.push_back(std::move(happened));
  }

private:
  bool drop_too_old(schedule_id id, schedule_record &record, wall_time now);
  void admit(schedule_id id, schedule_record &record, wall_time fire_time,
             std::uint64_t count, wall_time now,
             std::vector<command> &commands);
  void start(schedule_id id, schedule_record &record, wall_time fire_time,
             std::uint64_t count, wall_time now,
             std::vector<command> &commands);
  void wait(schedule_id id, schedule_record &record, wall_time fire_time,
            std::size_t most, wall_time now);
  void cancel_running(schedule_id id, schedule_record &record, wall_time now,
                      std::vector<command> &commands);
  void release(schedule_id id, schedule_record &record, wall_time now,
               std::vector<command> &commands);
  void continue_backfill(schedule_id id, schedule_record &record, wall_time now,
                         std::vector<command> &commands);
  void start_lone(job_id id, wall_time now, std::vector<command> &commands);
};

/// The first fire time after \p previous, or at or after \p now, within the
/// bounds of the options.
std::optional<wall_time> following(const schedule_record &record,
                                   std::optional<wall_time> previous,
                                   wall_time now);

} // namespace looprt
