//===- SummaryCache.h - what earlier runs lowered -------------------------===//
//
// A summary depends on nothing but the text it was made of and the program that
// made it. Both together are its name in the cache, so an entry is never wrong
// and never has to be thrown away; it only gets old. Checkouts and branches
// share entries.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_SUMMARYCACHE_H
#define LOOPLINT_LIB_DRIVER_SUMMARYCACHE_H

#include "looplint/Program/Summary.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <atomic>
#include <optional>
#include <string>

namespace looplint {

/// Summaries of Python files, on disk. A cache that cannot be read or written
/// is as good as an empty one, so nothing here fails. Thread-safe; several
/// processes may use one folder.
class SummaryCache {
public:
  /// Keeps entries in \p folder, which is made when there is something to keep;
  /// none are kept where it is empty.
  explicit SummaryCache(std::string folder);
  /// Removes what was not used for long, and not more often than once a day.
  ~SummaryCache();
  SummaryCache(const SummaryCache &) = delete;
  SummaryCache &operator=(const SummaryCache &) = delete;

  /// What \p lower makes of \p text, or what it made of it in an earlier run.
  /// Its path is empty.
  Summary lowered(llvm::StringRef text, llvm::function_ref<Summary()> lower);

  /// How many were not lowered again.
  unsigned hits() const { return found; }

private:
  std::string entryFor(llvm::StringRef text) const;
  std::optional<Summary> read(const std::string &entry) const;
  void write(const std::string &entry, const Summary &summary);

  std::string folder;
  std::string program; // tells builds of looplint apart
  std::atomic<unsigned> found = 0;
  /// Once an entry could not be written, no other is tried.
  std::atomic<bool> isWritable = true;
};

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_SUMMARYCACHE_H
