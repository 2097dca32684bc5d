// Values from some coroutines to others, with room for so many between.
//
//   looprt::channel<int> numbers(16);
//   co_await numbers.send(42);                        // waits for room
//   while (std::optional<int> n = co_await numbers.receive())   // until
//   close()
#pragma once

#include "looprt/task.h"
#include "looprt/wait_queue.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <stdexcept>
#include <utility>

namespace looprt {

/// Each value is received once, in the order of sending. Not thread-safe: it
/// belongs to one loop; other threads send through a blocking_portal.
template <class T> class channel {
public:
  /// Throws std::invalid_argument where there is no room for anything.
  explicit channel(std::size_t capacity) : capacity(capacity) {
    if (capacity == 0)
      throw std::invalid_argument("a channel has room for one value at least");
  }

  /// Waits for room. False where the channel is closed; the value is lost then.
  task<bool> send(T value) {
    while (!closed && values.size() >= capacity)
      co_await room.wait();
    if (closed)
      co_return false;
    values.push_back(std::move(value));
    filled.wake_one();
    co_return true;
  }

  /// Waits for a value. Nothing where the channel is closed and empty.
  task<std::optional<T>> receive() {
    while (!closed && values.empty())
      co_await filled.wait();
    if (values.empty())
      co_return std::nullopt;
    std::optional<T> first(std::move(values.front()));
    values.pop_front();
    room.wake_one();
    co_return first;
  }

  /// Nothing more is sent; what was sent can still be received.
  void close() {
    closed = true;
    room.wake_all();
    filled.wake_all();
  }

  bool is_closed() const { return closed; }
  std::size_t size() const { return values.size(); }

private:
  std::size_t capacity;
  std::deque<T> values;
  bool closed = false;
  wait_queue room;
  wait_queue filled;
};

} // namespace looprt
