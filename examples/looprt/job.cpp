// The life of a job is a table that can be asked.
#include "looprt/job.h"

#include <iostream>

int main() {
  using looprt::job_state, looprt::job_step;
  const auto running = looprt::after(job_state::waiting, job_step::start);
  std::cout << (running == job_state::running) << '\n';
  std::cout << looprt::after(job_state::finished, job_step::cancel).has_value()
            << '\n';
  std::cout << name_of(looprt::job_outcome::abandoned) << '\n';
}

// prints: 1
// prints: 0
// prints: abandoned
