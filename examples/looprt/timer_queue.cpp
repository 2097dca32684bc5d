// Timers in exact order: by time, then priority, then the order of arming.
#include "looprt/timer_queue.h"

#include "looprt/clock.h"

#include <iostream>

using namespace std::chrono_literals;

int main() {
  const looprt::steady_time start{};
  looprt::timer_queue<looprt::steady_time, int> timers;
  timers.arm(start + 2s, 1);
  timers.arm(start + 1s, 2);
  timers.arm(start + 1s, 3, /*priority=*/-1);
  const auto gone = timers.arm(start + 1s, 4);
  timers.cancel(gone);
  timers.run_due(start + 5s, /*budget=*/100,
                 [](const auto &timer) { std::cout << timer.payload << '\n'; });
}

// prints: 3
// prints: 2
// prints: 1
