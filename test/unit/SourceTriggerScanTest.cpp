//===- SourceTriggerScanTest.cpp ------------------------------------------===//

#include "looplint/Source/TriggerScan.h"

#include "gtest/gtest.h"

#include <random>
#include <string>

using namespace looplint;
using llvm::StringRef;

TEST(TriggerScan, FindsWordsAnywhere) {
  const TriggerWords words({"async", "await", "Thread", "run_in_executor"});
  for (StringRef text : {"async", "x async", "await x", "BackgroundThreads",
                         "loop.run_in_executor("})
    EXPECT_TRUE(mentionsAny(text, words)) << text.str();
  for (StringRef text :
       {"", "a", "asyn", "asynawai", "thread", "run_in_execut", "import os\n"})
    EXPECT_FALSE(mentionsAny(text, words)) << text.str();
}

TEST(TriggerScan, NoWordsAreNeverFound) {
  const TriggerWords words{llvm::ArrayRef<StringRef>()};
  EXPECT_FALSE(mentionsAny("async", words));
}

TEST(TriggerScan, AShortWordSwitchesItOff) {
  EXPECT_TRUE(mentionsAny("", TriggerWords({"async", "x"})));
  EXPECT_TRUE(mentionsAny("", TriggerWords({"", "b"})));
}

TEST(TriggerScan, WordsLongerThanAByteCanShift) {
  const std::string word = std::string(600, 'a') + "b";
  const TriggerWords words(llvm::ArrayRef<StringRef>{word});
  EXPECT_TRUE(mentionsAny(std::string(1000, 'a') + word + "c", words));
  EXPECT_FALSE(mentionsAny(std::string(5000, 'a'), words));
}

// Two letters make collisions of blocks and prefixes common.
TEST(TriggerScan, AgreesWithFind) {
  std::mt19937 random(20);
  const auto letters = [&](std::size_t size) {
    std::string result;
    while (result.size() < size)
      result += "ab"[random() % 2];
    return result;
  };
  for (int round = 0; round < 400; ++round) {
    std::vector<std::string> list(1 + random() % 4);
    for (std::string &word : list)
      word = letters(2 + random() % 8);
    const std::vector<StringRef> words(list.begin(), list.end());
    const TriggerWords triggers(words);

    for (int sample = 0; sample < 50; ++sample) {
      const std::string text = letters(random() % 24);
      bool expected = false;
      for (const std::string &word : list)
        expected |= text.find(word) != std::string::npos;
      ASSERT_EQ(mentionsAny(text, triggers), expected) << text;
    }
  }
}
