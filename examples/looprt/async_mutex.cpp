// A file that several coroutines write to, a record at a time.
#include "looprt/async_mutex.h"

#include "looprt/combine.h"
#include "looprt/run.h"
#include "looprt/sleep.h"

#include <iostream>

using namespace std::chrono_literals;

looprt::task<void> write(looprt::async_mutex &file, const char *record) {
  const auto guard = co_await file.lock();
  std::cout << record << " begins, ";
  co_await looprt::sleep_for(1ms); // the others wait meanwhile
  std::cout << record << " ends\n";
}

looprt::task<void> serve() {
  looprt::async_mutex file;
  co_await looprt::when_all(write(file, "first"), write(file, "second"));
}

int main() { looprt::run(serve()); }

// prints: first begins, first ends
// prints: second begins, second ends
