// Many threads against a loop that works, cancels and shuts down meanwhile.
// Threads and address sanitizers judge what happens; here everything has to
// come to an end, and nothing may be lost or done twice.
#include "looprt/blocking_portal.h"
#include "looprt/channel.h"
#include "looprt/data_loader.h"
#include "looprt/run.h"
#include "looprt/scheduler.h"
#include "looprt/sleep.h"
#include "looprt/to_thread.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

using namespace looprt;
using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

constexpr int thread_count = 6;

struct tally {
  std::atomic<int> answered = 0;
  std::atomic<int> cancelled = 0;
  std::atomic<int> cut_off = 0;

  /// Calls \p function and counts how it ended.
  template <class Function> void count(Function function) {
    try {
      function();
      ++answered;
    } catch (const task_cancelled &) {
      ++cancelled;
    } catch (const portal_closed &) {
      ++cut_off;
    }
  }
  int all() const { return answered + cancelled + cut_off; }
};

task<int> wait_and_answer(int microseconds_to_wait) {
  co_await sleep_for(microseconds(microseconds_to_wait));
  co_return microseconds_to_wait;
}

/// What a request does: a group, a time-out, and a thread that comes back.
task<int> nested(blocking_portal portal, int number) {
  const auto back = [portal, number]() mutable {
    const auto answer = [number] { return wait_and_answer(number % 3); };
    return portal.call(answer);
  };
  const auto body = [&](task_group &group) -> task<void> {
    group.start_soon(
        [number]() -> task<void> { co_await wait_and_answer(number % 5); });
    co_await move_on_after(microseconds(number % 7), wait_and_answer(5));
  };
  co_await with_task_group(body);
  co_return co_await to_thread(back);
}

/// One thread's calls: waited for, cancelled, abandoned, and nested.
void call_often(blocking_portal portal, int seed, int calls, tally &ends) {
  std::minstd_rand random(static_cast<unsigned>(seed) + 1);
  for (int call = 0; call < calls; ++call) {
    const int number = static_cast<int>(random() % 40);
    ends.count([&] {
      const auto simple = [number] { return wait_and_answer(number); };
      const auto request = [portal, number] { return nested(portal, number); };
      switch (number % 4) {
      case 0:
        EXPECT_EQ(portal.call(simple), number);
        break;
      case 1: {
        auto future = portal.start_task_soon(simple);
        future.cancel();
        future.get();
        break;
      }
      case 2: {
        auto future = portal.start_task_soon(request);
        if (!future.wait_for(microseconds(number)))
          future.cancel();
        future.get();
        break;
      }
      default:
        portal.start_task_soon(simple); // nobody waits
      }
    });
  }
}

} // namespace

TEST(Stress, PortalsCancellationAndShutdown) {
  for (int round = 0; round < 15; ++round) {
    tally ends;
    std::vector<std::thread> callers;
    const auto main = [&]() -> task<void> {
      const blocking_portal portal(*event_loop::current());
      for (int thread = 0; thread < thread_count; ++thread)
        callers.emplace_back([&ends, portal, thread, round] {
          call_often(portal, round * thread_count + thread, 40, ends);
        });
      co_await sleep_for(microseconds(round * round * 100));
    };
    run(main());
    for (std::thread &caller : callers)
      caller.join();
    EXPECT_EQ(ends.all(), thread_count * 40);
  }
}

// What the header says any thread may call, while the loop starts and stops.
TEST(Stress, WhatAnyThreadMayAsk) {
  event_loop loop;
  std::atomic<bool> over = false;
  std::atomic<int> posted = 0;
  int ran = 0; // on the loop alone
  std::vector<std::thread> askers;
  for (int thread = 0; thread < thread_count; ++thread)
    askers.emplace_back([&] {
      while (!over) {
        loop.is_running();
        loop.is_closed();
        loop.now();
        ++posted;
        loop.post([&ran] { ++ran; });
        std::this_thread::yield();
      }
    });
  for (int run = 0; run < 50; ++run)
    loop.run_until_complete(wait_and_answer(200));
  over = true;
  for (std::thread &asker : askers)
    asker.join();
  const auto rest = [&]() -> task<void> {
    while (ran < posted)
      co_await yield_now();
  };
  loop.run_until_complete(rest());
  EXPECT_EQ(ran, posted);
}

// Threads add jobs and schedules, cancel and remove them, and one stops it all.
TEST(Stress, ASchedulerThatIsUsedFromManyThreads) {
  for (int round = 0; round < 10; ++round) {
    std::atomic<int> began = 0;
    std::atomic<int> ended = 0;
    std::vector<std::thread> users;
    const auto main = [&]() -> task<void> {
      scheduler scheduler;
      scheduler.configure_task("work", [&](const job_context &) -> task<void> {
        ++began;
        const auto count_end =
            std::shared_ptr<void>(nullptr, [&](const void *) { ++ended; });
        co_await sleep_for(50us);
        co_await to_thread([] { std::this_thread::yield(); });
      });
      const blocking_portal portal(*event_loop::current());
      const auto use = [&scheduler, portal](int seed) mutable {
        tally ends;
        for (int call = 0; call < 20; ++call)
          ends.count([&] {
            const std::string name = std::to_string(seed * 100 + call);
            const auto add = [&]() -> task<schedule_id> {
              co_return co_await scheduler.add_schedule(
                  "work", interval_trigger(100us), {}, name);
            };
            const schedule_id added = portal.call(add);
            const auto job =
                portal.call([&] { return scheduler.add_job("work"); });
            portal.call([&] { return scheduler.cancel_job(job); });
            if (call % 2 == 0)
              portal.call([&] { return scheduler.remove_schedule(added); });
          });
      };
      const auto serve = [&](task_group &group) -> task<void> {
        group.start_soon(scheduler.run_until_stopped());
        for (int thread = 0; thread < thread_count; ++thread)
          users.emplace_back(use, thread);
        co_await sleep_for(microseconds(500 * round));
        co_await scheduler.stop(microseconds(100 * (round % 3)));
      };
      co_await with_task_group(serve);
      // Its users outlive it only as far as their calls, which end with these.
      const auto join = [&] {
        for (std::thread &user : users)
          user.join();
      };
      co_await to_thread(join);
    };
    run(main());
    EXPECT_EQ(began, ended);
  }
}

// Many requests, each a thread, load through loaders of their own on one loop.
TEST(Stress, LoadersUnderCancellation) {
  tally ends;
  std::vector<std::thread> callers;
  const auto main = [&]() -> task<void> {
    const auto fetch =
        [](std::vector<int> keys) -> task<std::vector<load_result<int>>> {
      co_await sleep_for(20us);
      co_await to_thread([] { std::this_thread::yield(); });
      co_return std::vector<load_result<int>>(keys.begin(), keys.end());
    };
    data_loader<int, int> loader(fetch);
    blocking_portal portal(*event_loop::current());
    const auto use = [&loader, &ends, portal](int seed) mutable {
      std::minstd_rand random(static_cast<unsigned>(seed) + 1);
      for (int call = 0; call < 60; ++call)
        ends.count([&] {
          const int key = static_cast<int>(random() % 50);
          auto future = portal.start_task_soon([&loader, key] {
            if (key % 10 == 0)
              loader.clear(key);
            return loader.load(key);
          });
          if (key % 3 == 0)
            future.cancel();
          EXPECT_EQ(future.get(), key);
        });
    };
    for (int thread = 0; thread < thread_count; ++thread)
      callers.emplace_back(use, thread);
    const auto join = [&] {
      for (std::thread &caller : callers)
        caller.join();
    };
    co_await to_thread(join);
  };
  run(main());
  EXPECT_EQ(ends.all(), thread_count * 60);
  EXPECT_EQ(ends.cut_off, 0);
}
