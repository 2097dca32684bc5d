// Blocking work off the loop, which goes on meanwhile.
#include "looprt/to_thread.h"

#include "looprt/run.h"

#include <iostream>
#include <thread>

looprt::task<void> serve() {
  const std::thread::id own = std::this_thread::get_id();
  const auto where = co_await looprt::to_thread(std::this_thread::get_id);
  std::cout << (where == own ? "here" : "on another thread") << '\n';
}

int main() { looprt::run(serve()); }

// prints: on another thread
