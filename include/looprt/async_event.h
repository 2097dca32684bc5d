// One coroutine tells others that something has happened.
//
//   looprt::async_event ready;
//   co_await ready.wait();   // here
//   ready.set();             // there
#pragma once

#include "looprt/cancel_scope.h"

#include <coroutine>
#include <utility>
#include <vector>

namespace looprt {

/// Stays set until it is cleared. Not thread-safe: it belongs to one loop.
class async_event {
public:
  class waiting final : public detail::waiter {
  public:
    explicit waiting(async_event &awaited) : awaited(awaited) {}

    bool await_ready() const noexcept { return awaited.happened; }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> waiting) {
      if (!list(waiting.promise().loop, waiting.promise().scope, waiting))
        return false;
      awaited.waiters.push_back(this);
      return true;
    }
    void await_resume() const { throw_if_cancelled(); }

  private:
    bool forget() noexcept override {
      std::erase(awaited.waiters, this);
      return true;
    }

    async_event &awaited;
  };

  void set() {
    happened = true;
    for (waiting *woken : std::exchange(waiters, {}))
      woken->wake();
  }
  void clear() { happened = false; }
  bool is_set() const { return happened; }

  [[nodiscard]] waiting wait() { return waiting(*this); }

private:
  bool happened = false;
  std::vector<waiting *> waiters;
};

} // namespace looprt
