// A local time that does not exist, and one that comes twice.
#include "looprt/time_zone.h"

#include <iostream>

int main() {
  using namespace std::chrono;
  const auto berlin = looprt::time_zone::find("Europe/Berlin");
  const auto gap =
      berlin.instants_of(local_days{2026y / March / 29} + 2h + 30min);
  const auto overlap =
      berlin.instants_of(local_days{2026y / October / 25} + 2h + 30min);
  std::cout << gap.in_gap << ' ' << (overlap.second - overlap.first) / 1min
            << " minutes apart\n";
}

// prints: 1 60 minutes apart
