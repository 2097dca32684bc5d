//===- CodeCell.h - a code cell of a notebook
//---------------------------------===//

#ifndef LOOPLINT_SOURCE_CODECELL_H
#define LOOPLINT_SOURCE_CODECELL_H

#include "looplint/Source/Span.h"

#include <cstdint>

namespace looplint {

struct CodeCell {
  /// 1-based, counted among all cells, as people see them.
  std::uint32_t number = 0;
  /// Its part of the text; ends with an end of line, which may be ours.
  Span span;
  /// `await` may stand outside of functions: no `%autoawait off` comes before.
  bool mayAwait = true;
};

/// Where a stretch of a notebook's text stands in its file.
struct CellLine {
  std::uint32_t begin = 0;    // a byte of the text
  std::uint32_t fileLine = 0; // 1-based
};

} // namespace looplint

#endif // LOOPLINT_SOURCE_CODECELL_H
