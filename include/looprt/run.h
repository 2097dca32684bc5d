// From plain code into coroutines.
//
//   int main() { looprt::run(serve()); }
#pragma once

#include "looprt/event_loop.h"
#include "looprt/misuse.h"

#include <utility>

namespace looprt {

/// Runs \p main on a loop of its own on this thread, and closes everything.
/// LOOP201 where a loop runs here already.
template <class T> T run(task<T> main, event_loop_options options = {}) {
  if (event_loop::current())
    misuse::nested_run("looprt::run");
  event_loop loop(options);
  return loop.run_until_complete(std::move(main));
}

/// Blocks this thread until \p awaited has ended; for threads that have no
/// loop. LOOP203 on the thread of a loop, where it would wait for itself.
template <class T> T sync_wait(task<T> awaited) {
  if (event_loop::current())
    misuse::self_deadlock_wait("looprt::sync_wait");
  event_loop loop;
  return loop.run_until_complete(std::move(awaited));
}

} // namespace looprt
