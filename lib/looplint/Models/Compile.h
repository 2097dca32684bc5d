//===- Compile.h - model files to an image --------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_COMPILE_H
#define LOOPLINT_LIB_MODELS_COMPILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <string>

namespace looplint::models {

/// The image of all \p files together. Stricter than what users may write, as
/// all there is to know is at hand: no entity in two files, and a type that is
/// spoken of is described. The error holds every mistake of every file.
llvm::Expected<std::string>
compileModels(llvm::ArrayRef<llvm::MemoryBufferRef> files);

/// A C++ source file that defines models::builtinImage().
std::string imageAsSource(llvm::StringRef image);

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_COMPILE_H
