// A coroutine that runs on a loop.
//
//   looprt::task<int> answer() { co_return 42; }
//   int main() { return looprt::run(answer()); }
//
// Lazy: nothing of it runs before it is awaited, given to a task group or to
// looprt::run. Awaited once. Bound to the loop of whoever awaits it; it never
// changes threads. A capturing lambda that is a coroutine must outlive its
// task; task_group::start_soon keeps it alive.
//
// GCC 12 destroys the captures of a lambda twice that is a temporary inside of
// a co_await expression: write `auto f = [x] { … }; co_await g(f);`.
#pragma once

#include "looprt/cancel_scope.h"

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace looprt {

template <class T> class task;

namespace detail {

/// What every coroutine on a loop knows, handed down from who awaits it.
struct promise_base {
  event_loop *loop = nullptr;
  cancel_scope *scope = nullptr;
  std::coroutine_handle<> continuation;
  std::exception_ptr failure;

  struct final_awaiter {
    bool await_ready() noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<>
    await_suspend(std::coroutine_handle<Promise> done) noexcept {
      return done.promise().continuation;
    }
    void await_resume() noexcept {}
  };

  std::suspend_always initial_suspend() noexcept { return {}; }
  final_awaiter final_suspend() noexcept { return {}; }
  void unhandled_exception() { failure = std::current_exception(); }
};

template <class T> struct promise : promise_base {
  std::optional<T> value;

  task<T> get_return_object();
  template <class U = T> void return_value(U &&given) {
    value.emplace(std::forward<U>(given));
  }
  T take() {
    if (failure)
      std::rethrow_exception(failure);
    return std::move(*value);
  }
};

template <> struct promise<void> : promise_base {
  task<void> get_return_object();
  void return_void() {}
  void take() const {
    if (failure)
      std::rethrow_exception(failure);
  }
};

} // namespace detail

template <class T = void> class [[nodiscard]] task {
public:
  using promise_type = detail::promise<T>;
  using value_type = T;

  task(task &&other) noexcept : handle(std::exchange(other.handle, {})) {}
  task &operator=(task &&other) noexcept {
    std::swap(handle, other.handle);
    return *this;
  }
  ~task() {
    if (handle)
      handle.destroy();
  }

  /// Runs in \p scope instead of the scope of who awaits it.
  task &&in(cancel_scope &scope) && {
    handle.promise().scope = &scope;
    return std::move(*this);
  }

  struct awaiter {
    std::coroutine_handle<promise_type> awaited;

    bool await_ready() noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<>
    await_suspend(std::coroutine_handle<Promise> waiting) noexcept {
      promise_type &promise = awaited.promise();
      promise.loop = waiting.promise().loop;
      if (!promise.scope)
        promise.scope = waiting.promise().scope;
      promise.continuation = waiting;
      return awaited;
    }
    T await_resume() { return awaited.promise().take(); }
  };

  awaiter operator co_await() && noexcept { return {handle}; }

private:
  friend promise_type;
  explicit task(std::coroutine_handle<promise_type> handle) : handle(handle) {}

  std::coroutine_handle<promise_type> handle;
};

template <class T> task<T> detail::promise<T>::get_return_object() {
  return task<T>(std::coroutine_handle<promise>::from_promise(*this));
}

inline task<void> detail::promise<void>::get_return_object() {
  return task<void>(std::coroutine_handle<promise>::from_promise(*this));
}

namespace detail {

/// `co_await here()`: the loop and scope of the coroutine that asks.
struct here {
  event_loop *loop = nullptr;
  cancel_scope *scope = nullptr;

  bool await_ready() noexcept { return false; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> asking) noexcept {
    loop = asking.promise().loop;
    scope = asking.promise().scope;
    return false;
  }
  here await_resume() noexcept { return *this; }
};

/// A coroutine that nobody awaits and that destroys itself at its end.
struct root {
  struct promise_type : promise_base {
    root get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    [[noreturn]] void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;
};

/// void as a value.
template <class T>
using value_of = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// Awaits \p awaited, and gives std::monostate for void.
template <class T> task<value_of<T>> as_value(task<T> awaited) {
  if constexpr (std::is_void_v<T>) {
    co_await std::move(awaited);
    co_return std::monostate{};
  } else {
    co_return co_await std::move(awaited);
  }
}

} // namespace detail

} // namespace looprt
