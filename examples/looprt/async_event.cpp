// One coroutine tells another that something has happened.
#include "looprt/async_event.h"

#include "looprt/combine.h"
#include "looprt/run.h"

#include <iostream>

looprt::task<void> open(looprt::async_event &ready) {
  std::cout << "opening\n";
  ready.set();
  co_return;
}

looprt::task<void> enter(looprt::async_event &ready) {
  co_await ready.wait();
  std::cout << "in\n";
}

looprt::task<void> serve() {
  looprt::async_event ready;
  co_await looprt::when_all(enter(ready), open(ready));
}

int main() { looprt::run(serve()); }

// prints: opening
// prints: in
