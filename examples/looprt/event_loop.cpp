// A loop by hand: callbacks, timers and a task on it.
#include "looprt/event_loop.h"

#include "looprt/sleep.h"

#include <iostream>

using namespace std::chrono_literals;

looprt::task<void> serve(looprt::event_loop &loop) {
  loop.call_later(1ms, [] { std::cout << "later\n"; });
  loop.post([] { std::cout << "soon\n"; }); // from any thread
  std::cout << (looprt::event_loop::current() == &loop) << '\n';
  co_await looprt::sleep_for(5ms);
}

int main() {
  looprt::event_loop loop;
  loop.run_until_complete(serve(loop));
}

// prints: 1
// prints: soon
// prints: later
