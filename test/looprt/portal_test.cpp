// Other threads and the loop: portals, misuse, and a storm of all of it.
#include "looprt/blocking_portal.h"
#include "looprt/run.h"
#include "looprt/sleep.h"
#include "looprt/task_group.h"
#include "looprt/to_thread.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

using namespace looprt;
using namespace std::chrono_literals;

static task<int> answer() { co_return 42; }
static std::atomic_flag has_started;
static task<void> sleep_long() { co_await sleep_for(1h); }

/// What is refused, as `code: text`.
template <class Function> static std::string refusal(Function function) {
  try {
    function();
  } catch (const loop_misuse_error &error) {
    return error.what();
  }
  return "accepted";
}

TEST(Misuse, ANestedRunIsRefused) {
  const auto main = []() -> task<std::string> {
    co_return refusal([] { return run(answer()); });
  };
  EXPECT_EQ(
      run(main()),
      "`looprt::run` runs a loop inside a running loop [LOOP201]; "
      "`co_await` the task, and make the functions in between coroutines");
  const auto method = []() -> task<std::string> {
    event_loop other;
    co_return refusal([&] { other.run_until_complete(answer()); });
  };
  EXPECT_NE(run(method()).find("[LOOP201]"), std::string::npos);
}

TEST(Misuse, AWaitOnTheLoopsOwnThreadIsRefused) {
  const auto main = []() -> task<std::string> {
    co_return refusal([] { return sync_wait(answer()); });
  };
  EXPECT_EQ(run(main()),
            "`looprt::sync_wait` waits on the loop's own thread for work that "
            "needs that loop [LOOP203]; `co_await` it, or wait on another "
            "thread by `to_thread`");
  const auto portal = []() -> task<std::string> {
    blocking_portal portal(*event_loop::current());
    auto future = portal.start_task_soon(answer);
    std::string texts = refusal([&] { portal.call(answer); });
    co_return texts + refusal([&] { future.get(); });
  };
  const std::string texts = run(portal());
  EXPECT_NE(texts.find("blocking_portal::call"), std::string::npos);
  EXPECT_NE(texts.find("portal_future::get"), std::string::npos);
}

TEST(Misuse, ACallFromAnotherThreadIsRefused) {
  const auto main = []() -> task<std::string> {
    event_loop *loop = event_loop::current();
    const auto elsewhere = [loop] {
      return refusal([loop] { loop->call_later(1s, [] {}); });
    };
    co_return co_await to_thread(elsewhere);
  };
  EXPECT_EQ(run(main()),
            "`event_loop::call_at` is called on a thread, while its loop runs "
            "on another: it is not thread-safe [LOOP501]; hand it over by "
            "`event_loop::post` or through a `blocking_portal`");
}

TEST(Portal, CallsCoroutinesAndFunctionsAndPassesErrors) {
  const auto main = []() -> task<int> {
    blocking_portal portal(*event_loop::current());
    const auto elsewhere = [portal]() mutable {
      EXPECT_THROW(portal.call([] { throw std::runtime_error("broken"); }),
                   std::runtime_error);
      return portal.call(answer) + portal.call([] { return 1; });
    };
    co_return co_await to_thread(elsewhere);
  };
  EXPECT_EQ(run(main()), 43);
}

TEST(Portal, AFutureCanBeCancelled) {
  const auto main = []() -> task<bool> {
    blocking_portal portal(*event_loop::current());
    const auto elsewhere = [portal]() mutable {
      auto future = portal.start_task_soon(sleep_long);
      EXPECT_FALSE(future.wait_for(5ms));
      future.cancel();
      EXPECT_THROW(future.get(), task_cancelled);
      return true;
    };
    co_return co_await to_thread(elsewhere);
  };
  EXPECT_TRUE(run(main()));
}

TEST(Portal, ClosingTheLoopEndsEveryWait) {
  std::optional<blocking_portal> portal;
  std::thread waiting;
  std::atomic<bool> closed = false;
  const auto main = [&]() -> task<void> {
    portal.emplace(*event_loop::current());
    has_started.clear();
    waiting = std::thread([&, portal = *portal]() mutable {
      try {
        portal.call([] {
          has_started.test_and_set();
          return sleep_long();
        });
      } catch (const portal_closed &) {
        closed = true;
      }
    });
    while (!has_started.test())
      co_await sleep_for(1ms);
  };
  run(main());
  waiting.join();
  EXPECT_TRUE(closed);
  EXPECT_THROW(portal->call(answer), portal_closed);
}

// Threads that call, cancel and are cut off while the loop closes, many times.
// The sanitizers judge; here everything must come to an end.
TEST(Portal, SurvivesAStorm) {
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> answered = 0;
    std::atomic<int> cut_off = 0;
    std::vector<std::thread> callers;
    const auto main = [&]() -> task<void> {
      blocking_portal portal(*event_loop::current());
      for (int thread = 0; thread < 4; ++thread)
        callers.emplace_back([&, portal, thread]() mutable {
          for (int call = 0; call < 50; ++call)
            try {
              auto future = portal.start_task_soon([call]() -> task<int> {
                co_await sleep_for(std::chrono::microseconds(call % 7 * 50));
                co_return call;
              });
              if ((call + thread) % 3 == 0)
                future.cancel();
              future.get();
              ++answered;
            } catch (const task_cancelled &) {
              ++answered;
            } catch (const portal_closed &) {
              ++cut_off;
            }
        });
      co_await sleep_for(std::chrono::microseconds(round * 300));
    };
    run(main());
    for (std::thread &caller : callers)
      caller.join();
    EXPECT_EQ(answered + cut_off, 200);
  }
}
