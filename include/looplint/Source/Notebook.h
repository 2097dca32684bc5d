//===- Notebook.h - the cells of a notebook as one program ----------------===//

#ifndef LOOPLINT_SOURCE_NOTEBOOK_H
#define LOOPLINT_SOURCE_NOTEBOOK_H

#include "looplint/Source/Decode.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
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

/// A replacement of \p span of a notebook's text.
struct TextChange {
  Span span;
  std::string text;
};

/// The notebook \p bytes with those changes of its text, in order of their
/// places. Outside of the lines that change every byte stays. None where a
/// change reaches from one cell to another. Thread-safe.
std::optional<std::string> editNotebook(llvm::StringRef bytes,
                                        llvm::ArrayRef<TextChange> changes);

} // namespace looplint

#endif // LOOPLINT_SOURCE_NOTEBOOK_H
