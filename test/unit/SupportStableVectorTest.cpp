//===- SupportStableVectorTest.cpp - what grows and never moves -----------===//

#include "looplint/Support/StableVector.h"

#include <gtest/gtest.h>

#include <memory>
#include <numeric>

using namespace looplint;

TEST(StableVector, KeepsReferencesWhileItGrowsAndMoves) {
  StableVector<std::unique_ptr<int>> numbers;
  std::unique_ptr<int> &first = numbers.emplace_back(std::make_unique<int>(0));
  for (int i = 1; i < 1000; ++i)
    numbers.push_back(std::make_unique<int>(i));
  EXPECT_EQ(&first, &numbers[0]);

  StableVector<std::unique_ptr<int>> moved(std::move(numbers));
  EXPECT_EQ(&first, &moved[0]);
  EXPECT_EQ(moved.size(), 1000u);
  for (int i = 0; i < 1000; ++i)
    EXPECT_EQ(*moved[i], i);
}

TEST(StableVector, IsWalkedInOrder) {
  StableVector<int> numbers;
  EXPECT_TRUE(numbers.begin() == numbers.end());
  for (int i = 0; i < 600; ++i)
    numbers.push_back(i);
  const StableVector<int> &same = numbers;
  EXPECT_EQ(std::accumulate(same.begin(), same.end(), 0), 600 * 599 / 2);
  EXPECT_EQ(same.end() - same.begin(), 600);
  for (int &number : numbers)
    number = 1;
  EXPECT_EQ(std::accumulate(same.begin(), same.end(), 0), 600);
}
