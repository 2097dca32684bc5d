// Portals: what needs the lock.
#include "looprt/blocking_portal.h"
#include "portal_state.h"

namespace looprt::detail {

void portal_state::post(std::function<void(event_loop &)> callback) {
  const std::lock_guard lock(guard);
  if (!loop)
    throw portal_closed();
  loop->post([on = loop, callback = std::move(callback)] { callback(*on); });
}

void portal_state::close() {
  const std::lock_guard lock(guard);
  loop = nullptr;
}

bool portal_state::is_own_thread() {
  const std::lock_guard lock(guard);
  return loop && loop == event_loop::current();
}

void post_to(portal_state &portal, std::function<void(event_loop &)> callback) {
  portal.post(std::move(callback));
}

bool is_own_thread(portal_state &portal) { return portal.is_own_thread(); }

} // namespace looprt::detail
