//===- TriggerScan.cpp - can this file matter? ----------------------------===//
//
// Samples the text. If the shortest word has seven bytes, look at the blocks of
// three bytes that begin at every fifth byte: wherever a word stands, one of
// them is among its first seven bytes.
//
//     x = threading.Thread()
//     ^^^  ^^^  ^^^  ^^^  ^^
//
// So it is enough to look up these blocks in the set of all blocks of words. A
// look-up does not wait for the one before it, few blocks are in the set, and
// only around those the words are compared.
//
// Rejected: an automaton of all words (one dependent load for each byte); Wu
// and Manber's search, which skips as far but has to know the last step to make
// the next (a third of the speed); vector instructions (one version for each
// processor, and the scan is no longer what a run spends its time on).
//
//===----------------------------------------------------------------------===//

#include "looplint/Source/TriggerScan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

#include <algorithm>
#include <cstring>

using namespace looplint;
using llvm::StringRef;

TriggerWords::TriggerWords(llvm::ArrayRef<StringRef> list) {
  std::size_t shortest = SIZE_MAX;
  for (StringRef word : list) {
    words.push_back(word.str());
    shortest = std::min(shortest, word.size());
  }
  alwaysFound = shortest < 2;
  if (alwaysFound || words.empty())
    return;

  blockSize = std::min<std::size_t>(shortest, 3);
  stride = shortest - blockSize + 1;
  for (const auto &[index, word] : llvm::enumerate(words))
    for (std::size_t offset = 0; offset < stride; ++offset) {
      const std::uint16_t hash = hashAt(word, offset);
      hashes.set(hash);
      blocks.push_back({hash, static_cast<std::uint32_t>(index),
                        static_cast<std::uint32_t>(offset)});
    }
  llvm::sort(blocks, [](const Block &left, const Block &right) {
    return left.hash < right.hash;
  });
}

std::uint16_t TriggerWords::hashAt(StringRef text, std::size_t at) const {
  // Read four bytes wherever there are as many, and mask: one load instead of
  // three.
  std::uint32_t bytes = 0;
  if (at + sizeof(bytes) <= text.size())
    std::memcpy(&bytes, text.data() + at, sizeof(bytes));
  else
    std::memcpy(&bytes, text.data() + at, text.size() - at);
  if constexpr (llvm::endianness::native == llvm::endianness::big)
    bytes = llvm::byteswap(bytes);
  bytes &= (1U << (8 * blockSize)) - 1;
  // The upper half of the product depends on all bits (Fibonacci hashing).
  return static_cast<std::uint16_t>((bytes * 0x9E3779B1U) >> 16);
}

bool TriggerWords::matchesAround(StringRef text, std::size_t at,
                                 std::uint16_t hash) const {
  const auto first = llvm::partition_point(
      blocks, [hash](const Block &block) { return block.hash < hash; });
  for (auto block = first; block != blocks.end() && block->hash == hash;
       ++block)
    if (block->offset <= at &&
        text.substr(at - block->offset).starts_with(words[block->word]))
      return true;
  return false;
}

bool TriggerWords::appearIn(StringRef text) const {
  if (alwaysFound || words.empty())
    return alwaysFound;

  for (std::size_t at = 0; at + blockSize <= text.size(); at += stride) {
    const std::uint16_t hash = hashAt(text, at);
    if (hashes.test(hash) && matchesAround(text, at, hash))
      return true;
  }
  return false;
}
