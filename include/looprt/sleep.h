// Waiting for time, and limits to waiting.
//
//   co_await looprt::sleep_for(100ms);
//   std::optional<int> soon = co_await looprt::move_on_after(1s, answer());
#pragma once

#include "looprt/event_loop.h"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>

namespace looprt {

namespace detail {

class sleeper final : public waiter, public timed {
public:
  explicit sleeper(std::chrono::nanoseconds span) : span(span) {}
  explicit sleeper(steady_time due) : due(due) {}
  explicit sleeper(wall_time time) : wall(time) {}

  bool await_ready() const noexcept { return false; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> waiting) {
    return start(*waiting.promise().loop, *waiting.promise().scope, waiting);
  }
  void await_resume() const { throw_if_cancelled(); }

private:
  bool start(event_loop &loop, cancel_scope &scope,
             std::coroutine_handle<> waiting);
  void time_has_come() override { wake(); }
  bool forget() noexcept override;

  std::optional<std::chrono::nanoseconds> span;
  std::optional<steady_time> due;
  std::optional<wall_time> wall;
  event_loop *on = nullptr;
  std::uint64_t timer = 0;
};

/// Cancels a scope when time is up.
class deadline final : public timed {
public:
  deadline(here where, std::chrono::nanoseconds limit);
  deadline(const deadline &) = delete;
  deadline &operator=(const deadline &) = delete;
  ~deadline() { loop.disarm(timer); }

  cancel_scope &scope() { return own_scope; }
  /// Time was up, and nothing else ended the wait.
  bool is_reason() const { return is_up && !outer.is_cancelled(); }

private:
  void time_has_come() override;

  event_loop &loop;
  cancel_scope &outer;
  cancel_scope own_scope;
  std::uint64_t timer;
  bool is_up = false;
};

} // namespace detail

/// Waits at least \p span; not at all, but for others' turn, where it is zero.
inline detail::sleeper sleep_for(std::chrono::nanoseconds span) {
  return detail::sleeper(span);
}

/// On the monotonic clock.
inline detail::sleeper sleep_until(steady_time due) {
  return detail::sleeper(due);
}

/// On the wall clock, as it is set when the wait begins.
inline detail::sleeper sleep_until(wall_time time) {
  return detail::sleeper(time);
}

/// Lets the others run first.
inline detail::sleeper yield_now() {
  return detail::sleeper(std::chrono::nanoseconds::zero());
}

class timeout_error : public std::runtime_error {
public:
  timeout_error() : std::runtime_error("the time-out has passed") {}
};

/// What \p awaited returns (std::monostate for void), or nothing where it was
/// cancelled because \p limit had passed.
template <class T>
task<std::optional<detail::value_of<T>>>
move_on_after(std::chrono::nanoseconds limit, task<T> awaited) {
  detail::deadline deadline(co_await detail::here(), limit);
  try {
    co_return co_await detail::as_value(std::move(awaited))
        .in(deadline.scope());
  } catch (const task_cancelled &) {
    if (!deadline.is_reason())
      throw;
  }
  co_return std::nullopt;
}

/// The same, but throws timeout_error.
template <class T>
task<T> timeout_after(std::chrono::nanoseconds limit, task<T> awaited) {
  std::optional<detail::value_of<T>> value =
      co_await move_on_after(limit, std::move(awaited));
  if (!value)
    throw timeout_error();
  if constexpr (!std::is_void_v<T>)
    co_return std::move(*value);
}

/// Runs \p awaited to its end, whatever is cancelled around it.
template <class T> task<T> shield(task<T> awaited) {
  const detail::here where = co_await detail::here();
  cancel_scope scope(where.scope, /*shielded=*/true);
  co_return co_await std::move(awaited).in(scope);
}

} // namespace looprt
