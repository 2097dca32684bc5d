// A callable that runs a loop of its own for a coroutine, on a loop that could run the coroutine.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread -DASIO_HAS_CO_AWAIT=1 -DASIO_HAS_STD_COROUTINE=1
// RUN: %looplint check --no-cache --exit-zero --output-format=concise --select LOOP301 . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>

#include <functional>
#include <thread>
#include <vector>

static int count = 0;

asio::awaitable<void> refresh() {
  asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::milliseconds(4));
  co_await timer.async_wait(asio::use_awaitable);
}

void refresh_bad() {
  asio::io_context own;
  asio::co_spawn(own, refresh(), asio::detached);
  own.run();
}

void again_bad() {
  asio::io_context own(1);
  asio::co_spawn(own, refresh(), asio::detached);
  own.run();
}

void refresh_on_thread() {
  asio::io_context own;
  asio::co_spawn(own, refresh(), asio::detached);
  own.run();
}

// What it does besides needs a function.
void FP_does_more() {
  asio::io_context own;
  asio::co_spawn(own, refresh(), asio::detached);
  own.run();
  ++count;
  std::atexit([] {});
}

class Schedule {
public:
  explicit Schedule(asio::io_context &context) : context(context) {}
  void add(std::function<void()> job) { jobs.push_back(std::move(job)); }
  void start() {
    for (auto &job : jobs)
      asio::post(context, job);
  }

private:
  asio::io_context &context;
  std::vector<std::function<void()>> jobs;
};

int main() {
  asio::io_context context;
  Schedule schedule(context);
  // CHECK: program.cpp:[[@LINE+1]]:16: warning: `refresh_bad` only drives a coroutine, on a loop of its own, and the loop that calls it stands still meanwhile; that loop can run the coroutine itself [LOOP301]
  schedule.add(&refresh_bad);
  schedule.add(FP_does_more);
  schedule.start();
  // CHECK: program.cpp:[[@LINE+1]]:{{[0-9]+}}: warning: `again_bad` only drives a coroutine{{.*}} [LOOP301]
  asio::post(context, again_bad);
  // FP: no loop runs there.
  std::thread other(refresh_on_thread);
  context.run();
  other.join();
}
