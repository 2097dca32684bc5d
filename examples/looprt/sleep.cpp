// Waiting, and limits to it.
#include "looprt/sleep.h"

#include "looprt/run.h"

#include <iostream>

using namespace std::chrono_literals;

looprt::task<int> answer_after(std::chrono::nanoseconds delay) {
  co_await looprt::sleep_for(delay);
  co_return 42;
}

looprt::task<void> serve() {
  const auto soon = co_await looprt::move_on_after(1s, answer_after(1ms));
  const auto late = co_await looprt::move_on_after(1ms, answer_after(1h));
  std::cout << soon.value_or(0) << ' ' << late.has_value() << '\n';
  try {
    co_await looprt::timeout_after(1ms, answer_after(1h));
  } catch (const looprt::timeout_error &error) {
    std::cout << error.what() << '\n';
  }
}

int main() { looprt::run(serve()); }

// prints: 42 0
// prints: the time-out has passed
