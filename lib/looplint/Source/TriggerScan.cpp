//===- TriggerScan.cpp - can this file matter? ----------------------------===//
//
// Wu and Manber's search for many words: look at the last two bytes of a window
// as long as the shortest word, and move the window as far as no word can have
// these two bytes earlier. Most pairs are in no word, so most steps skip all
// but one byte of the window, and only the rest is compared.
//
// Rejected: an automaton of all words (it reads every byte, one dependent load
// each), and vector instructions (faster still, but one version for each
// processor, where this is no longer what a run spends its time on).
//
//===----------------------------------------------------------------------===//

#include "looplint/Source/TriggerScan.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cstring>

using namespace looplint;
using llvm::StringRef;

static constexpr std::size_t blockCount = 1 << 16;

static std::uint32_t blockAt(const unsigned char *at) {
  return at[0] | at[1] << 8;
}

TriggerWords::TriggerWords(llvm::ArrayRef<StringRef> list) {
  for (StringRef word : list)
    words.push_back(word.str());
  llvm::sort(words);
  words.erase(llvm::unique(words), words.end());
  if (words.empty())
    return;

  shortest = words.front().size();
  for (const std::string &word : words)
    shortest = std::min(shortest, word.size());
  alwaysFound = shortest < 2;
  if (alwaysFound)
    return;

  // Words are told apart by the last block of the window they begin with.
  const auto lastBlock = [this](const std::string &word) {
    return blockAt(reinterpret_cast<const unsigned char *>(word.data()) +
                   shortest - 2);
  };
  llvm::sort(words, [&](const std::string &left, const std::string &right) {
    return lastBlock(left) < lastBlock(right);
  });
  shifts.assign(blockCount, static_cast<std::uint8_t>(
                                std::min<std::size_t>(shortest - 1, 255)));
  buckets.assign(blockCount + 1, 0);
  for (const std::string &word : words) {
    const auto *bytes = reinterpret_cast<const unsigned char *>(word.data());
    for (std::size_t at = 0; at + 2 <= shortest; ++at) {
      std::uint8_t &shift = shifts[blockAt(bytes + at)];
      shift = static_cast<std::uint8_t>(
          std::min<std::size_t>(shift, shortest - 2 - at));
    }
    ++buckets[lastBlock(word) + 1];
  }
  for (std::size_t block = 0; block < blockCount; ++block)
    buckets[block + 1] += buckets[block];
}

bool TriggerWords::matchAt(const unsigned char *window,
                           const unsigned char *end,
                           std::uint32_t block) const {
  const auto left = static_cast<std::size_t>(end - window);
  for (std::uint32_t at = buckets[block]; at < buckets[block + 1]; ++at) {
    const std::string &word = words[at];
    if (word.size() <= left &&
        std::memcmp(word.data(), window, word.size()) == 0)
      return true;
  }
  return false;
}

bool TriggerWords::appearIn(StringRef text) const {
  if (alwaysFound)
    return true;
  if (words.empty() || text.size() < shortest)
    return false;

  const auto *bytes = reinterpret_cast<const unsigned char *>(text.data());
  const unsigned char *end = bytes + text.size();
  // `at` is the last block of the window.
  for (std::size_t at = shortest - 2; at + 2 <= text.size();) {
    const std::uint32_t block = blockAt(bytes + at);
    const std::uint8_t shift = shifts[block];
    if (shift == 0 && matchAt(bytes + at - (shortest - 2), end, block))
      return true;
    at += std::max<std::uint8_t>(shift, 1);
  }
  return false;
}
