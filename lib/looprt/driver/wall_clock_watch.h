// Tells when somebody sets the wall clock, so that a scheduler need not look at
// it. Linux has timers that end when that happens, or when the machine wakes
// up; one of them, set for a time that never comes, is a descriptor that the
// loop watches for nothing. A virtual clock says it itself.
#pragma once

#include "looprt/event_loop.h"

#include <functional>
#include <memory>

namespace looprt::detail {

/// Belongs to the thread of its loop, and ends before the loop does.
class wall_clock_watch {
public:
  /// \p told is called on the loop.
  wall_clock_watch(event_loop &loop, std::function<void()> told);
  wall_clock_watch(const wall_clock_watch &) = delete;
  wall_clock_watch &operator=(const wall_clock_watch &) = delete;
  ~wall_clock_watch();

  /// False where this system does not tell.
  bool works() const { return clock || alarm; }

private:
  struct descriptor;

  virtual_clock *clock;
  std::shared_ptr<descriptor> alarm;
};

} // namespace looprt::detail
