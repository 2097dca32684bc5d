// One fails, the others are cancelled, and the group throws what was thrown.
#include "looprt/task_group.h"

#include "looprt/run.h"
#include "looprt/sleep.h"

#include <iostream>
#include <stdexcept>

using namespace std::chrono_literals;

looprt::task<void> serve_for_ever() {
  try {
    co_await looprt::sleep_for(24h * 365);
  } catch (const looprt::task_cancelled &) {
    std::cout << "cancelled\n";
    throw;
  }
}

looprt::task<void> fail() {
  throw std::runtime_error("no disk");
  co_return;
}

looprt::task<void> serve() {
  const auto body = [](looprt::task_group &group) -> looprt::task<void> {
    group.start_soon(serve_for_ever());
    group.start_soon(fail());
    co_return;
  };
  try {
    co_await looprt::with_task_group(body);
  } catch (const std::runtime_error &error) {
    std::cout << error.what() << '\n';
  }
}

int main() { looprt::run(serve()); }

// prints: cancelled
// prints: no disk
