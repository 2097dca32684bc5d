//===- Print.h - a summary for people -------------------------------------===//

#ifndef LOOPLINT_PROGRAM_PRINT_H
#define LOOPLINT_PROGRAM_PRINT_H

#include "looplint/Program/Summary.h"

#include "llvm/Support/raw_ostream.h"

namespace looplint {

/// Writes every function of \p summary, one line an operation, indented by its
/// brackets: what `--emit=program` shows and the frontends' tests compare. The
/// form is stable but meant for reading; nothing parses it.
void print(const Summary &summary, llvm::raw_ostream &out);

/// Writes one function. \p id is a function of \p summary.
void print(const Summary &summary, FunctionId id, llvm::raw_ostream &out);

} // namespace looplint

#endif // LOOPLINT_PROGRAM_PRINT_H
