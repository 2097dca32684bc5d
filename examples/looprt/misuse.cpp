// A misuse is refused where it happens, with the linter's code.
#include "looprt/misuse.h"

#include "looprt/run.h"

#include <iostream>

looprt::task<int> fetch() { co_return 1; }

int helper() { return looprt::run(fetch()); } // plain code, called on a loop

looprt::task<void> serve() {
  try {
    helper();
  } catch (const looprt::loop_misuse_error &error) {
    std::cout << "LOOP" << error.code() << '\n'; // what() says it all
  }
  co_return;
}

int main() { looprt::run(serve()); }

// prints: LOOP201
