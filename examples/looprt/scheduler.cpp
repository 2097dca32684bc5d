// Two schedules for a minute, which takes no time here.
#include "looprt/scheduler.h"

#include "looprt/run.h"
#include "looprt/sleep.h"

#include <iostream>

using namespace std::chrono_literals;

looprt::task<void> greet(looprt::job_context job) {
  std::cout << job.fire_time.time_since_epoch() / 1s << " s: " << job.schedule
            << ' ' << job.arguments << '\n';
  co_return;
}

looprt::task<void> serve() {
  looprt::scheduler scheduler;
  scheduler.configure_task("greet", greet);
  co_await scheduler.add_schedule("greet", looprt::interval_trigger(25s), {},
                                  "often", "hello");
  co_await scheduler.add_schedule("greet", looprt::cron_trigger("* * * * *"),
                                  {}, "minutely", "hi");
  const auto body = [&](looprt::task_group &group) -> looprt::task<void> {
    group.start_soon(scheduler.run_until_stopped());
    co_await looprt::sleep_for(59s);
    co_await scheduler.stop(/*grace=*/10s);
  };
  co_await looprt::with_task_group(body);
}

int main() {
  looprt::virtual_clock clock; // leave it out for real time
  looprt::run(serve(), {.clock = &clock});
}

// prints: 0 s: often hello
// prints: 0 s: minutely hi
// prints: 25 s: often hello
// prints: 50 s: often hello
