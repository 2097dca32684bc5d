// One at a time, across waits. Between two waits nobody else runs anyway: what
// is changed without waiting needs no mutex.
//
//   looprt::async_mutex mutex;
//   const auto guard = co_await mutex.lock();   // until it goes
#pragma once

#include "looprt/async_semaphore.h"

#include <optional>

namespace looprt {

/// First come, first served. Not thread-safe, not recursive: it belongs to one
/// loop, and outlives its guards.
class async_mutex {
public:
  using guard = async_semaphore::permit;

  task<guard> lock() { return one.acquire(); }
  /// Nothing where it is locked.
  std::optional<guard> try_lock() { return one.try_acquire(); }
  bool is_locked() const { return one.available() == 0; }

private:
  async_semaphore one{1};
};

} // namespace looprt
