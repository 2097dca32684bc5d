// The night on which Berlin's clocks go forward: nothing is lost.
#include "looprt/trigger.h"

#include <iostream>

int main() {
  using namespace std::chrono;
  const auto midnight = looprt::cron_trigger(
      "0 0 * * *", {.zone = looprt::time_zone::find("Europe/Berlin")});
  std::optional<looprt::wall_time> time =
      midnight.at_or_after(sys_days{2026y / March / 28});
  for (int night = 0; night < 3; ++night) {
    std::cout << looprt::date_trigger(*time).text() << '\n';
    time = midnight.next(time, *time);
  }
  std::cout << midnight.text() << '\n';
}

// prints: date(2026-03-28T23:00:00Z)
// prints: date(2026-03-29T22:00:00Z)
// prints: date(2026-03-30T22:00:00Z)
// prints: cron("0 0 * * *", zone="Europe/Berlin")
