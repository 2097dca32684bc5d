//===- TriggerScan.h - can this file matter? ------------------------------===//

#ifndef LOOPLINT_SOURCE_TRIGGERSCAN_H
#define LOOPLINT_SOURCE_TRIGGERSCAN_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace looplint {

/// Words prepared for mentionsAny. Immutable, so thread-safe; built once.
class TriggerWords {
public:
  explicit TriggerWords(llvm::ArrayRef<llvm::StringRef> list);

  /// A word that is a part of a longer one is found as well: `Thread` in
  /// `BackgroundThreads`. True for every text if a word is shorter than two
  /// bytes, since then nothing may be skipped.
  bool appearIn(llvm::StringRef text) const;

private:
  /// A block of a word, and where it stands in it.
  struct Block {
    std::uint16_t hash;
    std::uint32_t word;
    std::uint32_t offset;
  };

  std::uint16_t hashAt(llvm::StringRef text, std::size_t at) const;
  bool matchesAround(llvm::StringRef text, std::size_t at,
                     std::uint16_t hash) const;

  std::vector<std::string> words;
  bool alwaysFound = false;
  std::size_t blockSize = 0;
  std::size_t stride = 0;
  /// Sorted by hash.
  std::vector<Block> blocks;
  /// The hashes that occur in `blocks`: 8 KB, which stay in the first cache.
  std::bitset<1 << 16> hashes;
};

/// Whether \p text contains one of \p words, byte for byte. Scans gigabytes a
/// second.
inline bool mentionsAny(llvm::StringRef text, const TriggerWords &words) {
  return words.appearIn(text);
}

} // namespace looplint

#endif // LOOPLINT_SOURCE_TRIGGERSCAN_H
