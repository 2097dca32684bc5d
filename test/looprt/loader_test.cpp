// The loader's promises, without a loop: waiters are numbers.
#include "looprt/loader.h"

#include <gtest/gtest.h>

#include <string>

using namespace looprt;

using loader = loader_core<int, std::string, std::string, int>;
using numbers = std::vector<int>;

static numbers settle_all(loader &loader, const loader::batch &batch) {
  numbers ready;
  for (std::size_t at = 0; at < batch.keys.size(); ++at)
    loader.settle(
        batch.id, at,
        loader::outcome(std::in_place_index<0>, std::to_string(batch.keys[at])),
        ready);
  loader.end(batch.id, "no answer", ready);
  return ready;
}

TEST(Loader, KeysOfATickShareABatchAndAKeyIsFetchedOnce) {
  loader loader;
  EXPECT_TRUE(loader.wait(1, 10).opened);
  EXPECT_FALSE(loader.wait(2, 20).opened);
  EXPECT_FALSE(loader.wait(1, 11).opened);
  const auto batch = loader.take();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->keys, (numbers{1, 2}));
  EXPECT_FALSE(loader.take());
  loader.wait(2, 21); // under way: joins
  EXPECT_FALSE(loader.has_open_batch());
  EXPECT_EQ(settle_all(loader, *batch), (numbers{10, 11, 20, 21}));
  ASSERT_TRUE(loader.cached(1));
  EXPECT_EQ(std::get<0>(*loader.cached(1)), "1");
}

TEST(Loader, BatchesAreNoLargerAndNoMoreThanAllowed) {
  loader loader({.max_batch_size = 2, .max_concurrent_batches = 1});
  for (int key = 0; key < 5; ++key)
    loader.wait(key, key);
  const auto first = loader.take();
  EXPECT_EQ(first->keys, (numbers{0, 1}));
  EXPECT_FALSE(loader.take());
  settle_all(loader, *first);
  EXPECT_EQ(loader.take()->keys, (numbers{2, 3}));
}

TEST(Loader, AnErrorIsTheKeysOwnAndNotCached) {
  loader loader;
  loader.wait(1, 10);
  loader.wait(2, 20);
  const auto batch = loader.take();
  numbers ready;
  loader.settle(batch->id, 0, loader::outcome(std::in_place_index<1>, "bad"),
                ready);
  EXPECT_EQ(ready, numbers{10});
  loader.settle(batch->id, 1, loader::outcome(std::in_place_index<0>, "2"),
                ready);
  loader.end(batch->id, "", ready);
  EXPECT_FALSE(loader.cached(1));
  EXPECT_TRUE(loader.cached(2));
}

TEST(Loader, AFailedBatchAnswersAllAndIsNotCached) {
  loader loader({.cache_errors = true});
  loader.wait(1, 10);
  loader.wait(2, 20);
  const auto batch = loader.take();
  numbers ready;
  loader.end(batch->id, "connection lost", ready);
  EXPECT_EQ(ready, (numbers{10, 20}));
  EXPECT_FALSE(loader.cached(1));
  EXPECT_TRUE(loader.wait(1, 11).opened);
}

TEST(Loader, OneWaiterLeavingHarmsNobody) {
  loader loader;
  const auto leaving = loader.wait(1, 10).id;
  loader.wait(1, 11);
  const auto batch = loader.take();
  EXPECT_EQ(loader.forget(leaving), batch_id::none);
  EXPECT_EQ(settle_all(loader, *batch), numbers{11});
  EXPECT_EQ(loader.forget(leaving), batch_id::none);
}

TEST(Loader, TheLastWaiterTakesTheBatchAlongAndTheNextStartsAfresh) {
  loader loader;
  const auto one = loader.wait(1, 10).id;
  const auto two = loader.wait(2, 20).id;
  const auto batch = loader.take();
  EXPECT_EQ(loader.forget(one), batch_id::none);
  EXPECT_EQ(loader.forget(two), batch->id);
  EXPECT_TRUE(loader.wait(1, 11).opened);
  numbers ready;
  loader.end(batch->id, "cancelled", ready);
  EXPECT_EQ(ready, numbers{});
  EXPECT_EQ(settle_all(loader, *loader.take()), numbers{11});
}

TEST(Loader, AKeyThatNobodyWaitsForIsNotFetched) {
  loader loader;
  const auto leaving = loader.wait(1, 10).id;
  EXPECT_EQ(loader.forget(leaving), batch_id::none);
  EXPECT_FALSE(loader.has_open_batch());
  EXPECT_FALSE(loader.take());
  loader.wait(1, 11);
  loader.wait(2, 20);
  EXPECT_EQ(loader.take()->keys, (numbers{1, 2}));
}

TEST(Loader, AKeyRejoinedWhileUnderWayKeepsItsBatch) {
  loader loader;
  const auto one = loader.wait(1, 10).id;
  const auto two = loader.wait(2, 20).id;
  const auto batch = loader.take();
  loader.forget(one);
  loader.wait(1, 11);
  EXPECT_EQ(loader.forget(two), batch_id::none);
  EXPECT_EQ(settle_all(loader, *batch), numbers{11});
}

TEST(Loader, PrimedAndClearedKeysAnswerAccordingly) {
  loader loader;
  EXPECT_TRUE(loader.prime(1, loader::outcome(std::in_place_index<0>, "a")));
  EXPECT_FALSE(loader.prime(1, loader::outcome(std::in_place_index<0>, "b")));
  EXPECT_EQ(std::get<0>(*loader.cached(1)), "a");
  loader.prime(1, loader::outcome(std::in_place_index<0>, "b"), true);
  EXPECT_EQ(std::get<0>(*loader.cached(1)), "b");
  loader.clear(1);
  EXPECT_FALSE(loader.cached(1));
}

TEST(Loader, WhatIsClearedUnderWayAnswersButIsNotCached) {
  loader loader;
  loader.wait(1, 10);
  const auto stale = loader.take();
  loader.clear(1);
  loader.wait(1, 11);
  const auto fresh = loader.take();
  EXPECT_EQ(settle_all(loader, *stale), numbers{10});
  EXPECT_FALSE(loader.cached(1));
  EXPECT_EQ(settle_all(loader, *fresh), numbers{11});
  EXPECT_TRUE(loader.cached(1));
}

TEST(Loader, WithoutACacheEachBatchFetchesAnew) {
  loader loader({.cache = false});
  loader.wait(1, 10);
  loader.wait(1, 11);
  const auto first = loader.take();
  EXPECT_EQ(first->keys, numbers{1});
  EXPECT_TRUE(loader.wait(1, 12).opened);
  EXPECT_EQ(settle_all(loader, *first), (numbers{10, 11}));
  EXPECT_FALSE(loader.cached(1));
  EXPECT_EQ(settle_all(loader, *loader.take()), numbers{12});
}
