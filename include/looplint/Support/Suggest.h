//===- Suggest.h - "did you mean" -----------------------------------------===//

#ifndef LOOPLINT_SUPPORT_SUGGEST_H
#define LOOPLINT_SUPPORT_SUGGEST_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace looplint {

/// The candidate that \p word is most likely a misspelling of, or none if all
/// are too far away to be a help. Case and `-` against `_` hardly count; of
/// equally near candidates the first wins. The answer points into
/// \p candidates. Thread-safe.
std::optional<llvm::StringRef>
nearest(llvm::StringRef word, llvm::ArrayRef<llvm::StringRef> candidates);

} // namespace looplint

#endif // LOOPLINT_SUPPORT_SUGGEST_H
