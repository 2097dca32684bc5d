// Mutexes, semaphores, channels and Asio's operations, under cancellation too.
#include "looprt/async_mutex.h"
#include "looprt/channel.h"
#include "looprt/run.h"
#include "looprt/sleep.h"
#include "looprt/task_group.h"
#include "looprt/use_asio.h"

#include <asio/local/connect_pair.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/read.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>
#include <gtest/gtest.h>

#include <array>

using namespace looprt;
using namespace std::chrono_literals;

template <class T> static T run_virtually(task<T> main) {
  virtual_clock clock;
  return run(std::move(main), {.clock = &clock});
}

TEST(Semaphore, LetsSoManyInAndInTheirOrder) {
  std::string log;
  const auto main = [&]() -> task<void> {
    async_semaphore two(2);
    const auto work = [&](char name) -> task<void> {
      const auto permit = co_await two.acquire();
      log += name;
      co_await sleep_for(1s);
      log += '.';
    };
    const auto body = [&](task_group &group) -> task<void> {
      for (const char name : {'a', 'b', 'c', 'd'})
        group.start_soon(work(name));
      co_await yield_now();
      EXPECT_EQ(two.available(), 0U);
      EXPECT_FALSE(two.try_acquire());
    };
    co_await with_task_group(body);
    EXPECT_EQ(two.available(), 2U);
  };
  run_virtually(main());
  EXPECT_EQ(log, "ab..cd..");
}

TEST(Semaphore, WhoIsCancelledTakesNoPermitWithIt) {
  const auto main = []() -> task<void> {
    async_mutex mutex;
    const auto wait = [&]() -> task<void> {
      const auto guard = co_await mutex.lock();
      co_await sleep_for(1h);
    };
    {
      const auto guard = co_await mutex.lock();
      EXPECT_FALSE(co_await move_on_after(1s, wait())); // while it waits
      EXPECT_TRUE(mutex.is_locked());
    }
    EXPECT_FALSE(co_await move_on_after(1s, wait())); // while it has it
    EXPECT_TRUE(mutex.try_lock());
    EXPECT_FALSE(mutex.is_locked());
  };
  run_virtually(main());
}

// A permit is handed over and its receiver cancelled in the same round.
TEST(Semaphore, APermitIsNotLostOnItsWay) {
  const auto main = []() -> task<void> {
    async_mutex mutex;
    cancel_scope scope;
    const auto wait = [&]() -> task<void> {
      const auto guard = co_await mutex.lock();
    };
    const auto body = [&](task_group &group) -> task<void> {
      auto guard = std::optional(co_await mutex.lock());
      group.start_soon(wait().in(scope));
      co_await sleep_for(1s);
      guard.reset();
      scope.cancel();
    };
    co_await with_task_group(body);
    EXPECT_TRUE(mutex.try_lock());
  };
  run_virtually(main());
}

TEST(Channel, PassesEachValueOnceInOrderAndWaitsForRoom) {
  std::vector<int> received;
  const auto main = [&]() -> task<void> {
    channel<int> numbers(2);
    const auto send = [&]() -> task<void> {
      for (int number = 0; number < 10; ++number) {
        EXPECT_TRUE(co_await numbers.send(number));
        EXPECT_LE(numbers.size(), 2U);
      }
      numbers.close();
      EXPECT_FALSE(co_await numbers.send(99));
    };
    const auto receive = [&]() -> task<void> {
      while (const std::optional<int> number = co_await numbers.receive())
        received.push_back(*number);
    };
    const auto body = [&](task_group &group) -> task<void> {
      group.start_soon(send());
      group.start_soon(receive());
      group.start_soon(receive());
      co_return;
    };
    co_await with_task_group(body);
  };
  run_virtually(main());
  EXPECT_EQ(received, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_THROW(channel<int>(0), std::invalid_argument);
}

using asio::local::stream_protocol;

TEST(UseAsio, ReadsWritesAndThrows) {
  const auto main = []() -> task<void> {
    auto &context = event_loop::current()->context();
    stream_protocol::socket ours(context), theirs(context);
    asio::local::connect_pair(ours, theirs);
    const std::string sent = "hello";
    std::array<char, 5> received{};
    const auto echo = [&]() -> task<void> {
      co_await asio::async_read(theirs, asio::buffer(received), use_asio);
      co_await asio::async_write(theirs, asio::buffer(received), use_asio);
      theirs.close();
    };
    const auto body = [&](task_group &group) -> task<void> {
      group.start_soon(echo());
      EXPECT_EQ(co_await asio::async_write(ours, asio::buffer(sent), use_asio),
                5U);
      std::array<char, 9> answer{};
      EXPECT_EQ(co_await ours.async_read_some(asio::buffer(answer), use_asio),
                5U);
      EXPECT_STREQ(answer.data(), "hello");
      try {
        co_await ours.async_read_some(asio::buffer(answer), use_asio);
        ADD_FAILURE();
      } catch (const asio::system_error &error) {
        EXPECT_EQ(error.code(), asio::error::eof);
      }
    };
    co_await with_task_group(body);
  };
  run(main());
}

TEST(UseAsio, ACancelledWaitCancelsTheOperation) {
  const auto main = []() -> task<void> {
    auto &context = event_loop::current()->context();
    stream_protocol::socket ours(context), theirs(context);
    asio::local::connect_pair(ours, theirs);
    const auto read = [&]() -> task<std::size_t> {
      std::array<char, 9> answer{};
      co_return co_await ours.async_read_some(asio::buffer(answer), use_asio);
    };
    EXPECT_FALSE(co_await move_on_after(1ms, read()));
    const auto wait = [&]() -> task<void> {
      asio::steady_timer timer(context, 1h);
      co_await timer.async_wait(use_asio);
    };
    EXPECT_FALSE(co_await move_on_after(1ms, wait()));
    // It is free for the next.
    co_await asio::async_write(theirs, asio::buffer("x", 1), use_asio);
    EXPECT_EQ(co_await read(), 1U);
  };
  run(main());
}
