// Ten downloads, three at a time.
#include "looprt/async_semaphore.h"

#include "looprt/combine.h"
#include "looprt/run.h"
#include "looprt/sleep.h"

#include <algorithm>
#include <iostream>

using namespace std::chrono_literals;

struct downloads {
  looprt::async_semaphore places{3};
  int now = 0;
  int most = 0;
};

looprt::task<void> download(downloads &all) {
  const auto place = co_await all.places.acquire();
  all.most = std::max(all.most, ++all.now);
  co_await looprt::sleep_for(1ms);
  --all.now;
}

looprt::task<void> serve() {
  downloads all;
  std::vector<looprt::task<void>> tasks;
  for (int count = 0; count < 10; ++count)
    tasks.push_back(download(all));
  co_await looprt::when_all(std::move(tasks));
  std::cout << "at most " << all.most << " at a time\n";
}

int main() { looprt::run(serve()); }

// prints: at most 3 at a time
