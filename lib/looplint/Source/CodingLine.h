//===- CodingLine.h - the encoding a Python file declares -----------------===//

#ifndef LOOPLINT_SOURCE_CODINGLINE_H
#define LOOPLINT_SOURCE_CODINGLINE_H

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace looplint {

/// The name in the PEP 263 coding line of \p bytes (which begin after a byte
/// order mark) as it is spelled there, or none.
std::optional<llvm::StringRef> declaredEncoding(llvm::StringRef bytes);

/// What a name in a coding line means: "utf-8", a name for iconv(3), or empty
/// for an encoding that is not known.
llvm::StringRef canonicalEncoding(llvm::StringRef name);

} // namespace looplint

#endif // LOOPLINT_SOURCE_CODINGLINE_H
