//===- TriggerScan.h - can this file matter? ------------------------------===//

#ifndef LOOPLINT_SOURCE_TRIGGERSCAN_H
#define LOOPLINT_SOURCE_TRIGGERSCAN_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace looplint {

/// Words prepared for mentionsAny. Immutable, so thread-safe; built once.
class TriggerWords {
public:
  explicit TriggerWords(llvm::ArrayRef<llvm::StringRef> words);

  /// A word that is a part of a longer one is found as well: `Thread` in
  /// `BackgroundThreads`. True for every text if a word is shorter than two
  /// bytes, since then nothing may be skipped.
  bool appearIn(llvm::StringRef text) const;

private:
  bool matchAt(const unsigned char *window, const unsigned char *end,
               std::uint32_t block) const;

  std::vector<std::string> words;
  std::size_t shortest = 0;
  bool alwaysFound = false;
  std::vector<std::uint8_t> shifts;
  std::vector<std::uint32_t> buckets;
};

/// Whether \p text contains one of \p words, byte for byte. Scans gigabytes a
/// second.
inline bool mentionsAny(llvm::StringRef text, const TriggerWords &words) {
  return words.appearIn(text);
}

} // namespace looplint

#endif // LOOPLINT_SOURCE_TRIGGERSCAN_H
