// The main thread waits for what a loop has to do that only this thread runs, later.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: sh each.sh %looplint | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- each.sh
for program in before.cpp after_ok.cpp; do
  "$1" check -q --no-cache --output-format=concise "$program"
done
true
//--- before.cpp
#include <asio.hpp>
#include <future>

static asio::awaitable<int> answer() { co_return 42; }

int main() {
  asio::io_context context;
  std::future<int> future = asio::co_spawn(context, answer(), asio::use_future);
  // CHECK: before.cpp:[[@LINE+1]]:15: error: `std::future::get` waits on the main thread for work that needs a loop which only this thread runs, and not yet [LOOP203]
  int value = future.get();
  context.run();
  return value;
}
//--- after_ok.cpp
#include <asio.hpp>
#include <future>
#include <thread>

static asio::awaitable<int> answer() { co_return 42; }

int main() {
  asio::io_context context, other, unseen;
  std::future<int> future = asio::co_spawn(context, answer(), asio::use_future);
  context.run();
  int value = future.get();
  std::thread thread([&] { other.run(); });
  value += asio::co_spawn(other, answer(), asio::use_future).get();
  other.run();
  thread.join();
  return value + asio::co_spawn(unseen, answer(), asio::use_future).get();
}
