//===- Discovery.h - which files a run is about ---------------------------===//

#ifndef LOOPLINT_SOURCE_DISCOVERY_H
#define LOOPLINT_SOURCE_DISCOVERY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace looplint {

struct DiscoveryOptions {
  /// What relative paths are relative to, and what shown paths are shortened
  /// by. Absolute; empty means that of the process.
  std::string workingDirectory;
  /// Patterns as in a .gitignore, relative to `excludeRoot`. `exclude`
  /// replaces defaultExcludes(), `extendExclude` adds to either.
  std::optional<std::vector<std::string>> exclude;
  std::vector<std::string> extendExclude;
  /// Usually the folder of the configuration file. Absolute; empty means the
  /// working directory.
  std::string excludeRoot;
  /// Whether .gitignore, .git/info/exclude and core.excludesFile count.
  bool respectGitignore = true;
  /// Files of C and C++ as well.
  bool withCpp = false;
};

/// The folders that are passed over unless a configuration says otherwise:
/// version control, caches, virtual environments, build output.
llvm::ArrayRef<llvm::StringRef> defaultExcludes();

struct FoundFile {
  /// Relative to the working directory where it lies under it, else absolute;
  /// separated by `/`.
  std::string path;
  /// Absolute.
  std::string diskPath;
  /// Set for what cannot be looked into: why, ready for a finding. It may be a
  /// folder then.
  std::optional<std::string> unreadable;
};

struct DiscoveryResult {
  /// Sorted by path; each file once, however many ways lead to it.
  std::vector<FoundFile> files;
};

/// Finds the Python files that \p paths mean. A file is taken as it is, also
/// when it is ignored or called otherwise; a folder is walked for *.py,
/// *.ipynb and, where wanted, C++, without what is excluded or ignored by Git.
/// Symbolic links given as a path are followed, and so are links to files;
/// links to folders met on the walk are not, as in Git. The result depends
/// neither on the order of \p paths nor on repetitions. Fails only for a path
/// that does not exist.
llvm::Expected<DiscoveryResult> discover(llvm::ArrayRef<std::string> paths,
                                         const DiscoveryOptions &options = {});

} // namespace looplint

#endif // LOOPLINT_SOURCE_DISCOVERY_H
