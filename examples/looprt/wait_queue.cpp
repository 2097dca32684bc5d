// A queue of those who wait; what mutexes and channels are made of.
#include "looprt/wait_queue.h"

#include "looprt/combine.h"
#include "looprt/run.h"

#include <iostream>

looprt::task<void> wait(looprt::wait_queue &queue, const char *name) {
  co_await queue.wait();
  std::cout << name << '\n';
}

looprt::task<void> wake(looprt::wait_queue &queue) {
  std::cout << queue.size() << " wait\n";
  queue.wake_all();
  co_return;
}

looprt::task<void> serve() {
  looprt::wait_queue queue;
  co_await looprt::when_all(wait(queue, "first"), wait(queue, "second"),
                            wake(queue));
}

int main() { looprt::run(serve()); }

// prints: 2 wait
// prints: first
// prints: second
