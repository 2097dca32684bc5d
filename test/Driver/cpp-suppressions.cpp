// Comments that silence findings in C++ are those of clang-tidy.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>

#include <chrono>
#include <thread>

using namespace std::chrono_literals;

int main() {
  asio::io_context context;
  const char *text = "// NOLINT(LOOP601)"; // a literal is no comment
  asio::post(context, [] {
    std::this_thread::sleep_for(1s); // NOLINT
    std::this_thread::sleep_for(2s); // NOLINT(LOOP601): measured, and short enough
    // NOLINTNEXTLINE(bugprone-*, LOOP601)
    std::this_thread::sleep_for(3s);
    // NOLINTBEGIN(LOOP601)
    std::this_thread::sleep_for(4s);
    // NOLINTEND(LOOP601)
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `std::this_thread::sleep_for`
    std::this_thread::sleep_for(5s); // NOLINT(LOOP501)
    // CHECK: program.cpp:[[@LINE-1]]:{{[0-9]+}}: warning: `LOOP501` is suppressed here, but nothing reports it
  });
  context.run();
  return text[0];
}
