//===- Builtin.h - the image that the build makes -------------------------===//

#ifndef LOOPLINT_LIB_MODELS_BUILTIN_BUILTIN_H
#define LOOPLINT_LIB_MODELS_BUILTIN_BUILTIN_H

#include "llvm/ADT/StringRef.h"

namespace looplint::models {

/// Made of models/python/*.toml by the model compiler.
llvm::StringRef builtinImage();

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_BUILTIN_BUILTIN_H
