// Locks of threads that a coroutine keeps while it is suspended.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --select LOOP602 --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>

#include <coroutine>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

using asio::awaitable;
using asio::use_awaitable;

// As a mutex for coroutines has it: nobody's thread waits.
struct AwaitedMutex {
  void lock() {}
  void unlock() {}
  awaitable<std::unique_lock<AwaitedMutex>> scoped();
};

struct Numbers {
  struct promise_type {
    Numbers get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int) { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

struct Ledger {
  std::mutex mutex;
  std::shared_mutex shared;
  std::recursive_mutex again;
  AwaitedMutex awaited;
  int total = 0;

  awaitable<void> settle() {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    co_await timer.async_wait(use_awaitable);
  }

  awaitable<void> bad_lock_guard() {
    // CHECK: program.cpp:[[@LINE+1]]:33: warning: this `std::lock_guard` stays taken while the coroutine is suspended, and whoever wants it next on this thread stops the thread, so that it is never given back; give it back before that, or use one that is awaited [LOOP602]
    std::lock_guard<std::mutex> hold(mutex);
    co_await settle();
  }

  awaitable<void> bad_unique_lock() {
    // CHECK: program.cpp:[[@LINE+1]]:22: warning: this `std::unique_lock` {{.*}} [LOOP602]
    std::unique_lock hold{shared};
    ++total;
    co_await settle();
  }

  awaitable<void> bad_scoped_lock() {
    // CHECK: program.cpp:[[@LINE+1]]:22: warning: this `std::scoped_lock` {{.*}} [LOOP602]
    std::scoped_lock hold(mutex, again);
    co_await settle();
  }

  awaitable<void> bad_by_hand() {
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: this `std::mutex` {{.*}} [LOOP602]
    mutex.lock();
    co_await settle();
    mutex.unlock();
  }

  awaitable<void> bad_reentrant() {
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: this `std::recursive_mutex` stays taken while the coroutine is suspended, and keeps out nobody else on this thread, as it is the thread that holds it; {{.*}} [LOOP602]
    again.lock();
    co_await settle();
    again.unlock();
  }

  Numbers bad_yields() {
    // CHECK: program.cpp:[[@LINE+1]]:21: warning: {{.*}} [LOOP602]
    std::lock_guard hold(mutex);
    co_yield total;
  }

  std::unique_lock<std::mutex> take() {
    std::unique_lock hold(mutex);
    return hold;
  }

  awaitable<void> FN_of_a_helper() {
    // CHECK: program.cpp:[[@LINE+1]]:17: warning: {{.*}} [LOOP602]
    auto hold = take();
    co_await settle();
  }

  struct Guard {
    std::mutex &mutex;
    explicit Guard(std::mutex &given) : mutex(given) { mutex.lock(); }
    ~Guard() { mutex.unlock(); }
  };

  awaitable<void> FN_of_an_own_guard() {
    // CHECK: program.cpp:[[@LINE+1]]:11: warning: {{.*}} [LOOP602]
    Guard hold(mutex);
    co_await settle();
  }

  struct Locked {
    std::unique_lock<std::mutex> hold;
    int &total;
  };
  Locked locked() { return {std::unique_lock(mutex), total}; }

  awaitable<void> FN_as_a_part() {
    // CHECK: program.cpp:[[@LINE+1]]:19: warning: {{.*}} [LOOP602]
    auto ledger = locked();
    co_await settle();
  }

  awaitable<void> FN_locks_later() {
    std::unique_lock hold(mutex, std::defer_lock);
    co_await settle();
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: {{.*}} [LOOP602]
    hold.lock();
    co_await settle();
  }

  awaitable<void> ok_unlocks_before() {
    std::unique_lock hold(mutex);
    ++total;
    hold.unlock();
    co_await settle();
  }

  awaitable<void> ok_ends_before() {
    for (int i = 0; i < 3; ++i) {
      {
        std::lock_guard hold(mutex);
        ++total;
        if (total > 4)
          break;
        if (total > 3)
          continue;
      }
      co_await settle();
    }
    co_await settle();
  }

  awaitable<void> ok_is_awaited() {
    auto hold = co_await awaited.scoped();
    co_await settle();
  }

  awaitable<void> FP_is_for_coroutines() {
    std::lock_guard hold(awaited);
    co_await settle();
  }

  awaitable<void> FP_never_locks() {
    std::unique_lock hold(mutex, std::defer_lock);
    co_await settle();
  }

  awaitable<void> FP_is_passed_by_an_exception() {
    try {
      std::lock_guard hold(mutex);
      if (total == 0)
        throw 1;
      co_return;
    } catch (int) {
    }
    co_await settle();
  }

  awaitable<void> FP_ends_with_its_holder() {
    auto hold = std::make_unique<std::lock_guard<std::mutex>>(mutex);
    hold.reset();
    std::optional<std::unique_lock<std::mutex>> perhaps;
    perhaps.emplace(mutex);
    perhaps.reset();
    co_await settle();
  }

  void use(std::unique_lock<std::mutex> given) { ++total; }

  awaitable<void> FP_is_handed_on() {
    std::unique_lock hold(mutex);
    use(std::move(hold));
    co_await settle();
  }

  awaitable<void> FP_is_overwritten() {
    std::unique_lock hold(mutex);
    hold = {};
    co_await settle();
  }

  awaitable<void> FP_does_not_suspend() {
    std::lock_guard hold(mutex);
    auto executor = co_await asio::this_coro::executor;
    (void)executor;
  }

  awaitable<void> FP_is_adopted() {
    std::lock(mutex, again);
    {
      std::lock_guard first(mutex, std::adopt_lock);
      std::lock_guard second(again, std::adopt_lock);
      ++total;
    }
    co_await settle();
  }

  awaitable<void> FP_is_a_part_that_ended() {
    {
      auto ledger = locked();
      ++ledger.total;
    }
    co_await settle();
  }
};
