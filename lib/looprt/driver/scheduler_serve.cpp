// The scheduler at work: what is due is taken a little at a time, stored,
// started, and then the others have their turn.
#include "looprt/scheduler.h"
#include "looprt/sleep.h"
#include "looprt/to_thread.h"

#include <utility>

namespace looprt {

task<void> scheduler::run_until_stopped() {
  const detail::here where = co_await detail::here();
  loop = where.loop;
  const auto body = [this](task_group &group) -> task<void> {
    jobs = &group;
    co_await restore();
    co_await serve();
  };
  co_await with_task_group(body);
  jobs = nullptr;
  stopped.set();
}

task<std::vector<job>> scheduler::stop(std::chrono::nanoseconds patience) {
  grace = patience;
  stopping = true;
  wake();
  if (jobs)
    co_await stopped.wait();
  co_return std::exchange(cancelled, {});
}

task<void> scheduler::serve() {
  std::vector<command> commands;
  while (!stopping) {
    changed.clear();
    commands.clear();
    const bool more = core.take_due(now(), options.budget, commands);
    co_await commit(commands);
    carry_out(commands);
    publish();
    if (more)
      co_await yield_now();
    else
      co_await wait_for_change();
  }
  co_await drain();
}

/// Until somebody says so, or the next schedule is due.
task<void> scheduler::wait_for_change() {
  const std::optional<wall_time> deadline = core.next_deadline();
  const auto wait = [this]() -> task<void> { co_await changed.wait(); };
  if (!deadline) {
    co_await wait();
    co_return;
  }
  if (*deadline > now())
    co_await move_on_after(*deadline - now(), wait());
}

/// Tells the store before a job starts: what it does not know did not begin.
task<void> scheduler::commit(std::vector<command> &commands) {
  if (!options.store)
    co_return;
  std::vector<stored_job> beginning;
  std::vector<std::size_t> positions;
  for (std::size_t at = 0; at < commands.size(); ++at) {
    const job &job = commands[at].job;
    const auto known = of_schedule.find(job.schedule);
    if (commands[at].what != command::kind::start || known == of_schedule.end())
      continue;
    const auto given = core.options_of(job.schedule);
    positions.push_back(at);
    beginning.push_back(
        {.schedule = known->second.name,
         .task = known->second.task,
         .arguments = known->second.arguments,
         .fire_time = job.fire_time,
         .at_most_once =
             given && given->delivery == delivery_policy::at_most_once});
  }
  if (beginning.empty() && finished.empty())
    co_return;

  const std::vector<finished_job> ended = std::exchange(finished, {});
  const auto write = [&] { options.store->commit(ended, beginning); };
  co_await to_thread(write);
  for (std::size_t at = 0; at < beginning.size(); ++at)
    commands[positions[at]].job.task =
        static_cast<std::uint64_t>(beginning[at].key);
}

void scheduler::carry_out(const std::vector<command> &commands) {
  for (const command &command : commands) {
    const job &job = command.job;
    if (command.what == command::kind::cancel) {
      if (const auto found = running.find(job.id); found != running.end())
        found->second->cancel();
      continue;
    }

    const auto lone = of_job.find(job.id);
    const auto scheduled = of_schedule.find(job.schedule);
    details known;
    if (lone != of_job.end()) {
      known = std::move(lone->second);
      of_job.erase(lone);
    } else if (scheduled != of_schedule.end()) {
      known = scheduled->second;
      known.stored = static_cast<std::int64_t>(job.task);
    }
    const bool ran_before =
        options.store && lone == of_job.end() && known.stored == 0;
    if (known.task.empty() || ran_before) {
      core.finish(job.id, job_outcome::abandoned, now());
      continue;
    }
    jobs->start_soon(run_job(job.id,
                             {.id = job.id,
                              .schedule = std::move(known.name),
                              .task = std::move(known.task),
                              .arguments = std::move(known.arguments),
                              .fire_time = job.fire_time},
                             known.stored));
  }
}

task<void> scheduler::run_job(job_id id, job_context context,
                              std::int64_t stored) {
  const detail::here where = co_await detail::here();
  cancel_scope scope(where.scope);
  running[id] = &scope;
  job_outcome outcome = job_outcome::success;
  try {
    const task_function &function = tasks.at(context.task);
    co_await function(std::move(context)).in(scope);
  } catch (const task_cancelled &) {
    outcome = job_outcome::cancelled;
  } catch (...) {
    outcome = job_outcome::error; // an event says so; others go on
  }
  running.erase(id);
  core.finish(id, outcome, now());
  if (stored != 0)
    finished.push_back({stored, outcome});
  wake();
}

task<void> scheduler::wait_for_jobs() {
  while (!running.empty()) {
    changed.clear();
    co_await changed.wait();
  }
}

/// The end: patience, then none.
task<void> scheduler::drain() {
  co_await yield_now(); // those that are just starting
  const auto in_time = co_await move_on_after(grace, wait_for_jobs());
  if (!in_time) {
    cancelled = core.running_jobs();
    std::vector<command> commands;
    for (const job &late : cancelled)
      core.cancel(late.id, now(), commands);
    carry_out(commands);
    co_await wait_for_jobs();
  }
  std::vector<command> none;
  co_await commit(none);
  publish();
}

void scheduler::publish() {
  for (const event &event : core.take_events()) {
    const auto known = of_schedule.find(event.schedule);
    const std::string name =
        known == of_schedule.end() ? "" : known->second.name;
    for (const listener &hears : listeners)
      hears(event, name);
    if (known == of_schedule.end())
      continue;
    if (event.what == event::kind::schedule_finished ||
        event.what == event::kind::schedule_removed)
      of_schedule.erase(known);
  }
}

} // namespace looprt
