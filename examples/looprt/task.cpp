// A task is lazy: it runs where it is awaited.
#include "looprt/task.h"

#include "looprt/run.h"

#include <iostream>

looprt::task<int> square(int number) {
  std::cout << "squaring\n";
  const int squared = number * number;
  co_return squared;
}

looprt::task<void> serve() {
  looprt::task<int> later = square(7);
  std::cout << "not yet\n";
  std::cout << co_await std::move(later) << '\n';
}

int main() { looprt::run(serve()); }

// prints: not yet
// prints: squaring
// prints: 49
