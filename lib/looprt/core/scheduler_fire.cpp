// What happens when time has come: which fire times count, whether a job may
// start, and what follows when it has ended.
#include "scheduler_state.h"

#include <algorithm>

namespace looprt {

std::optional<wall_time> following(const schedule_record &record,
                                   std::optional<wall_time> previous,
                                   wall_time now) {
  const schedule_options &options = *record.options;
  if (options.start_time) {
    now = std::max(now, *options.start_time);
    if (previous && *previous < *options.start_time)
      previous = *options.start_time - microseconds(1);
  }
  const std::optional<wall_time> next = record.when.next(previous, now);
  if (next && options.end_time && *next > *options.end_time)
    return std::nullopt;
  return next;
}

/// Fire times before it are lost.
static wall_time horizon(const schedule_options &options, wall_time now) {
  std::optional<microseconds> reach = options.misfire_grace_time;
  if (options.catchup_window)
    reach = reach ? std::min(*reach, *options.catchup_window)
                  : *options.catchup_window;
  // A century is for ever, and does not overflow.
  if (!reach || *reach > std::chrono::years(100))
    return wall_time::min();
  return now - *reach - options.jitter;
}

/// False where nothing is due any more.
bool scheduler_core::state::drop_too_old(schedule_id id,
                                         schedule_record &record,
                                         wall_time now) {
  const wall_time oldest = horizon(*record.options, now);
  const wall_time first = *record.next_fire;
  if (first >= oldest)
    return true;

  const missed_times gone =
      record.when.missed(first - microseconds(1), oldest - microseconds(1));
  record.last_fire = gone.last.value_or(first);
  this->record({.what = event::kind::job_missed,
                .time = now,
                .schedule = id,
                .fire_time = *record.last_fire,
                .count = std::max<std::uint64_t>(1, gone.count)});
  record.next_fire = following(record, record.last_fire, now);
  return record.next_fire && *record.next_fire <= now;
}

void scheduler_core::state::fire(schedule_id id, wall_time now,
                                 std::vector<command> &commands) {
  schedule_record &record = *schedules.find(id);
  record.timer = no_timer;
  if (!drop_too_old(id, record, now)) {
    arm(id, record);
    retire_if_done(id, now);
    return;
  }

  const wall_time first = *record.next_fire;
  const coalesce_policy coalesce = record.options->coalesce;
  wall_time chosen = first;
  std::uint64_t count = 1;
  record.last_fire = first;
  record.next_fire = following(record, first, now);
  if (coalesce != coalesce_policy::all && record.next_fire &&
      *record.next_fire <= now) {
    const missed_times late = record.when.missed(first, now);
    count += late.count;
    record.last_fire = late.last;
    record.next_fire = following(record, late.last, now);
    if (coalesce == coalesce_policy::latest)
      chosen = *late.last;
  }
  arm(id, record);
  admit(id, record, chosen, count, now, commands);
  retire_if_done(id, now);
}

/// Starts a job, or does what the overlap policy says.
void scheduler_core::state::admit(schedule_id id, schedule_record &record,
                                  wall_time fire_time, std::uint64_t count,
                                  wall_time now,
                                  std::vector<command> &commands) {
  const schedule_options &options = *record.options;
  if (record.running < options.max_running_jobs ||
      options.overlap == overlap_policy::allow_all) {
    start(id, record, fire_time, count, now, commands);
    return;
  }

  switch (options.overlap) {
  case overlap_policy::buffer_one:
    wait(id, record, fire_time, 1, now);
    return;
  case overlap_policy::buffer_all:
    wait(id, record, fire_time, options.max_waiting_jobs, now);
    return;
  case overlap_policy::cancel_other:
    cancel_running(id, record, now, commands);
    wait(id, record, fire_time, 1, now);
    return;
  default:
    this->record({.what = event::kind::job_skipped,
                  .time = now,
                  .schedule = id,
                  .fire_time = fire_time});
  }
}

void scheduler_core::state::start(schedule_id id, schedule_record &record,
                                  wall_time fire_time, std::uint64_t count,
                                  wall_time now,
                                  std::vector<command> &commands) {
  const job_id started = jobs.insert(
      {{.schedule = id, .task = record.task, .fire_time = fire_time},
       job_state::running});
  job &what = jobs.find(started)->what;
  what.id = started;
  ++record.running;
  if (record.options->overlap == overlap_policy::cancel_other)
    record.more().cancelable.push_back(started);
  commands.push_back({command::kind::start, what});
  this->record({.what = event::kind::job_started,
                .time = now,
                .schedule = id,
                .job = started,
                .fire_time = fire_time,
                .count = count});
}

void scheduler_core::state::wait(schedule_id id, schedule_record &record,
                                 wall_time fire_time, std::size_t most,
                                 wall_time now) {
  std::deque<wall_time> &waiting = record.more().waiting;
  const bool fits = waiting.size() < most;
  if (fits)
    waiting.push_back(fire_time);
  this->record(
      {.what = fits ? event::kind::job_waiting : event::kind::job_skipped,
       .time = now,
       .schedule = id,
       .fire_time = fire_time});
}

void scheduler_core::state::cancel_running(schedule_id id,
                                           schedule_record &record,
                                           wall_time now,
                                           std::vector<command> &commands) {
  schedule_extras &extras = record.more();
  for (const job_id running : extras.cancelable) {
    job_record &job = *jobs.find(running);
    if (job.state != job_state::running)
      continue;
    job.state = *after(job.state, job_step::cancel);
    commands.push_back({command::kind::cancel, job.what});
    this->record({.what = event::kind::job_cancelled,
                  .time = now,
                  .schedule = id,
                  .job = running,
                  .fire_time = job.what.fire_time});
  }
  // The newest of those that wait is the one that counts.
  for (const wall_time older : extras.waiting)
    this->record({.what = event::kind::job_skipped,
                  .time = now,
                  .schedule = id,
                  .fire_time = older});
  extras.waiting.clear();
}

void scheduler_core::state::ask(request::kind what, schedule_id id,
                                wall_time fire_time) {
  ++schedules.find(id)->requests;
  ready.push_back({what, id, job_id::none, fire_time});
}

void scheduler_core::state::serve(const request &next, wall_time now,
                                  std::vector<command> &commands) {
  if (next.what == request::kind::lone) {
    start_lone(next.job, now, commands);
    return;
  }
  schedule_record *record = schedules.find(next.schedule);
  if (!record)
    return;

  --record->requests;
  if (next.what == request::kind::triggered)
    admit(next.schedule, *record, next.fire_time, 1, now, commands);
  else if (next.what == request::kind::released)
    release(next.schedule, *record, now, commands);
  else
    continue_backfill(next.schedule, *record, now, commands);
  retire_if_done(next.schedule, now);
}

/// The first that waits, and that has not waited too long, takes the free
/// place.
void scheduler_core::state::release(schedule_id id, schedule_record &record,
                                    wall_time now,
                                    std::vector<command> &commands) {
  std::deque<wall_time> &waiting = record.more().waiting;
  const std::optional<microseconds> grace = record.options->misfire_grace_time;
  while (!waiting.empty() &&
         record.running < record.options->max_running_jobs) {
    const wall_time fire_time = waiting.front();
    waiting.pop_front();
    if (!grace || now - fire_time <= *grace) {
      start(id, record, fire_time, 1, now, commands);
      continue;
    }
    this->record({.what = event::kind::job_missed,
                  .time = now,
                  .schedule = id,
                  .fire_time = fire_time,
                  .count = 1});
  }
}

void scheduler_core::state::continue_backfill(schedule_id id,
                                              schedule_record &record,
                                              wall_time now,
                                              std::vector<command> &commands) {
  std::deque<schedule_extras::range> &ranges = record.more().backfill;
  if (ranges.empty() || record.running >= record.options->max_running_jobs)
    return; // its end asks again

  schedule_extras::range &range = ranges.front();
  start(id, record, range.next, 1, now, commands);
  const std::optional<wall_time> next =
      record.when.at_or_after(range.next + microseconds(1));
  if (next && *next <= range.last)
    range.next = *next;
  else
    ranges.pop_front();
  if (!ranges.empty())
    ask(request::kind::backfill, id);
}

void scheduler_core::state::start_lone(job_id id, wall_time now,
                                       std::vector<command> &commands) {
  job_record *job = jobs.find(id);
  if (!job) // cancelled before its turn came
    return;
  job->state = *after(job->state, job_step::start);
  commands.push_back({command::kind::start, job->what});
  record({.what = event::kind::job_started,
          .time = now,
          .job = id,
          .fire_time = job->what.fire_time,
          .count = 1});
}

void scheduler_core::state::ended(job_id id, job_outcome outcome,
                                  wall_time now) {
  const job what = jobs.find(id)->what;
  jobs.erase(id);
  record({.what = event::kind::job_finished,
          .time = now,
          .schedule = what.schedule,
          .job = id,
          .fire_time = what.fire_time,
          .outcome = outcome});
  schedule_record *record = schedules.find(what.schedule);
  if (!record) // it ran on its own, or its schedule was removed
    return;

  --record->running;
  if (schedule_extras *extras = record->extras.get()) {
    std::erase(extras->cancelable, id);
    if (!extras->waiting.empty())
      ask(request::kind::released, what.schedule);
    if (!extras->backfill.empty())
      ask(request::kind::backfill, what.schedule);
  }
  if (outcome == job_outcome::error && record->options->pause_on_failure)
    pause(what.schedule, *record, now, "a job ended in an error");
  retire_if_done(what.schedule, now);
}

/// A schedule that will not fire again goes when its last job has ended.
void scheduler_core::state::retire_if_done(schedule_id id, wall_time now) {
  schedule_record &done = *schedules.find(id);
  if (done.has_work_left())
    return;
  record({.what = event::kind::schedule_finished, .time = now, .schedule = id});
  erase(id, done);
}

} // namespace looprt
