//===- Compile.h - model files to an image --------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_COMPILE_H
#define LOOPLINT_LIB_MODELS_COMPILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <string>
#include <vector>

namespace looplint::models {

struct CompiledModels {
  std::string image;
  /// Types that are spoken of and that no model describes, one a line: most
  /// are misspelt, and silently end what is known of a value.
  std::vector<std::string> doubts;
};

/// The image of all \p files together. Stricter than what users may write: no
/// entity in two files. The error holds every mistake of every file.
llvm::Expected<CompiledModels>
compileModels(llvm::ArrayRef<llvm::MemoryBufferRef> files);

/// A C++ source file that defines models::builtinImage().
std::string imageAsSource(llvm::StringRef image);

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_COMPILE_H
