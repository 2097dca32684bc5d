// The loader without a loop: who waits, what is to be fetched, who is woken.
#include "looprt/loader.h"

#include <iostream>
#include <string>

int main() {
  // Waiters are names here; a loop's driver would keep coroutines.
  looprt::loader_core<int, std::string, int, std::string> loader;
  loader.wait(7, "first");
  loader.wait(7, "second");
  const auto batch = loader.take();
  std::cout << batch->keys.size() << " key\n";

  std::vector<std::string> ready;
  loader.settle(batch->id, 0, "seven", ready);
  loader.end(batch->id, 0, ready);
  for (const std::string &woken : ready)
    std::cout << woken << " gets " << std::get<0>(*loader.cached(7)) << '\n';
}

// prints: 1 key
// prints: first gets seven
// prints: second gets seven
