// Tasks beside each other, which all have ended when the group ends.
//
//   co_await looprt::with_task_group([&](looprt::task_group &group)
//                                        -> looprt::task<void> {
//     group.start_soon(serve(first));
//     group.start_soon(serve(second));
//     co_return;
//   });
//
// (In GCC 12 give the lambda a name first; see task.h.)
#pragma once

#include "looprt/event_loop.h"

#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

namespace looprt {

/// What a task that fails means for the others of its group.
enum class error_policy {
  cancel_others, ///< they are cancelled
  collect,       ///< they go on; the errors are thrown at the end
};

/// Several tasks of a group failed. One failure alone is thrown as it is: C++
/// catches by type, and has no `except*`.
class exception_group : public std::runtime_error {
public:
  explicit exception_group(std::vector<std::exception_ptr> failures);

  /// In the order in which they happened.
  const std::vector<std::exception_ptr> &failures() const { return all; }

private:
  std::vector<std::exception_ptr> all;
};

class task_group;

/// Runs \p body, a callable from `task_group &` to `task<void>`, and ends when
/// it and all that it started have ended.
template <class Body>
task<void> with_task_group(Body body,
                           error_policy policy = error_policy::cancel_others);

class task_group {
public:
  task_group(detail::here where, error_policy policy);

  /// Starts \p task; it first runs after the caller's next wait.
  void start_soon(task<void> task);

  /// Calls \p function, which is kept alive as long as the task that it
  /// returns: the way to start a lambda that captures.
  template <class Function>
    requires std::is_invocable_r_v<task<void>, Function &>
  void start_soon(Function function) {
    start_soon(keep_alive(std::move(function)));
  }

  /// Around all tasks of the group; cancel() ends them without an error.
  cancel_scope &scope() { return own_scope; }

private:
  template <class Body>
  friend task<void> with_task_group(Body body, error_policy policy);

  template <class Function> static task<void> keep_alive(Function function) {
    co_await function();
  }

  class end_of_tasks : public detail::waiter {
  public:
    explicit end_of_tasks(task_group &group) : group(group) {}
    bool await_ready() const noexcept { return group.running == 0; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting) {
      // Not cancellable: the tasks are, and end soon.
      list_shielded(waiting.promise().loop, waiting);
      group.joining = this;
    }
    void await_resume() const noexcept {}

  private:
    task_group &group;
  };

  void ended(const std::exception_ptr &failure);
  void throw_failures() const;

  event_loop &loop;
  cancel_scope *outer;
  cancel_scope own_scope;
  error_policy policy;
  std::size_t running = 0;
  std::vector<std::exception_ptr> failures;
  end_of_tasks *joining = nullptr;
};

template <class Body>
task<void> with_task_group(Body body, error_policy policy) {
  task_group group(co_await detail::here(), policy);
  group.start_soon(body(group));
  task_group::end_of_tasks all(group);
  co_await all;
  group.throw_failures();
}

} // namespace looprt
