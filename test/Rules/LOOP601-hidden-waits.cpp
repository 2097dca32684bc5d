// Waits that no call shows: the end of an object that nobody keeps, and a pool that its own task joins.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>

#include <future>
#include <thread>

void work() {}

class Pool {
public:
  template <typename F> void submit(F &&job) { asio::post(threads, std::forward<F>(job)); }
  // CHECK: program.cpp:[[@LINE+1]]:18: error: `asio::thread_pool::join` waits on a thread of a pool for work that needs a thread of the same pool [LOOP203]
  void drain() { threads.join(); }

private:
  asio::thread_pool threads{2};
};

int main() {
  asio::io_context context;
  std::future<void> kept;
  asio::post(context, [&kept] {
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: {{.*}}[LOOP601]
    std::async(std::launch::async, work); // FN_waits_for_the_thread
    std::thread(work).detach();
    kept = std::async(std::launch::async, work); // FP_is_kept
  });
  Pool pool;
  pool.submit([&pool] { pool.drain(); });
  context.run();
  pool.drain();
}
