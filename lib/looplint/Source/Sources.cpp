//===- Sources.cpp - all files of a run -----------------------------------===//

#include "looplint/Source/Sources.h"

#include "llvm/ADT/STLExtras.h"

#include <cassert>
#include <utility>

using namespace looplint;
using llvm::StringRef;

static std::vector<std::unique_ptr<SourceFile>>
filesOf(const DiscoveryResult &found) {
  std::vector<std::unique_ptr<SourceFile>> files;
  files.reserve(found.files.size());
  for (const FoundFile &file : found.files) {
    if (file.unreadable)
      files.push_back(std::make_unique<SourceFile>(
          file.path, DecodeError{.message = *file.unreadable}));
    else
      files.push_back(std::make_unique<SourceFile>(file.path, file.diskPath));
  }
  return files;
}

Sources::Sources(const DiscoveryResult &found) : Sources(filesOf(found)) {}

Sources::Sources(std::vector<std::unique_ptr<SourceFile>> unsorted)
    : files(std::move(unsorted)) {
  llvm::sort(files, [](const auto &left, const auto &right) {
    return left->path() < right->path();
  });
  assert(llvm::unique(files,
                      [](const auto &left, const auto &right) {
                        return left->path() == right->path();
                      }) == files.end() &&
         "a file is in the table twice");
}

FileId Sources::addReading(FileId of) {
  readings.push_back(first(of));
  return FileId(size() - 1);
}

FileId Sources::find(StringRef path) const {
  const auto at = llvm::partition_point(
      files, [path](const auto &file) { return file->path() < path; });
  if (at == files.end() || (*at)->path() != path)
    return {};
  return FileId(static_cast<std::uint32_t>(at - files.begin()));
}
