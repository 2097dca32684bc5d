//===- ImageWriter.h - models to bytes ------------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_IMAGEWRITER_H
#define LOOPLINT_LIB_MODELS_IMAGEWRITER_H

#include "Image.h"

#include "llvm/ADT/StringSet.h"

namespace looplint::models {

/// Entities by name, as Image.h tables them.
struct Entities {
  llvm::StringMap<ApiFunction> functions;
  llvm::StringMap<ApiType> types;
  llvm::StringMap<ApiObject> objects;
  llvm::StringMap<std::string> aliases;
  llvm::StringSet<> modules;
};

/// The same bytes for the same contents. Changes neither.
std::string writeImage(Entities &entities, Lists &lists);

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_IMAGEWRITER_H
