// Time, as looprt sees it. Waiting is measured by a clock that never jumps;
// only triggers, which people write in local time, look at the clock on the
// wall. Both come from one object, so that a test can put a virtual clock in
// its place and let a year pass in a second.
#pragma once

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace looprt {

using std::chrono::microseconds;

/// A point on the monotonic clock. Never goes back, knows no date.
using steady_time = std::chrono::time_point<std::chrono::steady_clock,
                                            std::chrono::nanoseconds>;

/// A point in UTC, to the microsecond. Python's `datetime` has the same
/// resolution; 64 bits of microseconds reach 290,000 years.
using wall_time = std::chrono::sys_time<microseconds>;

/// Where time comes from. Thread-safe unless the derived class says otherwise.
class clock {
public:
  clock() = default;
  clock(const clock &) = delete;
  clock &operator=(const clock &) = delete;
  virtual ~clock() = default;

  virtual steady_time now() const = 0;
  virtual wall_time wall_now() const = 0;
};

/// The machine's clocks.
class system_clock_source final : public clock {
public:
  steady_time now() const override;
  wall_time wall_now() const override;

  /// The one that is used where none is given.
  static const system_clock_source &shared();
};

/// A clock that stands still until it is told to go on. Not thread-safe: it
/// belongs to the loop that it drives.
class virtual_clock final : public clock {
public:
  /// Both clocks start at \p start; the monotonic one at zero.
  explicit virtual_clock(wall_time start = {}) : wall(start) {}

  steady_time now() const override { return steady; }
  wall_time wall_now() const override { return wall; }

  /// Lets \p span pass on both clocks. Throws std::invalid_argument where it
  /// is negative: time does not go back.
  void advance(std::chrono::nanoseconds span);

  /// Sets the wall clock, as an administrator or NTP does. No time passes. Who
  /// waits for the wall clock is told before this returns.
  void set_wall(wall_time time);

  /// \p told is called whenever the wall clock has been set, until forget() is
  /// called with the same \p listener.
  void on_set(const void *listener, std::function<void()> told);
  void forget(const void *listener);

private:
  steady_time steady{};
  wall_time wall;
  std::chrono::nanoseconds rest{}; // of a microsecond, not yet on the wall
  std::vector<std::pair<const void *, std::function<void()>>> listeners;
};

} // namespace looprt
