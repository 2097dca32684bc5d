// What a portal and its loop share; it outlives both.
#pragma once

#include "looprt/event_loop.h"

#include <functional>
#include <mutex>

namespace looprt::detail {

struct portal_state {
  explicit portal_state(event_loop *loop) : loop(loop) {}

  /// Throws portal_closed.
  void post(std::function<void(event_loop &)> callback);
  void close();
  bool is_own_thread();

private:
  std::mutex guard;
  event_loop *loop; // nullptr once it is closed
};

} // namespace looprt::detail
