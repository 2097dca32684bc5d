//===- Print.h - models as people read them -------------------------------===//

#ifndef LOOPLINT_MODELS_PRINT_H
#define LOOPLINT_MODELS_PRINT_H

#include "looplint/Models/Models.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace looplint {

/// The libraries that are known, one a line.
void printLibraries(const ModelSet &models, llvm::raw_ostream &out);

/// All that is known of \p name: a library, a module, a function, a type, a
/// method, an attribute or an object. An alias is followed. The error says what
/// may have been meant.
llvm::Error printModel(const ModelSet &models, llvm::StringRef name,
                       llvm::raw_ostream &out);

} // namespace looplint

#endif // LOOPLINT_MODELS_PRINT_H
