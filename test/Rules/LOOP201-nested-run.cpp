// Loops of C++ run inside of running ones: the same one, another one, and one that may nest.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>

#include <functional>
#include <thread>

void pump(asio::io_context &context) {
  // CHECK: program.cpp:[[@LINE+1]]:3: error: `asio::io_context::run` runs a loop inside a running loop, which hangs
  context.run();
}

struct Session {
  asio::io_context &context;
  std::function<void()> next;

  void FN_through_a_stored_function() {
    next = [this] { pump(context); };
    asio::post(context, [this] { next(); });
  }
};

void FP_another_loop_on_a_thread_of_its_own(asio::io_context &context) {
  asio::post(context, [] {
    std::thread([] {
      asio::io_context own;
      asio::post(own, [] {});
      own.run();
    }).detach();
  });
}

void blocks_the_outer_loop(asio::io_context &context) {
  asio::post(context, [] {
    asio::io_context inner;
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `asio::io_context::run` runs another loop here, and the one that runs already stands still until it ends
    inner.run();
  });
}

int main() {
  asio::io_context context;
  Session session{context, {}};
  session.FN_through_a_stored_function();
  FP_another_loop_on_a_thread_of_its_own(context);
  blocks_the_outer_loop(context);
  context.run();
  context.restart();
  context.run(); // one after the other
}
