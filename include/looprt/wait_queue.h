// Coroutines that wait for their turn, first come, first served: what mutexes,
// semaphores and channels are made of.
//
//   co_await queue.wait();   // here
//   queue.wake_one();        // there
#pragma once

#include "looprt/cancel_scope.h"

#include <coroutine>
#include <cstddef>
#include <deque>
#include <utility>

namespace looprt {

/// Not thread-safe: it belongs to one loop. Nobody may wait when it goes.
class wait_queue {
public:
  class waiting final : public detail::waiter {
  public:
    explicit waiting(wait_queue &queue) : queue(queue) {}

    bool await_ready() const noexcept { return false; }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> waiting) {
      if (!list(waiting.promise().loop, waiting.promise().scope, waiting))
        return false;
      queue.waiters.push_back(this);
      return true;
    }
    /// Whoever was woken has been given something, and must not lose it to a
    /// cancellation that came later: its next wait will end in that.
    void await_resume() const {
      if (!was_woken)
        throw_if_cancelled();
    }

  private:
    friend wait_queue;

    bool forget() noexcept override {
      std::erase(queue.waiters, this);
      return true;
    }

    wait_queue &queue;
    bool was_woken = false;
  };

  [[nodiscard]] waiting wait() { return waiting(*this); }

  /// False where nobody waits.
  bool wake_one() {
    if (waiters.empty())
      return false;
    waiting *first = waiters.front();
    waiters.pop_front();
    first->was_woken = true;
    first->wake();
    return true;
  }

  void wake_all() {
    while (wake_one())
      ;
  }

  std::size_t size() const { return waiters.size(); }

private:
  std::deque<waiting *> waiters;
};

} // namespace looprt
