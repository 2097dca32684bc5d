// The loop: coroutines that can go on, timers, and what other threads hand in,
// on one thread. Its sockets, signals and threads are Asio's (`context()`); its
// order is its own.
//
//   looprt::event_loop loop;
//   loop.run_until_complete(serve());
#pragma once

#include "looprt/cancel_scope.h"
#include "looprt/clock.h"
#include "looprt/task.h"

#include <coroutine>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace asio {
class io_context;
class thread_pool;
} // namespace asio

namespace looprt {

namespace detail {

/// Something that a timer wakes.
class timed {
public:
  virtual void time_has_come() = 0;

protected:
  ~timed() = default;
};

struct portal_state;

[[noreturn]] void refuse_nested_run();

} // namespace detail

struct event_loop_options {
  /// nullptr: the machine's clocks. With a virtual clock the loop does not
  /// sleep: when nothing can go on, the clock jumps to the next timer.
  virtual_clock *clock = nullptr;
  /// Of the pool behind to_thread().
  unsigned threads = 4;
};

/// Names a callback that call_later() arranged.
enum class timer_handle : std::uint64_t {};

/// Belongs to the thread that runs it. Functions marked "any thread" may be
/// called from elsewhere; the others refuse that with LOOP501.
class event_loop {
public:
  explicit event_loop(event_loop_options options = {});
  event_loop(const event_loop &) = delete;
  event_loop &operator=(const event_loop &) = delete;
  /// As close().
  ~event_loop();

  /// Runs until \p main has ended and returns what it returned, or throws what
  /// it threw. Tasks that were started beside it go on in the next run.
  /// LOOP201 where a loop runs on this thread already.
  template <class T> T run_until_complete(task<T> main);

  /// Cancels every task, runs until all have ended, and frees the threads.
  /// Calls through a portal that are under way end in portal_closed.
  void close();

  /// Any thread. \p callback runs on the loop, after what is queued already.
  void post(std::function<void()> callback);

  timer_handle call_later(std::chrono::nanoseconds delay,
                          std::function<void()> callback);
  timer_handle call_at(steady_time due, std::function<void()> callback);
  /// False where it has run or is cancelled.
  bool cancel(timer_handle timer);

  /// Starts \p task beside the others; it is cancelled by close(). What it
  /// throws ends the program: nobody would hear it. Prefer a task_group.
  void start_soon(task<void> task);

  /// Any thread.
  bool is_running() const;
  bool is_closed() const;
  steady_time now() const;
  wall_time wall_now() const;

  /// The loop that runs on this thread, or nullptr.
  static event_loop *current();

  /// What drives it; nullptr where that are the machine's clocks.
  virtual_clock *driving_clock() const;

  asio::io_context &context();
  asio::thread_pool &threads();

  // For awaitables. ------------------------------------------------------

  /// \p coroutine goes on in this round or the next.
  void resume_soon(std::coroutine_handle<> coroutine);
  std::uint64_t arm(steady_time due, detail::timed *timed);
  void disarm(std::uint64_t timer);
  /// That many more other threads work for the loop; a virtual clock waits for
  /// them.
  void expect(int more);
  std::shared_ptr<detail::portal_state> portal();
  /// The scope around all tasks of the loop.
  cancel_scope &scope();
  /// LOOP501 where this is not the thread that runs the loop.
  void require_own_thread(const char *api) const;
  /// Counts coroutines that close() has to wait for.
  void root_started();
  void root_ended();

private:
  void run_until(const bool &done);

  struct state;
  std::unique_ptr<state> self;
};

namespace detail {

/// Runs \p awaited at the root and tells \p done.
template <class T, class Done> root run_root(task<T> awaited, Done done) {
  const here where = co_await here();
  std::exception_ptr failure;
  std::optional<value_of<T>> value;
  try {
    value.emplace(co_await as_value(std::move(awaited)));
  } catch (...) {
    failure = std::current_exception();
  }
  done(std::move(value), failure);
  where.loop->root_ended();
}

/// Starts \p awaited on \p loop, in \p scope. `done(value, failure)` is called
/// on the loop at its end.
template <class T, class Done>
void spawn(event_loop &loop, cancel_scope &scope, task<T> awaited, Done done) {
  root started = run_root(std::move(awaited), std::move(done));
  started.handle.promise().loop = &loop;
  started.handle.promise().scope = &scope;
  loop.root_started();
  loop.resume_soon(started.handle);
}

} // namespace detail

template <class T> T event_loop::run_until_complete(task<T> main) {
  if (current())
    detail::refuse_nested_run();
  struct result {
    std::optional<detail::value_of<T>> value;
    std::exception_ptr failure;
    bool done = false;
  };
  const auto ended = std::make_shared<result>();
  detail::spawn(*this, scope(), std::move(main),
                [ended](std::optional<detail::value_of<T>> value,
                        std::exception_ptr failure) {
                  ended->value = std::move(value);
                  ended->failure = std::move(failure);
                  ended->done = true;
                });
  run_until(ended->done);
  if (ended->failure)
    std::rethrow_exception(ended->failure);
  if constexpr (!std::is_void_v<T>)
    return std::move(*ended->value);
}

} // namespace looprt
