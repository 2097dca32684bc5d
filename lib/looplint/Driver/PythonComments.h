//===- PythonComments.h - the comments of a Python file -------------------===//

#ifndef LOOPLINT_LIB_DRIVER_PYTHONCOMMENTS_H
#define LOOPLINT_LIB_DRIVER_PYTHONCOMMENTS_H

#include "looplint/Source/Span.h"

#include "llvm/ADT/StringRef.h"

#include <vector>

namespace looplint {

struct Comment {
  Span span;
  /// The logical line that it stands in.
  Span line;
  /// The next logical line with code; empty where none follows.
  Span nextLine;
};

/// All comments of \p part, in order. Never fails; where brackets or strings do
/// not end, the lines after them are taken as single lines.
std::vector<Comment> findComments(llvm::StringRef text, Span part);

/// The logical lines of \p part that have code, in order, with their ends.
/// Empty where brackets or strings do not end.
std::vector<Span> findLogicalLines(llvm::StringRef text, Span part);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_PYTHONCOMMENTS_H
