// The queue against a model that is too simple to be wrong: a sorted set.
#include "looprt/clock.h"
#include "looprt/timer_queue.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <tuple>

using namespace looprt;

static steady_time at(int nanoseconds) {
  return steady_time(std::chrono::nanoseconds(nanoseconds));
}

TEST(TimerQueue, FiresByDueThenPriorityThenArming) {
  timer_queue<steady_time> queue;
  queue.arm(at(2), 1);
  queue.arm(at(1), 2, 5);
  queue.arm(at(1), 3, -5);
  queue.arm(at(1), 4, 5);
  std::vector<std::uint64_t> order;
  EXPECT_EQ(queue.run_due(at(2), 10,
                          [&](auto timer) { order.push_back(timer.payload); }),
            4U);
  EXPECT_EQ(order, (std::vector<std::uint64_t>{3, 2, 4, 1}));
}

TEST(TimerQueue, KeepsToItsBudgetAndItsDeadline) {
  timer_queue<steady_time> queue;
  for (int due = 0; due < 10; ++due)
    queue.arm(at(due), 0);
  const auto ignore = [](auto) {};
  EXPECT_EQ(queue.run_due(at(5), 4, ignore), 4U);
  EXPECT_EQ(queue.run_due(at(5), 4, ignore), 2U);
  EXPECT_EQ(queue.next_deadline(), at(6));
}

TEST(TimerQueue, AnIdIsNeverReused) {
  timer_queue<steady_time> queue;
  EXPECT_FALSE(queue.cancel(no_timer));
  const timer_id first = queue.arm(at(1), 1);
  EXPECT_TRUE(queue.cancel(first));
  const timer_id second = queue.arm(at(1), 2);
  EXPECT_NE(first, second);
  EXPECT_FALSE(queue.cancel(first));
  EXPECT_TRUE(queue.is_armed(second));
  queue.pop_due(at(1));
  EXPECT_FALSE(queue.cancel(second));
}

TEST(TimerQueue, AgreesWithASortedSet) {
  using key = std::tuple<int, int, int>; // due, priority, sequence
  std::mt19937 random(7);
  timer_queue<steady_time> queue;
  std::map<key, timer_id> model;
  for (int step = 0; step < 200'000; ++step) {
    const auto choice = random() % 8;
    if (choice < 4) {
      const key fresh(random() % 500, static_cast<int>(random() % 3) - 1, step);
      model[fresh] = queue.arm(at(std::get<0>(fresh)), step,
                               static_cast<std::int16_t>(std::get<1>(fresh)));
    } else if (choice < 7 && !model.empty()) {
      auto victim = model.lower_bound({random() % 500, 0, 0});
      if (victim == model.end())
        victim = model.begin();
      ASSERT_TRUE(queue.cancel(victim->second));
      model.erase(victim);
    } else if (!model.empty()) {
      ASSERT_EQ(queue.next_deadline(), at(std::get<0>(model.begin()->first)));
      const auto fired = queue.pop_due(at(1000));
      ASSERT_TRUE(fired);
      ASSERT_EQ(fired->payload, std::get<2>(model.begin()->first));
      model.erase(model.begin());
    }
    ASSERT_EQ(queue.size(), model.size());
  }
}

TEST(TimerQueue, ATimerTakesAtMost96Bytes) {
  timer_queue<steady_time> queue;
  for (int due = 0; due < 100'000; ++due) {
    queue.arm(at(due), 0);
    ASSERT_LE(queue.memory(), queue.size() * 96 + 1024);
  }
}
