// Options are written down as text, and read back.
#include "looprt/schedule.h"

#include <iostream>

using namespace std::chrono_literals;

int main() {
  looprt::schedule_options options;
  options.misfire_grace_time = 90s;
  options.coalesce = looprt::coalesce_policy::all;
  options.overlap = looprt::overlap_policy::buffer_one;
  std::cout << options.text() << '\n';
  std::cout << looprt::schedule_options::parse(options.text()).text() << '\n';
}

// prints: misfire_grace_time=1m30s coalesce=all overlap=buffer_one
// prints: misfire_grace_time=1m30s coalesce=all overlap=buffer_one
