// Coroutines of C++ whose result goes nowhere: those that wait to be awaited, and those that begin at once.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>
#include <coroutine>
#include <exception>

struct Lazy {
  struct promise_type {
    Lazy get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
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

Lazy save() { co_return; }
Eager log() { co_return; }
asio::awaitable<void> flush() { co_return; }

Lazy bad_own_type() {
  // CHECK: program.cpp:[[@LINE+1]]:3: error: the coroutine of `save` is dropped
  save();
  co_await save();
}

void bad_of_a_library() {
  // CHECK: program.cpp:[[@LINE+1]]:9: error: the coroutine of `flush` is dropped
  (void)flush();
}

asio::awaitable<void> FN_kept_and_forgotten() {
  // CHECK: program.cpp:[[@LINE+1]]:15: error: the coroutine of `flush` is kept in `late`, which nothing reads
  auto late = flush();
  co_await flush();
}

asio::awaitable<void> FP_kept_and_awaited() {
  auto late = flush();
  co_await std::move(late);
}

void FP_begins_at_once() { log(); }

int main() {
  bad_of_a_library();
  FP_begins_at_once();
}
