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
///
/// A file may have further ids behind those of all files, one for each further
/// reading of it: a header of C++ means something else in each translation unit
/// that includes it.
class Sources {
public:
  Sources() = default;
  explicit Sources(const DiscoveryResult &found);
  /// The paths must be different from each other.
  explicit Sources(std::vector<std::unique_ptr<SourceFile>> unsorted);

  /// The number of ids.
  std::uint32_t size() const { return fileCount() + readingCount(); }
  std::uint32_t fileCount() const {
    return static_cast<std::uint32_t>(files.size());
  }
  SourceFile &file(FileId id) { return *files[first(id).index()]; }
  const SourceFile &file(FileId id) const { return *files[first(id).index()]; }

  FileId addReading(FileId of);
  /// The id that stands for the file itself.
  FileId first(FileId id) const {
    return id.index() < fileCount() ? id : readings[id.index() - fileCount()];
  }

  /// The file shown as \p path; invalid if there is none.
  FileId find(llvm::StringRef path) const;

private:
  std::uint32_t readingCount() const {
    return static_cast<std::uint32_t>(readings.size());
  }

  std::vector<std::unique_ptr<SourceFile>> files;
  std::vector<FileId> readings; // of which file
};

} // namespace looplint

#endif // LOOPLINT_SOURCE_SOURCES_H
