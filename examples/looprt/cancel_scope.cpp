// What is cancelled stays so: who goes on all the same ends at its next wait.
#include "looprt/cancel_scope.h"

#include "looprt/run.h"
#include "looprt/sleep.h"
#include "looprt/task_group.h"

#include <iostream>

using namespace std::chrono_literals;

looprt::task<void> stubborn() {
  for (int attempt = 1;; ++attempt)
    try {
      co_await looprt::sleep_for(1h);
    } catch (const looprt::task_cancelled &) {
      std::cout << "cancelled " << attempt << '\n';
      if (attempt == 2)
        throw;
    }
}

looprt::task<void> serve() {
  const auto body = [](looprt::task_group &group) -> looprt::task<void> {
    group.start_soon(stubborn());
    co_await looprt::yield_now();
    group.scope().cancel();
  };
  co_await looprt::with_task_group(body);
}

int main() { looprt::run(serve()); }

// prints: cancelled 1
// prints: cancelled 2
