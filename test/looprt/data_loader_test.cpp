// The loader on a loop.
#include "looprt/combine.h"
#include "looprt/data_loader.h"
#include "looprt/run.h"

#include <gtest/gtest.h>

#include <string>

using namespace looprt;
using namespace std::chrono_literals;

using numbers = std::vector<int>;

/// Squares, and remembers how it was asked.
class DataLoader : public testing::Test {
protected:
  using loader = data_loader<int, int>;

  task<std::vector<load_result<int>>> fetch(numbers keys) {
    calls.push_back(keys);
    try {
      co_await sleep_for(1s);
    } catch (const task_cancelled &) {
      ++cancelled;
      throw;
    }
    std::vector<load_result<int>> results;
    for (const int key : keys)
      if (key < 0)
        results.emplace_back(
            std::make_exception_ptr(std::out_of_range("negative")));
      else
        results.emplace_back(key * key);
    co_return results;
  }

  loader make(loader_options options = {}) {
    return loader([this](numbers keys) { return fetch(std::move(keys)); },
                  options);
  }

  static task<int> guarded(loader &loader, int key) {
    try {
      co_return co_await loader.load(key);
    } catch (const std::out_of_range &) {
      co_return -1;
    }
  }

  template <class T> static T run_virtually(task<T> main) {
    virtual_clock clock;
    return run(std::move(main), {.clock = &clock});
  }

  std::vector<numbers> calls;
  int cancelled = 0;
};

TEST_F(DataLoader, LoadsOfOneRoundAreOneCall) {
  const auto main = [&]() -> task<int> {
    loader squares = make();
    const auto all =
        co_await when_all(squares.load(2), squares.load(3), squares.load(2));
    co_return std::get<0>(all) + std::get<1>(all) + std::get<2>(all) +
        co_await squares.load(3);
  };
  EXPECT_EQ(run_virtually(main()), 4 + 9 + 4 + 9);
  EXPECT_EQ(calls, (std::vector<numbers>{{2, 3}}));
}

TEST_F(DataLoader, AnErrorReachesOnlyItsKey) {
  const auto main = [&]() -> task<int> {
    loader squares = make();
    const auto all =
        co_await when_all(guarded(squares, -5), guarded(squares, 4));
    co_return std::get<0>(all) * 100 + std::get<1>(all);
  };
  EXPECT_EQ(run_virtually(main()), -100 + 16);
}

TEST_F(DataLoader, ManyAreOneCallWithTheirErrorsInPlace) {
  const auto main = [&]() -> task<std::size_t> {
    loader squares = make();
    const numbers three = {1, -2, 3};
    const auto results = co_await squares.settle_many(three);
    EXPECT_EQ(results[0].index(), 0U);
    EXPECT_EQ(results[1].index(), 1U);
    const numbers two = {1, 3};
    const numbers squared = co_await squares.load_many(two);
    EXPECT_EQ(squared, (numbers{1, 9}));
    co_return results.size();
  };
  EXPECT_EQ(run_virtually(main()), 3U);
  EXPECT_EQ(calls.size(), 1U);
}

TEST_F(DataLoader, OneWhoLeavesHarmsNobody) {
  const auto main = [&]() -> task<int> {
    loader squares = make();
    const auto impatient = [&]() -> task<int> {
      const auto value = co_await move_on_after(10ms, squares.load(5));
      co_return value.value_or(0);
    };
    const auto all = co_await when_all(impatient(), squares.load(5));
    co_return std::get<0>(all) + std::get<1>(all);
  };
  EXPECT_EQ(run_virtually(main()), 25);
  EXPECT_EQ(cancelled, 0);
}

TEST_F(DataLoader, TheLastWhoLeavesStopsTheBatchAndTheNextStartsAfresh) {
  const auto main = [&]() -> task<int> {
    loader squares = make();
    co_await move_on_after(10ms, squares.load(5));
    co_return co_await squares.load(5);
  };
  EXPECT_EQ(run_virtually(main()), 25);
  EXPECT_EQ(cancelled, 1);
  EXPECT_EQ(calls.size(), 2U);
}

TEST_F(DataLoader, BatchesKeepToTheirLimits) {
  const auto main = [&]() -> task<steady_time> {
    loader squares = make({.max_batch_size = 2, .max_concurrent_batches = 1});
    const numbers five = {1, 2, 3, 4, 5};
    co_await squares.load_many(five);
    co_return event_loop::current()->now();
  };
  EXPECT_EQ(run_virtually(main()), steady_time(3s));
  EXPECT_EQ(calls, (std::vector<numbers>{{1, 2}, {3, 4}, {5}}));
}

TEST_F(DataLoader, IsPrimedAndClearedByKeyAndAsAWhole) {
  const auto main = [&]() -> task<int> {
    loader squares = make();
    EXPECT_TRUE(squares.prime(2, 5));
    EXPECT_FALSE(squares.prime(2, 6));
    EXPECT_EQ(co_await squares.load(2), 5);
    squares.clear(2);
    EXPECT_EQ(co_await squares.load(2), 4);
    EXPECT_EQ(co_await squares.load(3), 9);
    squares.clear_all();
    co_return co_await squares.load(2);
  };
  EXPECT_EQ(run_virtually(main()), 4);
  EXPECT_EQ(calls, (std::vector<numbers>{{2}, {3}, {2}}));
}

TEST_F(DataLoader, RemembersErrorsOnlyWhereAskedFor) {
  for (const bool cached : {false, true}) {
    calls.clear();
    const auto main = [&]() -> task<void> {
      loader squares = make({.cache_errors = cached});
      EXPECT_EQ(co_await guarded(squares, -5), -1);
      EXPECT_EQ(co_await guarded(squares, -5), -1);
    };
    run_virtually(main());
    EXPECT_EQ(calls.size(), cached ? 1U : 2U);
  }
}

TEST_F(DataLoader, AWrongNumberOfResultsFailsTheBatch) {
  const auto main = [&]() -> task<int> {
    loader broken([](const numbers &) -> task<std::vector<load_result<int>>> {
      co_return {};
    });
    co_return co_await broken.load(1);
  };
  EXPECT_THROW(run_virtually(main()), std::length_error);
}

TEST_F(DataLoader, AnotherLoopIsRefused) {
  loader squares = make();
  const auto main = [&]() -> task<int> { co_return co_await squares.load(1); };
  EXPECT_EQ(run_virtually(main()), 1);
  try {
    run_virtually(main());
    ADD_FAILURE();
  } catch (const loop_misuse_error &error) {
    EXPECT_EQ(error.code(), 404);
  }
}
