// The machine's clocks, and the virtual one.
#include "looprt/clock.h"

#include <stdexcept>
#include <utility>

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

void virtual_clock::set_wall(wall_time time) {
  wall = time;
  rest = std::chrono::nanoseconds::zero();
  const auto told = listeners; // which may come and go meanwhile
  for (const auto &[listener, tell] : told)
    tell();
}

void virtual_clock::on_set(const void *listener, std::function<void()> told) {
  listeners.emplace_back(listener, std::move(told));
}

void virtual_clock::forget(const void *listener) {
  std::erase_if(listeners,
                [&](const auto &each) { return each.first == listener; });
}

} // namespace looprt
