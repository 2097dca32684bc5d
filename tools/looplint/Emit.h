//===- Emit.h - what one room hands to the next ---------------------------===//

#ifndef LOOPLINT_TOOLS_EMIT_H
#define LOOPLINT_TOOLS_EMIT_H

#include "looplint/Driver/Configuration.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace looplint {

/// Prints what is known after the phase \p phase: program, links, contexts or
/// findings; of \p function alone (a qualified name) if it is not empty. For
/// tests and for those who work on looplint: the form may change at any time.
llvm::Expected<int> runEmit(llvm::StringRef phase, llvm::StringRef function,
                            const Configuration &configuration);

} // namespace looplint

#endif // LOOPLINT_TOOLS_EMIT_H
