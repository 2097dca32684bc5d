// The machine's clocks, and the virtual one.
#include "looprt/clock.h"

#include <stdexcept>

namespace looprt {

steady_time system_clock_source::now() const {
  return std::chrono::time_point_cast<std::chrono::nanoseconds>(
      std::chrono::steady_clock::now());
}

wall_time system_clock_source::wall_now() const {
  return std::chrono::floor<microseconds>(std::chrono::system_clock::now());
}

const system_clock_source &system_clock_source::shared() {
  static const system_clock_source source;
  return source;
}

void virtual_clock::advance(std::chrono::nanoseconds span) {
  if (span < span.zero())
    throw std::invalid_argument(
        "a clock cannot be advanced by a negative span");
  steady += span;
  rest += span;
  const auto whole = std::chrono::floor<microseconds>(rest);
  wall += whole;
  rest -= whole;
}

} // namespace looprt
