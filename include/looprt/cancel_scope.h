// Cancellation as a tree of scopes. A scope that is cancelled stays so: every
// wait inside it, now and later, ends in task_cancelled. Code that catches that
// and goes on is stopped at its next wait, so a cancellation cannot be lost.
//
//   looprt::task<void> poll(looprt::cancel_scope &scope);   // scope.cancel()
//
// Scopes belong to one loop; none of this is thread-safe.
#pragma once

#include <coroutine>
#include <exception>

namespace looprt {

class event_loop;
class cancel_scope;

/// Thrown out of a wait whose scope is cancelled. Let it pass.
class task_cancelled : public std::exception {
public:
  const char *what() const noexcept override {
    return "the task was cancelled";
  }
};

namespace detail {

/// A coroutine that waits, listed in its scope meanwhile. Whoever wakes it
/// calls wake(); whoever cancels it, the scope, has the derived class undo what
/// it waits for first. Either way it runs later, from the loop, never from
/// inside the call that woke it.
class waiter {
public:
  waiter() = default;
  waiter(const waiter &) = delete;
  waiter &operator=(const waiter &) = delete;

  void wake();

protected:
  ~waiter() { unlist(); }

  /// False where the scope is cancelled: there is to be no wait.
  bool list(event_loop *loop, cancel_scope *scope,
            std::coroutine_handle<> waiting);
  /// For waits that cannot be cut short.
  void list_shielded(event_loop *loop, std::coroutine_handle<> waiting);
  /// In await_resume. Also where the wait had ended and its scope was cancelled
  /// before the coroutine could go on.
  void throw_if_cancelled() const;

private:
  friend class looprt::cancel_scope;

  /// Its scope is cancelled: it is not to be woken by what it waits for. False
  /// where that cannot be helped, and ends the wait soon.
  virtual bool forget() noexcept { return true; }
  void unlist() noexcept;

  event_loop *loop = nullptr;
  cancel_scope *scope = nullptr; // while it is listed
  const cancel_scope *inside = nullptr;
  std::coroutine_handle<> handle;
  waiter *previous = nullptr;
  waiter *next = nullptr;
  bool cancelled = false;
};

} // namespace detail

class cancel_scope {
public:
  /// A scope inside \p parent, or none. A shielded scope is not cancelled with
  /// its parent.
  explicit cancel_scope(cancel_scope *parent = nullptr, bool shielded = false);
  cancel_scope(const cancel_scope &) = delete;
  cancel_scope &operator=(const cancel_scope &) = delete;
  ~cancel_scope();

  void cancel();

  /// By its own cancel().
  bool cancel_called() const { return called; }
  /// By its own or that of a scope around it.
  bool is_cancelled() const;

private:
  friend class detail::waiter;

  void wake_waiters();

  cancel_scope *parent;
  cancel_scope *first_child = nullptr;
  cancel_scope *next_sibling = nullptr;
  cancel_scope *previous_sibling = nullptr;
  detail::waiter *waiters = nullptr;
  bool shielded;
  bool called = false;
};

} // namespace looprt
