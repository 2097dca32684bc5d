//===- Errors.h - what to tell of a file that does not parse --------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_ERRORS_H
#define LOOPLINT_FRONTEND_PYTHON_ERRORS_H

#include "looplint/Program/Summary.h"

#include "llvm/ADT/StringRef.h"

#include <vector>

namespace looplint::python {

/// Sorts \p errors, makes one of those that lie on the same or on neighbouring
/// lines, and keeps the first few: after one slip the parser stumbles often.
std::vector<SyntaxError> readableErrors(std::vector<SyntaxError> errors,
                                        llvm::StringRef text);

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_ERRORS_H
