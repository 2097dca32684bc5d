// Coroutine lambdas whose closure ends before they do.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --select LOOP704 --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>

#include <cstdio>
#include <iostream>
#include <string>

using asio::awaitable;
using asio::use_awaitable;

struct Session {
  asio::io_context &context;
  std::string name;

  void bad_captures_this() {
    asio::co_spawn(
        context,
        // CHECK: program.cpp:[[@LINE+1]]:9: error: the coroutine goes on with the captures of a lambda that is gone at the end of this statement, `this` among them
        [this]() -> awaitable<void> {
          co_await asio::post(use_awaitable);
          std::puts(name.c_str());
        }(),
        asio::detached);
  }

  void ok_is_handed_over() {
    asio::co_spawn(
        context,
        [this]() -> awaitable<void> {
          co_await asio::post(use_awaitable);
          std::puts(name.c_str());
        },
        asio::detached);
  }
};

void bad_init_capture(asio::io_context &context, std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:27: error: {{.*}}among them
  asio::co_spawn(context, [kept = std::move(name)]() -> awaitable<void> {
    co_await asio::post(use_awaitable);
    std::puts(kept.c_str());
  }(), asio::detached);
}

void FN_is_only_printed(asio::io_context &context, std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:27: error: {{.*}}`name` among them
  asio::co_spawn(context, [name]() -> awaitable<void> {
    co_await asio::post(use_awaitable);
    std::cout << name << '\n';
  }(), asio::detached);
}

void FN_is_awaited_too_late(asio::io_context &context, int count) {
  asio::co_spawn(context, [](int copied) -> awaitable<void> {
    // CHECK: program.cpp:[[@LINE+1]]:28: error: {{.*}}`copied` among them
    awaitable<int> later = [&copied]() -> awaitable<int> {
      co_await asio::post(use_awaitable);
      co_return copied;
    }();
    std::printf("%d\n", co_await std::move(later));
  }(count), asio::detached);
}

awaitable<void> FP_is_awaited_at_once(std::string name) {
  co_await [&name]() -> awaitable<void> {
    co_await asio::post(use_awaitable);
    std::puts(name.c_str());
  }();
}

int global = 0;

void FP_captures_nothing(asio::io_context &context, int count) {
  asio::co_spawn(context, [](int copied) -> awaitable<void> {
    co_await asio::post(use_awaitable);
    global += copied;
  }(count), asio::detached);
}

int FP_is_no_coroutine(int count) {
  return [&count] { return count + 1; }();
}
