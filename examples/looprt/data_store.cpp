// A schedule is there for the next process, and a fire time becomes a job once.
#include "looprt/data_store.h"

#include "looprt/trigger.h"

#include <iostream>

int main() {
  const auto store = looprt::make_memory_store(); // or open_sqlite_store(path)
  store->put({.name = "nightly", .task = "report", .trigger = "interval(1d)"});
  std::cout << store->schedules().front().name << '\n';

  std::vector<looprt::stored_job> jobs(2);
  for (looprt::stored_job &job : jobs)
    job = {.schedule = "nightly", .task = "report"};
  store->commit({}, jobs);
  std::cout << (jobs[0].key != 0) << (jobs[1].key != 0) << '\n';
  std::cout << store->unfinished().size() << " to run again after a crash\n";
}

// prints: nightly
// prints: 10
// prints: 1 to run again after a crash
