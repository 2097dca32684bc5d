//===- Sources.h - all files of a run -------------------------------------===//

#ifndef LOOPLINT_SOURCE_SOURCES_H
#define LOOPLINT_SOURCE_SOURCES_H

#include "looplint/Source/Discovery.h"
#include "looplint/Source/FileId.h"
#include "looplint/Source/SourceFile.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace looplint {

/// The files in the order of their paths, so that ids, and whatever is ordered
/// by them, do not depend on how the files were found.
class Sources {
public:
  Sources() = default;
  explicit Sources(const DiscoveryResult &found);
  /// The paths must be different from each other.
  explicit Sources(std::vector<std::unique_ptr<SourceFile>> unsorted);

  std::uint32_t size() const {
    return static_cast<std::uint32_t>(files.size());
  }
  SourceFile &file(FileId id) { return *files[id.index()]; }
  const SourceFile &file(FileId id) const { return *files[id.index()]; }

  /// The file shown as \p path; invalid if there is none.
  FileId find(llvm::StringRef path) const;

private:
  std::vector<std::unique_ptr<SourceFile>> files;
};

} // namespace looplint

#endif // LOOPLINT_SOURCE_SOURCES_H
