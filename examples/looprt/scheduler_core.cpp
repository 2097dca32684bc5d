// The scheduler without a loop: times go in, commands come out.
#include "looprt/scheduler_core.h"

#include <iostream>

using namespace std::chrono_literals;

int main() {
  const looprt::wall_time start{};
  looprt::scheduler_core core;
  core.add({.task = 1, .when = looprt::interval_trigger(10s)}, start);

  std::vector<looprt::command> commands;
  core.take_due(start + 35s, /*limit=*/100, commands); // late: it slept
  for (const looprt::command &command : commands) {
    std::cout << "start task " << command.job.task << " for second "
              << (command.job.fire_time - start) / 1s << '\n';
    core.finish(command.job.id, looprt::job_outcome::success, start + 36s);
  }
  std::cout << "next at " << (*core.next_deadline() - start) / 1s << '\n';
}

// prints: start task 1 for second 30
// prints: next at 40
