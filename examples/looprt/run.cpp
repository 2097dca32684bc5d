// From plain code into a coroutine, and back with what it returns or throws.
#include "looprt/run.h"

#include <iostream>
#include <stdexcept>

looprt::task<int> divide(int dividend, int divisor) {
  if (divisor == 0)
    throw std::domain_error("by zero");
  co_return dividend / divisor;
}

int main() {
  std::cout << looprt::run(divide(84, 2)) << '\n';
  try {
    looprt::sync_wait(divide(1, 0));
  } catch (const std::domain_error &error) {
    std::cout << error.what() << '\n';
  }
}

// prints: 42
// prints: by zero
