// The scheduler at work: what is due is taken a little at a time, stored,
// started, and then the others have their turn.
#include "looprt/scheduler.h"
#include "looprt/sleep.h"
#include "looprt/to_thread.h"
#include "wall_clock_watch.h"

#include <algorithm>
#include <utility>

namespace looprt {

task<void> scheduler::run_until_stopped() {
  const detail::here where = co_await detail::here();
  loop = where.loop;
  const auto look_again = [this] { wake(); };
  const detail::wall_clock_watch watch(*loop, look_again);
  hears_clock = watch.works();
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
    const bool more_due = core.take_due(now(), options.budget, commands);
    const std::vector<std::int64_t> stored = co_await commit(commands);
    carry_out(commands, stored);
    const bool more_said = publish();
    if (more_due || more_said)
      co_await yield_now();
    else
      co_await wait_for_change();
  }
  co_await drain();
}

namespace {

/// Sets an event when it is time. Not as a time-out around the wait: what is
/// due at the same instant would then run in another order than it was armed.
class alarm final : public detail::timed {
public:
  alarm(event_loop &loop, std::chrono::nanoseconds delay, async_event &rings)
      : loop(loop), rings(rings), timer(loop.arm(loop.now() + delay, this)) {}
  alarm(const alarm &) = delete;
  alarm &operator=(const alarm &) = delete;
  ~alarm() { loop.disarm(timer); }

private:
  void time_has_come() override { rings.set(); }

  event_loop &loop;
  async_event &rings;
  std::uint64_t timer;
};

// What is due later than this is asked for again by then. Nanoseconds, which
// timers count in, do not reach the last date that a trigger may name.
constexpr microseconds longest_sleep = std::chrono::years(1);
// Where nobody tells that the wall clock was set.
constexpr microseconds longest_blind_sleep = std::chrono::minutes(1);

} // namespace

/// Until somebody says so, or the next schedule is due.
task<void> scheduler::wait_for_change() {
  std::optional<alarm> at_deadline;
  if (const std::optional<wall_time> deadline = core.next_deadline()) {
    if (*deadline <= now())
      co_return;
    const microseconds longest =
        hears_clock ? longest_sleep : longest_blind_sleep;
    at_deadline.emplace(*loop, std::min(*deadline - now(), longest), changed);
  }
  co_await changed.wait();
}

/// Tells the store before a job starts: what it does not know did not begin.
/// Returns the store's keys of what \p commands start, each at the place of its
/// command; 0 where that fire time has been a job before. Empty without a
/// store.
task<std::vector<std::int64_t>>
scheduler::commit(const std::vector<command> &commands) {
  std::vector<std::int64_t> keys;
  if (!options.store)
    co_return keys;
  keys.resize(commands.size());
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
         .task = tasks[job.task].name,
         .arguments = known->second.arguments,
         .fire_time = job.fire_time,
         .at_most_once =
             given && given->delivery == delivery_policy::at_most_once});
  }
  if (beginning.empty() && finished.empty())
    co_return keys;

  const std::vector<finished_job> ended = std::exchange(finished, {});
  const auto write = [&] { options.store->commit(ended, beginning); };
  co_await to_thread(write);
  for (std::size_t at = 0; at < beginning.size(); ++at)
    keys[positions[at]] = beginning[at].key;
  co_return keys;
}

void scheduler::carry_out(const std::vector<command> &commands,
                          const std::vector<std::int64_t> &stored) {
  for (std::size_t at = 0; at < commands.size(); ++at) {
    const job &job = commands[at].job;
    if (commands[at].what == command::kind::start) {
      start(job, at < stored.size() ? std::optional(stored[at]) : std::nullopt);
      continue;
    }
    if (const auto found = running.find(job.id); found != running.end())
      found->second->cancel();
  }
}

/// \p stored is the store's key; nothing where there is no store.
void scheduler::start(const job &job, std::optional<std::int64_t> stored) {
  const bool is_lone = job.schedule == schedule_id::none;
  details known;
  if (is_lone) {
    if (auto lone = of_job.extract(job.id))
      known = std::move(lone.mapped());
  } else {
    const auto found = of_schedule.find(job.schedule);
    if (found != of_schedule.end())
      known = found->second;
    known.stored = stored.value_or(0);
  }
  const bool is_gone = !is_lone && !core.options_of(job.schedule);
  const bool ran_before = !is_lone && stored == 0;
  if (is_gone || ran_before) {
    core.finish(job.id, job_outcome::abandoned, now());
    return;
  }
  running[job.id] = std::make_unique<cancel_scope>(&jobs->scope());
  jobs->start_soon(run_job(job.id, job.task,
                           {.id = job.id,
                            .schedule = std::move(known.name),
                            .task = tasks[job.task].name,
                            .arguments = std::move(known.arguments),
                            .fire_time = job.fire_time},
                           known.stored));
}

task<void> scheduler::run_job(job_id id, std::uint64_t number,
                              job_context context, std::int64_t stored) {
  cancel_scope &scope = *running.at(id);
  job_outcome outcome = job_outcome::success;
  try {
    if (scope.is_cancelled()) // before it began
      throw task_cancelled();
    co_await tasks[number].function(std::move(context)).in(scope);
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
  std::vector<command> commands;
  cancelled = core.waiting_jobs();
  for (const job &late : cancelled)
    core.cancel(late.id, now(), commands);
  const auto in_time = co_await move_on_after(grace, wait_for_jobs());
  if (!in_time) {
    for (const job &late : core.running_jobs()) {
      cancelled.push_back(late);
      core.cancel(late.id, now(), commands);
    }
    carry_out(commands, {});
    co_await wait_for_jobs();
  }
  const std::vector<command> none;
  co_await commit(none);
  while (publish())
    co_await yield_now();
}

/// Tells what has happened, a little at a time; true where there is more.
bool scheduler::publish() {
  const std::size_t most = 4 * options.budget;
  const std::vector<event> said = core.take_events(most);
  for (const event &event : said)
    tell(event);
  return said.size() == most;
}

void scheduler::tell(const event &event) {
  const auto found = of_schedule.find(event.schedule);
  const bool is_known = found != of_schedule.end();
  const std::string name = is_known ? found->second.name : "";
  for (const listener &hears : listeners)
    hears(event, name);
  if (!is_known)
    return;

  details &known = found->second;
  using enum event::kind;
  if (event.what == job_started)
    ++known.running;
  else if (event.what == job_finished && known.running > 0)
    --known.running;
  known.is_gone = known.is_gone || event.what == schedule_removed ||
                  event.what == schedule_finished;
  if (known.is_gone && known.running == 0)
    of_schedule.erase(found);
}

} // namespace looprt
