// Two questions at once, and two places to ask one.
#include "looprt/combine.h"

#include "looprt/run.h"
#include "looprt/sleep.h"

#include <iostream>
#include <string>

using namespace std::chrono_literals;

looprt::task<std::string> ask(std::string place,
                              std::chrono::milliseconds delay) {
  co_await looprt::sleep_for(delay);
  co_return place;
}

looprt::task<void> serve() {
  const auto both =
      co_await looprt::when_all(ask("users", 2ms), ask("orders", 1ms));
  std::cout << std::get<0>(both) << ' ' << std::get<1>(both) << '\n';

  std::vector<looprt::task<std::string>> replicas;
  replicas.push_back(ask("far", 1h));
  replicas.push_back(ask("near", 1ms));
  const auto first = co_await looprt::when_any(std::move(replicas));
  std::cout << first.first << ' ' << first.second << '\n';
}

int main() { looprt::run(serve()); }

// prints: users orders
// prints: 1 near
