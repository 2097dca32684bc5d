//===- Snippet.h - a source line with a range marked ----------------------===//

#ifndef LOOPLINT_LIB_REPORT_SNIPPET_H
#define LOOPLINT_LIB_REPORT_SNIPPET_H

#include "looplint/Report/Places.h"

#include "llvm/Support/raw_ostream.h"

namespace looplint::report {

/// Prints the line as a terminal shows it (tabs expanded, control characters
/// made visible, very long lines cut around the range) and below it a caret
/// and tildes under the range.
void printSnippet(llvm::raw_ostream &out, const LineRange &line,
                  unsigned lineNumber);

} // namespace looplint::report

#endif // LOOPLINT_LIB_REPORT_SNIPPET_H
