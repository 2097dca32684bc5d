// What a text is compared to decides nothing: anybody may have written to it.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>

#include <iostream>
#include <string>
#include <thread>

struct Session {
  explicit Session(asio::io_context &context) : timer(context) {}
  // CHECK: program.cpp:[[@LINE+1]]:25: error: {{.*}} is called on a worker thread{{.*}}[LOOP501]
  void FN_in_a_loop() { timer.cancel(); }
  // CHECK: program.cpp:[[@LINE+1]]:31: error: {{.*}} is called on a worker thread{{.*}}[LOOP501]
  void FN_behind_a_branch() { timer.cancel(); }
  asio::steady_timer timer;
};

int main() {
  asio::io_context context;
  Session session(context);
  std::thread console([&session] {
    std::string line;
    while (std::getline(std::cin, line))
      if (line == "stop")
        session.FN_in_a_loop();
    std::cin >> line;
    if (line == "exit")
      session.FN_behind_a_branch();
  });
  context.run();
  console.join();
}
