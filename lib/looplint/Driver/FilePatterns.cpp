//===- FilePatterns.cpp - settings for the files that match ---------------===//

#include "FilePatterns.h"

#include "Paths.h"
#include "looplint/Source/IgnorePatterns.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace looplint;

/// The path from \p root, or "" where the file does not lie under it.
static std::string pathUnder(llvm::StringRef root, llvm::StringRef shown) {
  std::string absolute = absolutePath(shown);
  llvm::StringRef path = absolute;
  if (!path.consume_front(root))
    return "";
  return path.ltrim('/').str();
}

/// A pattern that matches a folder matches all in it.
static bool covers(const IgnorePatterns &patterns, llvm::StringRef path) {
  bool isFolder = false;
  for (; !path.empty(); path = llvm::sys::path::parent_path(path)) {
    if (patterns.decide(path, isFolder).value_or(false))
      return true;
    isFolder = true;
  }
  return false;
}

std::vector<bool> looplint::filesMatching(llvm::StringRef pattern,
                                          const Configuration &configuration,
                                          const Sources &sources) {
  IgnorePatterns patterns;
  patterns.add(pattern);
  std::vector<bool> matches(sources.size());
  for (std::uint32_t f = 0; f < sources.size(); ++f)
    matches[f] = covers(patterns, pathUnder(configuration.root,
                                            sources.file(FileId(f)).path()));
  return matches;
}

std::vector<Version>
looplint::targetVersions(const Configuration &configuration,
                         const Sources &sources) {
  if (configuration.fileVersions.empty())
    return {};
  std::vector<Version> versions(sources.size(), configuration.targetVersion);
  // Of several patterns that match, the first one counts.
  for (const FileVersion &version : llvm::reverse(configuration.fileVersions))
    for (auto [f, matches] : llvm::enumerate(
             filesMatching(version.pattern, configuration, sources)))
      if (matches)
        versions[f] = version.version;
  return versions;
}
