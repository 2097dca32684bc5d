// Futures that are asked whether they are done before somebody gets the result.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>

#include <array>
#include <chrono>
#include <future>
#include <optional>

using namespace std::chrono_literals;

int ask();

class Resolver {
public:
  Resolver() {
    pending[0] = std::async(std::launch::async, ask);
    next = std::async(std::launch::async, ask);
  }
  void FP_ready() {
    for (int i = 0; i < 2; ++i)
      if (auto &answer = pending[i]; answer && answer->wait_for(0ms) == std::future_status::ready)
        answer->get();
  }
  void FP_not_ready() {
    if (next.wait_for(0ms) != std::future_status::ready)
      return;
    next.get();
  }
  void FP_timeout() {
    if (next.wait_for(std::chrono::seconds(0)) == std::future_status::timeout)
      return;
    next.get();
  }
  void FP_helper() {
    if (isReady(next))
      next.get();
  }
  void unasked_bad() {
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `std::future::get` stops the running loop{{.*}}[LOOP601]
    next.get();
  }
  void asked_in_vain_bad(bool isPatient) {
    bool isThere = isPatient && next.wait_for(0ms) == std::future_status::deferred;
    if (!isThere)
      // CHECK: program.cpp:[[@LINE+1]]:7: warning: `std::future::get` stops the running loop{{.*}}[LOOP601]
      next.get();
  }

private:
  static bool isReady(const std::future<int> &future) { return future.wait_for(0s) == std::future_status::ready; }
  std::array<std::optional<std::future<int>>, 2> pending;
  std::future<int> next;
};

int main() {
  asio::io_context context;
  Resolver resolver;
  asio::post(context, [&] { resolver.FP_ready(); });
  asio::post(context, [&] { resolver.FP_not_ready(); });
  asio::post(context, [&] { resolver.FP_timeout(); });
  asio::post(context, [&] { resolver.FP_helper(); });
  asio::post(context, [&] { resolver.unasked_bad(); });
  asio::post(context, [&] { resolver.asked_in_vain_bad(context.stopped()); });
  context.run();
}
