// Timers that wake coroutines.
#include "looprt/sleep.h"

namespace looprt::detail {

bool sleeper::start(event_loop &loop, cancel_scope &scope,
                    std::coroutine_handle<> waiting) {
  if (!list(&loop, &scope, waiting))
    return false;
  on = &loop;
  if (wall)
    span = *wall - loop.wall_now();
  if (span && *span <= span->zero())
    wake(); // no timer for what is due: it only waits its turn
  else
    timer = loop.arm(due ? *due : loop.now() + *span, this);
  return true;
}

bool sleeper::forget() noexcept {
  on->disarm(timer);
  return true;
}

deadline::deadline(here where, std::chrono::nanoseconds limit)
    : loop(*where.loop), outer(*where.scope), own_scope(where.scope),
      timer(loop.arm(loop.now() + limit, this)) {}

void deadline::time_has_come() {
  is_up = true;
  own_scope.cancel();
}

} // namespace looprt::detail
