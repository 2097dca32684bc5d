//===- ImportScan.h - imports without a parser ----------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_IMPORTSCAN_H
#define LOOPLINT_LIB_DRIVER_IMPORTSCAN_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace looplint {

/// `import module` or `from ..module import name, name`.
struct MentionedImport {
  std::string module; // dotted; may be empty after dots
  unsigned dots = 0;
  llvm::SmallVector<std::string, 4> names;
};

/// What looks like an import statement anywhere in \p text, also in a string:
/// more than there are, but never fewer. Thread-safe.
std::vector<MentionedImport> scanImports(llvm::StringRef text);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_IMPORTSCAN_H
