//===- Magics.h - what only IPython understands ---------------------------===//

#ifndef LOOPLINT_LIB_SOURCE_MAGICS_H
#define LOOPLINT_LIB_SOURCE_MAGICS_H

#include "llvm/ADT/ArrayRef.h"

namespace looplint {

/// Turns the code of a cell into Python of the same length, with the same ends
/// of lines. \p mayAwait follows `%autoawait`.
void replaceMagics(llvm::MutableArrayRef<char> cell, bool &mayAwait);

} // namespace looplint

#endif // LOOPLINT_LIB_SOURCE_MAGICS_H
