//===- SecondLook.h - Python that the grammar does not know ---------------===//
//
// The grammar has gaps, and its way of recovering from an error may give up a
// whole file for one missing bracket. So a file with errors is looked at again:
//
//   - what the grammar does not know but Python does is overwritten by
//     something of the same length that means the same to us, so that all
//     spans stay right;
//   - the text is cut where a statement begins at the left margin, so that the
//     pieces can be parsed apart and one error costs one piece.
//
// docs/python-syntax.md lists the gaps.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_SECONDLOOK_H
#define LOOPLINT_FRONTEND_PYTHON_SECONDLOOK_H

#include "looplint/Source/Span.h"

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace looplint::python {

struct SecondLook {
  /// As long as the original. Names are to be read from the original: some are
  /// misspelled here on purpose.
  std::string text;
  /// The pieces, one after the other; together they are the whole text.
  std::vector<Span> pieces;
};

SecondLook lookAgain(llvm::StringRef text);

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_SECONDLOOK_H
