// A thread that has nothing to do with loops asks one.
#include "looprt/blocking_portal.h"

#include "looprt/run.h"
#include "looprt/to_thread.h"

#include <iostream>

looprt::task<int> answer() { co_return 42; }

looprt::task<void> serve() {
  const looprt::blocking_portal portal(*looprt::event_loop::current());
  const auto on_a_thread = [portal] {
    std::cout << "the loop says " << portal.call(answer) << '\n';
  };
  co_await looprt::to_thread(on_a_thread);
  try {
    portal.call(answer); // on the loop itself: it would wait for itself
  } catch (const looprt::loop_misuse_error &error) {
    std::cout << "LOOP" << error.code() << '\n';
  }
}

int main() { looprt::run(serve()); }

// prints: the loop says 42
// prints: LOOP203
