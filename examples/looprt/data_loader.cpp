// Three loads, one call of the backend.
#include "looprt/data_loader.h"

#include "looprt/combine.h"
#include "looprt/run.h"

#include <iostream>
#include <string>

using users = looprt::data_loader<int, std::string>;

looprt::task<std::vector<looprt::load_result<std::string>>>
fetch(std::vector<int> keys) {
  std::cout << "asked for " << keys.size() << '\n';
  std::vector<looprt::load_result<std::string>> names;
  for (const int key : keys)
    names.emplace_back("user " + std::to_string(key));
  co_return names;
}

looprt::task<void> answer_request() {
  users loader(fetch); // of this request
  const auto names =
      co_await looprt::when_all(loader.load(7), loader.load(8), loader.load(7));
  std::cout << std::get<0>(names) << ", " << std::get<1>(names) << '\n';
  std::cout << co_await loader.load(8) << '\n'; // known by now
}

int main() { looprt::run(answer_request()); }

// prints: asked for 2
// prints: user 7, user 8
// prints: user 8
