//===- EnabledRules.cpp - which rules are on in a file --------------------===//

#include "EnabledRules.h"

#include "Paths.h"
#include "looplint/Source/IgnorePatterns.h"

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

EnabledRules::EnabledRules(const Configuration &configuration,
                           const Sources &sources)
    : enabled(configuration.enabled), ignored(sources.size()) {
  for (const FileIgnores &ignores : configuration.fileIgnores) {
    IgnorePatterns patterns;
    patterns.add(ignores.pattern);
    for (std::uint32_t f = 0; f < sources.size(); ++f)
      if (covers(patterns,
                 pathUnder(configuration.root, sources.file(FileId(f)).path())))
        ignored[f].insert(ignores.rules.begin(), ignores.rules.end());
  }
}
