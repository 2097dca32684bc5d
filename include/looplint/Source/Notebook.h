//===- Notebook.h - the cells of a notebook as one program ----------------===//

#ifndef LOOPLINT_SOURCE_NOTEBOOK_H
#define LOOPLINT_SOURCE_NOTEBOOK_H

#include "looplint/Source/Decode.h"

#include "llvm/ADT/StringRef.h"

#include <variant>

namespace looplint {

/// Whether a file of that name is a notebook.
inline bool isNotebook(llvm::StringRef path) {
  return path.ends_with(".ipynb");
}

/// Reads a notebook (nbformat 2 to 4). The text of the result is Python: what
/// only IPython understands is replaced by Python of the same length that means
/// as much to an analysis; `written` has the text as it was. A notebook in
/// another language has no cells. Thread-safe.
std::variant<DecodedText, DecodeError> decodeNotebook(llvm::StringRef bytes);

} // namespace looplint

#endif // LOOPLINT_SOURCE_NOTEBOOK_H
