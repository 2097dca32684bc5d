// What Clang has an error for may be anything, a callable too.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>

asio::awaitable<void> work() { co_return; }

struct Group {
  asio::io_context &context;
};

int main() {
  asio::io_context context;
  Group group{context};
  // CHECK: program.cpp:[[@LINE+1]]:70: warning: a part of this file is not analysed: no member named 'adapt' in 'Group' [LOOP900]
  asio::co_spawn(context, work(), asio::bind_executor(context, group.adapt([](std::exception_ptr) { /* FP_not_understood */ })));
  context.run();
}
