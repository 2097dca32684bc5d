//===- Paths.h - names of files -------------------------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_PATHS_H
#define LOOPLINT_LIB_DRIVER_PATHS_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace looplint {

/// \p given from the working directory, without `.` and `..`.
std::string absolutePath(llvm::StringRef given);

/// \p file (absolute) relative to the working directory where it lies under
/// it: messages name files as the user can open them.
std::string shownPath(llvm::StringRef file);

/// \p path, absolute and with symbolic links followed; as it is where it leads
/// to no file.
std::string realPath(llvm::StringRef path);

/// Of many files: what their folders are is asked once. Not for several
/// threads.
class RealPaths {
public:
  /// As realPath().
  std::string of(llvm::StringRef path);

private:
  llvm::StringMap<std::string> folders;
};

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_PATHS_H
