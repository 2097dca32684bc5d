// A producer, a consumer, and room for two between them.
#include "looprt/channel.h"

#include "looprt/combine.h"
#include "looprt/run.h"

#include <iostream>

looprt::task<void> produce(looprt::channel<int> &numbers) {
  for (int number = 1; number <= 3; ++number)
    co_await numbers.send(number);
  numbers.close();
}

looprt::task<void> consume(looprt::channel<int> &numbers) {
  while (const std::optional<int> number = co_await numbers.receive())
    std::cout << *number << '\n';
}

looprt::task<void> serve() {
  looprt::channel<int> numbers(2);
  co_await looprt::when_all(produce(numbers), consume(numbers));
}

int main() { looprt::run(serve()); }

// prints: 1
// prints: 2
// prints: 3
