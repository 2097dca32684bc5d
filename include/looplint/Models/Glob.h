//===- Glob.h - the patterns of models ------------------------------------===//

#ifndef LOOPLINT_MODELS_GLOB_H
#define LOOPLINT_MODELS_GLOB_H

#include "llvm/ADT/StringRef.h"

namespace looplint {

/// Whether \p pattern matches the whole of \p text: `*` stands for any number
/// of characters, everything else for itself.
bool matchesGlob(llvm::StringRef text, llvm::StringRef pattern);

} // namespace looplint

#endif // LOOPLINT_MODELS_GLOB_H
