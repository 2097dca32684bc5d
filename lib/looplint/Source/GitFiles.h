//===- GitFiles.h - where Git keeps its ignore patterns -------------------===//
//
// Reads the files itself: starting `git` would take longer than the walk.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_SOURCE_GITFILES_H
#define LOOPLINT_SOURCE_GITFILES_H

#include "looplint/Source/IgnorePatterns.h"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace looplint {

/// The Git directory of the repository whose top level is \p folder, or empty
/// if it is not one. Follows the `.git` file of a worktree or submodule.
std::string gitDirectory(llvm::StringRef folder);

/// The patterns of the user: core.excludesFile, or its default.
IgnorePatterns userIgnorePatterns(llvm::StringRef gitDirectory);

/// The patterns of info/exclude.
IgnorePatterns repositoryIgnorePatterns(llvm::StringRef gitDirectory);

/// The patterns of \p folder's own .gitignore. As Git, does not follow a
/// symbolic link.
IgnorePatterns folderIgnorePatterns(llvm::StringRef folder);

} // namespace looplint

#endif // LOOPLINT_SOURCE_GITFILES_H
