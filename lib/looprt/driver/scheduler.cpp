// What users ask of the scheduler, and what the store is told about it.
#include "looprt/scheduler.h"

#include "looprt/sleep.h"
#include "looprt/to_thread.h"

#include <stdexcept>
#include <utility>

namespace looprt {

scheduler::scheduler(scheduler_options options) : options(options) {
  core.record_events(event_detail::ends); // to forget what it knows of them
}

scheduler::~scheduler() = default;

void scheduler::configure(std::string name, task_function function) {
  const auto [found, is_new] = numbers.try_emplace(name, tasks.size());
  if (is_new)
    tasks.push_back({std::move(name), std::move(function)});
  else
    tasks[found->second].function = std::move(function);
}

std::uint64_t scheduler::task_number(const std::string &name) const {
  const auto found = numbers.find(name);
  if (found == numbers.end())
    throw std::invalid_argument("there is no task `" + name + "`");
  return found->second;
}

wall_time scheduler::now() const {
  return loop ? loop->wall_now() : system_clock_source::shared().wall_now();
}

/// Has serve() look again.
void scheduler::wake() { changed.set(); }

void scheduler::subscribe(listener hears) {
  listeners.push_back(std::move(hears));
  core.record_events(event_detail::all);
}

task<schedule_id> scheduler::add_schedule(std::string task, trigger when,
                                          schedule_options given,
                                          std::string name,
                                          std::string arguments) {
  const detail::here where = co_await detail::here();
  loop = where.loop;
  const std::uint64_t number = task_number(task);
  if (options.store && name.empty())
    throw std::invalid_argument("a schedule that is stored needs a name");

  static const auto defaults = std::make_shared<const schedule_options>();
  const auto shared = given == *defaults
                          ? defaults
                          : std::make_shared<const schedule_options>(given);
  const bool was_there = find(name) != schedule_id::none;
  const schedule_id id = core.add({.task = number,
                                   .when = std::move(when),
                                   .options = shared,
                                   .name = name},
                                  now());
  if (was_there && given.conflict == conflict_policy::keep)
    co_return id;
  if (!name.empty() || !arguments.empty())
    of_schedule[id] = {std::move(name), std::move(arguments)};
  if (options.store) // else spare the coroutine
    co_await store_schedule(id);
  wake();
  co_return id;
}

task<std::vector<schedule_id>>
scheduler::add_schedules(std::string task, std::vector<trigger> triggers,
                         schedule_options given) {
  const detail::here where = co_await detail::here();
  loop = where.loop;
  const std::uint64_t number = task_number(task);
  if (options.store)
    throw std::invalid_argument("a schedule that is stored needs a name");

  const auto shared = std::make_shared<const schedule_options>(given);
  std::vector<schedule_id> ids;
  ids.reserve(triggers.size());
  for (trigger &when : triggers)
    ids.push_back(core.add(number, std::move(when), shared, now()));
  wake();
  co_return ids;
}

task<bool> scheduler::remove_schedule(schedule_id schedule) {
  const detail::here where = co_await detail::here();
  loop = where.loop;
  const std::optional<schedule_status> status = core.status(schedule);
  if (!status || !core.remove(schedule, now()))
    co_return false;
  const std::string &name = status->name;
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

task<bool> scheduler::reschedule(schedule_id schedule, trigger when) {
  const detail::here where = co_await detail::here();
  loop = where.loop;
  if (!core.reschedule(schedule, std::move(when), now()))
    co_return false;
  co_await store_schedule(schedule, /*is_fresh=*/true);
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
  const job_id id = core.run(task_number(task), now());
  if (!arguments.empty())
    of_job[id] = {{}, std::move(arguments)};
  wake();
  return id;
}

bool scheduler::cancel_job(job_id job) {
  std::vector<command> commands;
  if (!core.cancel(job, now(), commands))
    return false;
  of_job.erase(job);
  carry_out(commands, {});
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

/// Where the trigger is new, it has not fired yet.
task<void> scheduler::store_schedule(schedule_id schedule, bool is_fresh) {
  const std::optional<schedule_status> status = core.status(schedule);
  if (!options.store || !status || status->name.empty())
    co_return;
  const details &known = of_schedule.at(schedule);
  const stored_schedule stored{
      .name = known.name,
      .task = tasks[status->task].name,
      .arguments = known.arguments,
      .trigger = core.trigger_of(schedule)->text(),
      .options = core.options_of(schedule)->text(),
      .last_fire_time = is_fresh ? std::nullopt : status->last_fire_time,
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
    const auto known = numbers.find(job.task);
    if (known == numbers.end())
      continue;
    const job_id id = core.run(known->second, now(), job.fire_time);
    of_job[id] = {std::move(job.schedule), std::move(job.arguments), job.key};
  }
}

void scheduler::restore_schedule(const stored_schedule &stored) {
  const auto known = numbers.find(stored.task);
  if (core.find(stored.name) != schedule_id::none || known == numbers.end())
    return;
  const auto shared = std::make_shared<const schedule_options>(
      schedule_options::parse(stored.options));
  const schedule_id id = core.add({.task = known->second,
                                   .when = trigger::parse(stored.trigger),
                                   .options = shared,
                                   .name = stored.name},
                                  now(), stored.last_fire_time);
  of_schedule[id] = {stored.name, stored.arguments};
  if (stored.paused)
    core.pause(id, now(), stored.note);
}

} // namespace looprt
