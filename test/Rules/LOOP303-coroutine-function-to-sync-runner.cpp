// Coroutine functions that become callables which return nothing: the report stands where they do, not where some pool
// or bus calls them.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>
#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <string>
#include <vector>

struct Lazy {
  struct promise_type {
    Lazy get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

struct Eager {
  struct promise_type {
    Eager get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

class Bus {
public:
  void listen(std::function<void(int)> listener) { listeners.push_back(std::move(listener)); }
  void tell(int what) {
    for (auto &listener : listeners)
      listener(what);
  }

private:
  std::vector<std::function<void(int)>> listeners;
};

class Pool {
public:
  void add(std::function<void()> job) { jobs.push_back(std::move(job)); }
  template <class F> void forward(F job) { jobs.push_back(std::move(job)); }
  void add_coroutine(std::function<Lazy()> job) { coroutines.push_back(std::move(job)); }
  void run() {
    for (auto &job : jobs)
      std::async(std::launch::async, job).get();
  }

private:
  std::vector<std::function<void()>> jobs;
  std::vector<std::function<Lazy()>> coroutines;
};

struct Store {
  int rows = 0;
  Lazy compact_bad() { co_return; }
  Lazy index_bad() { co_return; }
  Lazy index_ok() { co_return; }
  Eager begins_at_once() { co_return; }
  void vacuum() { ++rows; }
};

Lazy free_bad() { co_return; }

int main() {
  asio::io_context context;
  Store store;
  Bus bus;
  bus.listen([&store](int what) { store.rows += what; });
  // CHECK: program.cpp:[[@LINE+1]]:14: error: a lambda becomes a `std::function` that returns nothing: whoever calls it drops the coroutine, whose body never runs [LOOP303]
  bus.listen([](int) -> asio::awaitable<void> { co_return; });
  // The body spawns what it makes.
  bus.listen([&context](int) {
    asio::co_spawn(context, []() -> asio::awaitable<void> { co_return; }, asio::detached);
  });
  bus.tell(1);

  Pool pool;
  pool.add([&store] { store.vacuum(); });
  // CHECK: program.cpp:[[@LINE+1]]:12: error: `{{.*}}compact_bad` becomes a `std::function`{{.*}} [LOOP303]
  pool.add(std::bind(&Store::compact_bad, &store));
  // CHECK: program.cpp:[[@LINE+1]]:16: error: `free_bad` becomes a `std::function`{{.*}} [LOOP303]
  pool.forward(&free_bad);
  // CHECK: program.cpp:[[@LINE+1]]:12: error: a lambda becomes a `std::function` that returns nothing{{.*}} [LOOP303]
  pool.add([&store] { return store.index_bad(); });
  pool.add_coroutine([&store] { return store.index_ok(); });
  // FP: it has begun when the call returns, and needs nobody.
  pool.add([&store] { return store.begins_at_once(); });
  pool.add(std::bind(&Store::begins_at_once, &store));
  pool.run();
  context.run();
}
