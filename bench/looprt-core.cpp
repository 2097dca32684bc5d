// looprt's numbers from C++: timers, adding schedules, dispatching, stalls, and
// that an idle loop sleeps. Prints `what  value unit  (bar): verdict`, for
// `./dev bench`; bench/looprt_python.py has the other half.
#include "looprt/loader.h"
#include "looprt/run.h"
#include "looprt/scheduler.h"
#include "looprt/sleep.h"
#include "looprt/timer_queue.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <random>
#include <sys/resource.h>

using namespace looprt;
using namespace std::chrono_literals;

namespace {

constexpr int million = 1'000'000;

/// Processor time: what else runs on the machine does not count.
double seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) * 1e-9;
}

double wall_seconds() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// \p bar is what \p value is to stay below.
void say(const char *what, double value, const char *unit,
         std::optional<double> bar = std::nullopt) {
  std::printf("%-58s %10.3f %s", what, value, unit);
  if (bar)
    std::printf(" (bar %g): %s", *bar, value <= *bar ? "ok" : "OVER");
  std::printf("\n");
  std::fflush(stdout);
}

void measure_timers() {
  std::mt19937_64 random(1);
  std::vector<steady_time> dues(million);
  for (steady_time &due : dues)
    due = steady_time(std::chrono::nanoseconds(random() % 1'000'000'000'000));
  std::vector<timer_id> ids(million);

  timer_queue<steady_time> queue;
  double begin = seconds();
  for (int at = 0; at < million; ++at)
    ids[at] = queue.arm(dues[at], at);
  say("timer queue, 1M: arm", (seconds() - begin) * 1e3, "ns each");
  say("timer queue, 1M: memory", static_cast<double>(queue.memory()) / million,
      "bytes each", 96);
  begin = seconds();
  while (queue.pop_due(steady_time::max()))
    ;
  say("timer queue, 1M: pop", (seconds() - begin) * 1e3, "ns each");
  for (int at = 0; at < million; ++at)
    ids[at] = queue.arm(dues[at], at);
  begin = seconds();
  for (const timer_id id : ids)
    queue.cancel(id);
  say("timer queue, 1M: cancel", (seconds() - begin) * 1e3, "ns each");
}

void measure_core() {
  const wall_time now{};
  const auto options = std::make_shared<const schedule_options>();
  scheduler_core core;
  double begin = seconds();
  for (int at = 0; at < million; ++at)
    core.add(0, date_trigger(now + microseconds(at)), options, now);
  say("scheduler core, 1M schedules: add", seconds() - begin, "s", 0.3);

  begin = seconds();
  double longest = 0;
  std::vector<command> commands;
  for (bool more = true; more;) {
    const double turn = seconds();
    commands.clear();
    more = core.take_due(now + 1h, 256, commands);
    for (const command &command : commands)
      core.finish(command.job.id, job_outcome::success, now);
    longest = std::max(longest, seconds() - turn);
  }
  say("scheduler core, 1M due: dispatch and finish", (seconds() - begin) * 1e3,
      "ns each");
  say("scheduler core, 1M due: longest turn", longest * 1e3, "ms", 5);
}

struct stalls {
  double processor = 0;
  double wall = 0;
};

/// How long the others on the loop had to wait for their turn.
task<stalls> watch(const int &runs, int count) {
  stalls longest;
  while (runs < count) {
    const double processor = seconds();
    const double wall = wall_seconds();
    co_await yield_now();
    longest.processor = std::max(longest.processor, seconds() - processor);
    longest.wall = std::max(longest.wall, wall_seconds() - wall);
  }
  co_return longest;
}

/// A million due jobs on the loop, beside a task that wants its turn.
task<void> dispatch(int count) {
  scheduler scheduler;
  int runs = 0;
  scheduler.configure_task("none", [&](const job_context &) -> task<void> {
    ++runs;
    co_return;
  });
  double begin = seconds();
  for (int at = 0; at < count; ++at)
    co_await scheduler.add_schedule("none", date_trigger(wall_time{}));
  say("scheduler, 1M schedules: add one by one", seconds() - begin, "s", 0.3);

  stalls longest;
  begin = seconds();
  const auto serve = [&](task_group &group) -> task<void> {
    group.start_soon(scheduler.run_until_stopped());
    longest = co_await watch(runs, count);
    co_await scheduler.stop(1s);
  };
  co_await with_task_group(serve);
  say("scheduler, 1M due: dispatch", count / (seconds() - begin) / 1e3,
      "k jobs/s");
  say("scheduler, 1M due: longest stall", longest.processor * 1e3, "ms", 5);
  say("  by the wall clock", longest.wall * 1e3, "ms");
}

task<void> add_together(int count) {
  scheduler scheduler;
  scheduler.configure_task(
      "none", [](const job_context &) -> task<void> { co_return; });
  const double begin = seconds();
  std::vector<trigger> triggers;
  triggers.reserve(count);
  for (int at = 0; at < count; ++at)
    triggers.push_back(date_trigger(wall_time(microseconds(at))));
  co_await scheduler.add_schedules("none", std::move(triggers));
  say("scheduler, 1M schedules: add together", seconds() - begin, "s", 0.3);
}

long wake_ups() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nvcsw;
}

task<void> idle() {
  scheduler scheduler;
  scheduler.configure_task(
      "none", [](const job_context &) -> task<void> { co_return; });
  co_await scheduler.add_schedule(
      "none", date_trigger(event_loop::current()->wall_now() + 1h));
  const auto body = [&](task_group &group) -> task<void> {
    group.start_soon(scheduler.run_until_stopped());
    co_await sleep_for(10ms);
    const long before = wake_ups();
    co_await sleep_for(1s);
    // One is the end of this sleep.
    say("idle scheduler: wake-ups in a second",
        static_cast<double>(wake_ups() - before - 1), "", 0);
    co_await scheduler.stop(0s);
  };
  co_await with_task_group(body);
}

void measure_loader() {
  using loader_type = loader_core<int, int, int, int>;
  using outcome = loader_type::outcome;
  loader_type loader;
  std::vector<int> ready;
  const double begin = seconds();
  for (int key = 0; key < million; ++key)
    if (!loader.cached(key))
      loader.wait(key, key);
  while (const auto batch = loader.take()) {
    for (std::size_t at = 0; at < batch->keys.size(); ++at)
      loader.settle(batch->id, at, outcome(std::in_place_index<0>, 1), ready);
    loader.end(batch->id, 0, ready);
  }
  say("loader core, 1M keys", (seconds() - begin) * 1e3, "ns each");
}

} // namespace

int main() {
  measure_timers();
  measure_core();
  run(add_together(million));
  run(dispatch(million));
  run(idle());
  measure_loader();
}
