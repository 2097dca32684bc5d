// A week passes in no time.
#include "looprt/clock.h"

#include "looprt/run.h"
#include "looprt/sleep.h"

#include <iostream>

using namespace std::chrono_literals;

looprt::task<void> sleep_a_week() { co_await looprt::sleep_for(24h * 7); }

int main() {
  looprt::virtual_clock clock;
  looprt::run(sleep_a_week(), {.clock = &clock});
  std::cout << clock.wall_now().time_since_epoch() / 1h << " hours\n";
}

// prints: 168 hours
