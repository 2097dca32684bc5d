//===- StandardModules.h - what comes with the language -------------------===//

#ifndef LOOPLINT_LIB_FIX_STANDARDMODULES_H
#define LOOPLINT_LIB_FIX_STANDARDMODULES_H

#include "llvm/ADT/StringRef.h"

namespace looplint {

/// Whether \p module, or the package that it is in, is a part of Python's
/// standard library.
bool isStandardModule(llvm::StringRef module);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_STANDARDMODULES_H
