// Coroutine lambdas given to what does not keep their closures, and closures that are parameters themselves.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++23 -isystem%t/include
// RUN: sed -i 's/"c++"/"clang++-22"/' src/compile_commands.json
// RUN: not %looplint check --no-cache --select LOOP704 --output-format=concise src | FileCheck %s --implicit-check-not='{{error|warning}}:'
// RUN: clang++-22 -std=c++23 -isystem include -fsyntax-only src/program.cpp

//--- include/seastar.h
#pragma once
#include <coroutine>
#include <utility>
namespace seastar {
template <typename T = int> struct future {
  struct promise_type {
    future get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void return_value(T);
    void unhandled_exception();
  };
  future(future &&);
  template <typename F> future then(F f) { return f(); }
  template <typename F> future finally(F f) { return f(); }
};
struct awaiter {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};
template <typename T> awaiter operator co_await(future<T> future);
future<int> sleep(int duration);
template <typename A, typename F> future<int> do_with(A &&a, F &&f) { return f(a); }
template <typename F> future<int> repeat(F f) { return f(); }
namespace coroutine {
template <typename F> struct lambda {
  F *f;
  explicit lambda(F &&given) : f(&given) {}
  future<int> operator()() const { return (*f)(); }
};
} // namespace coroutine
} // namespace seastar
//--- src/program.cpp
#include <cstdio>
#include <functional>
#include <seastar.h>
#include <string>

using seastar::future;

future<> bad_awaited(std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:45: error: `seastar::future::then` does not keep this lambda until its coroutine is done, which goes on with captures that are gone, `name` among them [LOOP704]
  co_return co_await seastar::sleep(1).then([name]() -> future<> {
    co_await seastar::sleep(1);
    co_return std::puts(name.c_str());
  });
}

future<> bad_returned(std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:36: error: `seastar::future::finally` does not keep
  return seastar::sleep(1).finally([name]() -> future<> {
    co_await seastar::sleep(1);
    co_return std::puts(name.c_str());
  });
}

future<> bad_loop(std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:28: error: `seastar::repeat` does not keep
  co_await seastar::repeat([name]() -> future<> {
    co_await seastar::sleep(1);
    co_return std::puts(name.c_str());
  });
  co_return 0;
}

future<> bad_statement(std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:30: error: `seastar::do_with` does not keep
  return seastar::do_with(1, [name](int &) -> future<> {
    co_await seastar::sleep(1);
    co_return std::puts(name.c_str());
  });
}

future<> FP_awaited_statement(std::string name) {
  co_return co_await seastar::do_with(1, [name](int &) -> future<> {
    co_await seastar::sleep(1);
    co_return std::puts(name.c_str());
  }).finally([] { return seastar::sleep(1); });
}

future<> FP_lent(std::string name) {
  co_return co_await seastar::sleep(1).then(seastar::coroutine::lambda([name]() -> future<> {
    co_await seastar::sleep(1);
    co_return std::puts(name.c_str());
  }));
}

future<> FP_named(std::string name) {
  auto job = [name]() -> future<> {
    co_await seastar::sleep(1);
    co_return std::puts(name.c_str());
  };
  auto later = seastar::sleep(1).then(std::ref(job));
  co_return co_await std::move(later);
}

future<> ok_uses_nothing_later(std::string name) {
  return seastar::sleep(1).then([name]() -> future<> {
    std::puts(name.c_str());
    co_return co_await seastar::sleep(1);
  });
}

future<> ok_no_coroutine(std::string name) {
  return seastar::sleep(1).then([name] { return seastar::sleep(std::puts(name.c_str())); });
}

future<> FP_owns_its_captures(std::string name) {
  return seastar::sleep(1).then([name](this auto) -> future<> {
    co_await seastar::sleep(1);
    co_return std::puts(name.c_str());
  });
}

future<> FP_owns_and_is_called(std::string name) {
  return [name](this auto, int times) -> future<> {
    co_await seastar::sleep(times);
    co_return std::puts(name.c_str());
  }(2);
}

future<> bad_refers_to_its_captures(std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:10: error: the coroutine goes on with the captures of a lambda that is gone
  return [name](this const auto &, int times) -> future<> {
    co_await seastar::sleep(times);
    co_return std::puts(name.c_str());
  }(2);
}
