// So many at a time.
//
//   looprt::async_semaphore connections(10);
//   const auto permit = co_await connections.acquire();   // until it goes
#pragma once

#include "looprt/task.h"
#include "looprt/wait_queue.h"

#include <cstddef>
#include <optional>
#include <utility>

namespace looprt {

/// First come, first served: who comes later never overtakes who waits. Not
/// thread-safe: it belongs to one loop, and outlives its permits.
class async_semaphore {
public:
  explicit async_semaphore(std::size_t permits) : left(permits) {}
  async_semaphore(const async_semaphore &) = delete;
  async_semaphore &operator=(const async_semaphore &) = delete;

  /// Is given back when it goes.
  class [[nodiscard]] permit {
  public:
    permit(permit &&other) noexcept : of(std::exchange(other.of, nullptr)) {}
    permit &operator=(permit &&other) noexcept {
      std::swap(of, other.of);
      return *this;
    }
    ~permit() {
      if (of)
        of->release();
    }

  private:
    friend async_semaphore;
    explicit permit(async_semaphore &of) : of(&of) {}

    async_semaphore *of;
  };

  task<permit> acquire() {
    if (left > 0)
      --left;
    else
      co_await queue.wait(); // release() hands its permit over
    co_return permit(*this);
  }

  /// Nothing where one would have to wait.
  std::optional<permit> try_acquire() {
    if (left == 0)
      return std::nullopt;
    --left;
    return permit(*this);
  }

  std::size_t available() const { return left; }

private:
  void release() {
    if (!queue.wake_one())
      ++left;
  }

  std::size_t left;
  wait_queue queue;
};

} // namespace looprt
