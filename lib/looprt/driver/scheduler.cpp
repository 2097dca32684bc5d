// What users ask of the scheduler, and what the store is told about it.
#include "looprt/scheduler.h"

#include "looprt/sleep.h"
#include "looprt/to_thread.h"

#include <stdexcept>
#include <utility>

namespace looprt {

scheduler::scheduler(scheduler_options options) : options(options) {
  core.record_events(true);
}

scheduler::~scheduler() = default;

void scheduler::configure(std::string name, task_function function) {
  tasks.insert_or_assign(std::move(name), std::move(function));
}

wall_time scheduler::now() const {
  return loop ? loop->wall_now() : system_clock_source::shared().wall_now();
}

/// Has serve() look again.
void scheduler::wake() { changed.set(); }

void scheduler::subscribe(listener hears) {
  listeners.push_back(std::move(hears));
}

task<schedule_id> scheduler::add_schedule(std::string task, trigger when,
                                          schedule_options given,
                                          std::string name,
                                          std::string arguments) {
  const detail::here where = co_await detail::here();
  loop = where.loop;
  if (!tasks.contains(task))
    throw std::invalid_argument("there is no task `" + task + "`");
  if (options.store && name.empty())
    throw std::invalid_argument("a schedule that is stored needs a name");

  const auto shared = std::make_shared<const schedule_options>(given);
  schedule_spec spec{.when = std::move(when), .options = shared, .name = name};
  const std::size_t before = core.schedule_count();
  const schedule_id id = core.add(std::move(spec), now());
  if (of_schedule.contains(id) && core.schedule_count() == before)
    co_return id; // conflict_policy::keep
  of_schedule[id] = {std::move(name), std::move(task), std::move(arguments)};
  co_await store_schedule(id);
  wake();
  co_return id;
}

task<bool> scheduler::remove_schedule(schedule_id schedule) {
  const detail::here where = co_await detail::here();
  loop = where.loop;
  const auto found = of_schedule.find(schedule);
  if (found == of_schedule.end() || !core.remove(schedule, now()))
    co_return false;
  const std::string name = found->second.name;
  const auto remove = [&] { options.store->remove(name); };
  if (options.store)
    co_await to_thread(remove);
  wake();
  co_return true;
}

task<bool> scheduler::pause_schedule(schedule_id schedule, std::string note) {
  const detail::here where = co_await detail::here();
  loop = where.loop;
  if (!core.pause(schedule, now(), std::move(note)))
    co_return false;
  co_await store_schedule(schedule);
  wake();
  co_return true;
}

task<bool> scheduler::unpause_schedule(schedule_id schedule,
                                       std::optional<wall_time> resume_from) {
  const detail::here where = co_await detail::here();
  loop = where.loop;
  if (!core.resume(schedule, now(), resume_from))
    co_return false;
  co_await store_schedule(schedule);
  wake();
  co_return true;
}

bool scheduler::trigger_now(schedule_id schedule) {
  const bool found = core.trigger_now(schedule, now());
  wake();
  return found;
}

bool scheduler::backfill(schedule_id schedule, wall_time first,
                         wall_time last) {
  const bool found = core.backfill(schedule, first, last, now());
  wake();
  return found;
}

job_id scheduler::add_job(const std::string &task, std::string arguments) {
  if (!tasks.contains(task))
    throw std::invalid_argument("there is no task `" + task + "`");
  const job_id id = core.run(0, now());
  of_job[id] = {{}, task, std::move(arguments)};
  wake();
  return id;
}

bool scheduler::cancel_job(job_id job) {
  std::vector<command> commands;
  if (!core.cancel(job, now(), commands))
    return false;
  carry_out(commands);
  wake();
  return true;
}

std::vector<wall_time> scheduler::next_fire_times(schedule_id schedule,
                                                  std::size_t count) const {
  std::vector<wall_time> times;
  const std::optional<schedule_status> status = core.status(schedule);
  if (!status)
    return times;
  const std::optional<trigger> when = core.trigger_of(schedule);
  std::optional<wall_time> time = status->next_fire_time;
  for (; time && times.size() < count; time = when->next(time, *time))
    times.push_back(*time);
  return times;
}

task<void> scheduler::store_schedule(schedule_id schedule) {
  const std::optional<schedule_status> status = core.status(schedule);
  if (!options.store || !status || status->name.empty())
    co_return;
  const details &known = of_schedule.at(schedule);
  const stored_schedule stored{.name = known.name,
                               .task = known.task,
                               .arguments = known.arguments,
                               .trigger = core.trigger_of(schedule)->text(),
                               .options = core.options_of(schedule)->text(),
                               .last_fire_time = status->last_fire_time,
                               .paused = status->paused,
                               .note = status->note};
  const auto put = [&] { options.store->put(stored); };
  co_await to_thread(put);
}

/// What an earlier process left.
task<void> scheduler::restore() {
  if (!options.store)
    co_return;
  std::vector<stored_schedule> schedules;
  std::vector<stored_job> unfinished;
  const auto read = [&] {
    schedules = options.store->schedules();
    unfinished = options.store->unfinished();
  };
  co_await to_thread(read);

  for (const stored_schedule &stored : schedules)
    restore_schedule(stored);
  for (stored_job &job : unfinished) {
    if (job.at_most_once) {
      finished.push_back({job.key, job_outcome::abandoned});
      continue;
    }
    // Whose task this process does not know is left to one that does.
    if (!tasks.contains(job.task))
      continue;
    const job_id id = core.run(0, now(), job.fire_time);
    of_job[id] = {std::move(job.schedule), std::move(job.task),
                  std::move(job.arguments), job.key};
  }
}

void scheduler::restore_schedule(const stored_schedule &stored) {
  if (core.find(stored.name) != schedule_id::none ||
      !tasks.contains(stored.task))
    return;
  const auto shared = std::make_shared<const schedule_options>(
      schedule_options::parse(stored.options));
  const schedule_id id = core.add({.when = trigger::parse(stored.trigger),
                                   .options = shared,
                                   .name = stored.name},
                                  now(), stored.last_fire_time);
  of_schedule[id] = {stored.name, stored.task, stored.arguments};
  if (stored.paused)
    core.pause(id, now(), stored.note);
}

} // namespace looprt
