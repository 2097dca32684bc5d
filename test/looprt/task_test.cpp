// Tasks, groups, cancellation and time, under a virtual clock: nothing here
// waits.
#include "looprt/async_event.h"
#include "looprt/combine.h"
#include "looprt/run.h"
#include "looprt/sleep.h"
#include "looprt/to_thread.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

using namespace looprt;
using namespace std::chrono_literals;

template <class T> static T run_virtually(task<T> main) {
  virtual_clock clock;
  return run(std::move(main), {.clock = &clock});
}

static task<int> answer() { co_return 42; }

static task<int> failing() {
  co_await yield_now();
  throw std::runtime_error("broken");
}

static task<void> note(std::string &log, std::string text,
                       std::chrono::nanoseconds delay) {
  co_await sleep_for(delay);
  log += text;
}

static task<void> sleep_task() { co_await sleep_for(1h); }

static task<void> note_end(std::string &log, std::string text) {
  try {
    co_await sleep_for(1h);
  } catch (const task_cancelled &) {
    log += text;
    throw;
  }
}

TEST(Task, ReturnsThrowsAndIsLazy) {
  EXPECT_EQ(run(answer()), 42);
  EXPECT_THROW(run(failing()), std::runtime_error);
  bool ran = false;
  {
    const auto set = [&]() -> task<void> {
      ran = true;
      co_return;
    };
    const task<void> never = set();
  }
  EXPECT_FALSE(ran);
}

static task<int> deep(int depth) { // NOLINT(misc-no-recursion)
  if (depth == 0)
    co_return 0;
  co_return 1 + co_await deep(depth - 1);
}

static task<int> many(int count) {
  int sum = 0;
  for (int at = 0; at < count; ++at)
    sum += co_await answer() > 0;
  co_return sum;
}

TEST(Task, AwaitingDoesNotGrowTheStack) {
  EXPECT_EQ(run(deep(1000)), 1000);
  EXPECT_EQ(run(many(100'000)), 100'000);
}

TEST(Task, GivesWhatCanOnlyBeMoved) {
  const auto make = []() -> task<std::unique_ptr<int>> {
    co_return std::make_unique<int>(7);
  };
  const auto main = [&]() -> task<int> { co_return *(co_await make()); };
  EXPECT_EQ(run(main()), 7);
}

TEST(Task, KnowsItsLoopOnlyWhileThatRuns) {
  EXPECT_EQ(event_loop::current(), nullptr);
  event_loop loop;
  const auto main = [&]() -> task<bool> {
    co_await yield_now();
    co_return event_loop::current() == &loop &&loop.is_running();
  };
  EXPECT_TRUE(loop.run_until_complete(main()));
  EXPECT_EQ(event_loop::current(), nullptr);
  EXPECT_FALSE(loop.is_running());
}

TEST(Task, SleepsUntilATimeOfEitherClock) {
  virtual_clock clock;
  const wall_time start = clock.wall_now();
  std::vector<std::chrono::nanoseconds> slept;
  const auto main = [&]() -> task<void> {
    const event_loop &loop = *event_loop::current();
    const steady_time begin = loop.now();
    co_await sleep_until(begin + 3s);
    slept.push_back(loop.now() - begin);
    co_await sleep_until(start + 10s);
    slept.push_back(loop.now() - begin);
    co_await sleep_until(begin); // which has passed
    slept.push_back(loop.now() - begin);
  };
  run(main(), {.clock = &clock});
  EXPECT_EQ(slept, (std::vector<std::chrono::nanoseconds>{3s, 10s, 10s}));
}

TEST(Task, SleepsInOrderOfTime) {
  std::string log;
  const auto main = [&]() -> task<void> {
    const auto body = [&](task_group &group) -> task<void> {
      group.start_soon(note(log, "c", 3h));
      group.start_soon(note(log, "a", 1h));
      group.start_soon(note(log, "b", 2h));
      co_return;
    };
    co_await with_task_group(body);
  };
  run_virtually(main());
  EXPECT_EQ(log, "abc");
}

TEST(TaskGroup, AFailureCancelsTheOthersAndIsThrownAsItIs) {
  std::string log;
  const auto main = [&]() -> task<void> {
    const auto body = [&](task_group &group) -> task<void> {
      group.start_soon(note_end(log, "stopped"));
      co_await failing();
    };
    co_await with_task_group(body);
  };
  EXPECT_THROW(run_virtually(main()), std::runtime_error);
  EXPECT_EQ(log, "stopped");
}

TEST(TaskGroup, CollectedFailuresAreThrownTogether) {
  const auto main = [&]() -> task<std::size_t> {
    const auto body = [&](task_group &group) -> task<void> {
      for (int count = 0; count < 3; ++count)
        group.start_soon([]() -> task<void> { co_await failing(); });
      co_return;
    };
    try {
      co_await with_task_group(body, error_policy::collect);
    } catch (const exception_group &group) {
      co_return group.failures().size();
    }
    co_return 0;
  };
  EXPECT_EQ(run_virtually(main()), 3U);
}

TEST(TaskGroup, CancellingItIsNoError) {
  std::string log;
  const auto main = [&]() -> task<void> {
    const auto body = [&](task_group &group) -> task<void> {
      group.start_soon(note_end(log, "x"));
      co_await sleep_for(1s);
      group.scope().cancel();
    };
    co_await with_task_group(body);
    log += "after";
  };
  run_virtually(main());
  EXPECT_EQ(log, "xafter");
}

TEST(Cancellation, CannotBeSwallowed) {
  int waits = 0;
  const auto stubborn = [&]() -> task<void> {
    for (int attempt = 0; attempt < 3; ++attempt)
      try {
        co_await sleep_for(1h);
      } catch (const task_cancelled &) {
        ++waits;
      }
  };
  const auto main = [&]() -> task<bool> {
    const auto done = co_await move_on_after(1s, stubborn());
    co_return done.has_value();
  };
  EXPECT_TRUE(run_virtually(main()));
  EXPECT_EQ(waits, 3);
}

TEST(Cancellation, TimeLimitsNestAndTheOuterOneWins) {
  const auto main = [&]() -> task<std::string> {
    const auto inner = []() -> task<int> {
      co_await timeout_after(2s, sleep_task());
      co_return 1;
    };
    const auto outer = co_await move_on_after(1s, inner());
    std::string result = outer ? "inner" : "outer";
    try {
      co_await timeout_after(1s, sleep_task());
    } catch (const timeout_error &) {
      result += " timeout";
    }
    co_return result;
  };
  EXPECT_EQ(run_virtually(main()), "outer timeout");
}

TEST(Cancellation, AShieldHoldsUntilItsTaskHasEnded) {
  std::string log;
  const auto main = [&]() -> task<void> {
    const auto protect = [&]() -> task<void> {
      co_await shield(note(log, "saved ", 10s));
      co_await sleep_for(1s);
      log += "never";
    };
    const auto done = co_await move_on_after(1s, protect());
    log += done ? "done" : "cancelled";
  };
  run_virtually(main());
  EXPECT_EQ(log, "saved cancelled");
}

TEST(Combine, AllGivesAllInOrder) {
  const auto main = []() -> task<std::string> {
    const auto later = [](std::string text, int delay) -> task<std::string> {
      co_await sleep_for(std::chrono::seconds(delay));
      co_return text;
    };
    std::vector<task<std::string>> tasks;
    tasks.push_back(later("a", 3));
    tasks.push_back(later("b", 1));
    const auto texts = co_await when_all(std::move(tasks));
    const auto mixed = co_await when_all(later("c", 1), answer());
    co_return texts[0] + texts[1] + std::get<0>(mixed) +
        std::to_string(std::get<1>(mixed));
  };
  EXPECT_EQ(run_virtually(main()), "abc42");
}

TEST(Combine, AnyGivesTheFirstAndStopsTheOthers) {
  std::string log;
  const auto main = [&]() -> task<std::size_t> {
    std::vector<task<void>> tasks;
    tasks.push_back(note_end(log, "slow"));
    tasks.push_back(note(log, "quick ", 1s));
    const auto first = co_await when_any(std::move(tasks));
    co_return first.first;
  };
  EXPECT_EQ(run_virtually(main()), 1U);
  EXPECT_EQ(log, "quick slow");
}

TEST(Combine, AFailureStopsTheOthersAndIsThrown) {
  std::string log;
  const auto broken = [&]() -> task<void> {
    co_await sleep_for(1s);
    throw std::runtime_error("broken");
  };
  const auto all = [&]() -> task<void> {
    std::vector<task<void>> tasks;
    tasks.push_back(note_end(log, "all "));
    tasks.push_back(broken());
    co_await when_all(std::move(tasks));
  };
  EXPECT_THROW(run_virtually(all()), std::runtime_error);
  const auto any = [&]() -> task<void> {
    std::vector<task<void>> tasks;
    tasks.push_back(note_end(log, "any"));
    tasks.push_back(broken());
    co_await when_any(std::move(tasks));
  };
  EXPECT_THROW(run_virtually(any()), std::runtime_error);
  EXPECT_EQ(log, "all any");
  const auto none = []() -> task<std::size_t> {
    const auto nothing = co_await when_all(std::vector<task<int>>());
    co_return nothing.size();
  };
  EXPECT_EQ(run_virtually(none()), 0U);
}

TEST(AsyncEvent, WakesAllAndForgetsWhoLeft) {
  std::string log;
  const auto main = [&]() -> task<void> {
    async_event ready;
    const auto wait = [&](std::string text) -> task<void> {
      co_await ready.wait();
      log += text;
    };
    const auto leave = [&]() -> task<void> {
      co_await move_on_after(1s, wait("late"));
      ready.set();
    };
    const auto body = [&](task_group &group) -> task<void> {
      group.start_soon(wait("a"));
      group.start_soon(leave());
      group.start_soon(wait("b"));
      co_return;
    };
    co_await with_task_group(body);
  };
  run_virtually(main());
  EXPECT_EQ(log, "ab");
}

TEST(ToThread, RunsElsewhereAndComesBack) {
  const auto main = []() -> task<bool> {
    const std::thread::id own = std::this_thread::get_id();
    const auto there =
        co_await to_thread([] { return std::this_thread::get_id(); });
    try {
      co_await to_thread([] { throw std::runtime_error("broken"); });
    } catch (const std::runtime_error &) {
      co_return there != own &&std::this_thread::get_id() == own;
    }
    co_return false;
  };
  EXPECT_TRUE(run_virtually(main()));
}

// A thread cannot be interrupted, and what it uses lives in the coroutine.
TEST(ToThread, ACancelledWaitLastsUntilItsThreadHasEnded) {
  std::string log;
  const auto work = [&] {
    std::this_thread::sleep_for(20ms);
    log += "thread ";
  };
  const auto main = [&]() -> task<void> {
    const auto there = [&]() -> task<void> {
      co_await to_thread(work);
      log += "answer ";
      co_await sleep_for(1h);
      log += "never";
    };
    const auto done = co_await move_on_after(1ms, there());
    log += done ? "done" : "cancelled";
  };
  run(main());
  EXPECT_EQ(log, "thread answer cancelled");
}

TEST(EventLoop, CallsBackInOrderAndCancels) {
  std::string log;
  virtual_clock clock;
  event_loop loop({.clock = &clock});
  loop.call_later(2s, [&] { log += "b"; });
  loop.call_later(1s, [&] { log += "a"; });
  const timer_handle timer = loop.call_later(1s, [&] { log += "x"; });
  EXPECT_TRUE(loop.cancel(timer));
  EXPECT_FALSE(loop.cancel(timer));
  const auto main = []() -> task<void> { co_await sleep_for(3s); };
  loop.run_until_complete(main());
  EXPECT_EQ(log, "ab");
}

TEST(EventLoop, ClosingCancelsWhatIsLeft) {
  std::string log;
  {
    virtual_clock clock;
    event_loop loop({.clock = &clock});
    loop.start_soon(note_end(log, "ended"));
    loop.run_until_complete(answer());
  }
  EXPECT_EQ(log, "ended");
}
