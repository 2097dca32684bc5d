//===- ShownPath.h - a file as the user would name it ---------------------===//

#ifndef LOOPLINT_LIB_DRIVER_SHOWNPATH_H
#define LOOPLINT_LIB_DRIVER_SHOWNPATH_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace looplint {

/// \p file (absolute) relative to the working directory where it lies under
/// it: messages name files as the user can open them.
std::string shownPath(llvm::StringRef file);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_SHOWNPATH_H
