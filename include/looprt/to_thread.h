// Blocking work off the loop.
//
//   std::string text = co_await looprt::to_thread([] { return read_file(); });
//
// (In GCC 12 a lambda that captures needs a name first; see task.h.)
#pragma once

#include "looprt/event_loop.h"

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace looprt {

namespace detail {

/// Runs a function on the loop's pool. A thread cannot be interrupted, so
/// neither can the wait for it.
class thread_wait final : public waiter {
public:
  explicit thread_wait(std::function<void()> work) : work(std::move(work)) {}

  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) {
    list_shielded(waiting.promise().loop, waiting);
    start(*waiting.promise().loop);
  }
  void await_resume() const {
    if (failure)
      std::rethrow_exception(failure);
  }

private:
  void start(event_loop &loop);

  std::function<void()> work;
  std::exception_ptr failure;
};

} // namespace detail

/// Calls \p function on a thread of the loop's pool and gives what it returns.
template <class Function>
task<std::invoke_result_t<Function &>> to_thread(Function function) {
  using result_type = std::invoke_result_t<Function &>;
  std::optional<detail::value_of<result_type>> result;
  const auto work = [&] {
    if constexpr (std::is_void_v<result_type>)
      function();
    else
      result.emplace(function());
  };
  detail::thread_wait wait{std::function<void()>(work)};
  co_await wait;
  if constexpr (!std::is_void_v<result_type>)
    co_return std::move(*result);
}

} // namespace looprt
