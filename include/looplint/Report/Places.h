//===- Places.h - locations for people ------------------------------------===//
//
// Findings carry byte ranges; reports show lines and columns.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_REPORT_PLACES_H
#define LOOPLINT_REPORT_PLACES_H

#include "looplint/Source/Location.h"
#include "looplint/Source/Sources.h"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace looplint::report {

/// 1-based lines and columns; `end` is exclusive. In a notebook lines count
/// within the cell.
struct ShownRange {
  llvm::StringRef file;
  std::uint32_t cell = 0; // 1-based; 0 in other files
  LineColumn begin;
  LineColumn end;
  /// The line of the file that `begin` lies in, for those who know of no cells:
  /// in a notebook that of the JSON text.
  std::uint32_t fileLine = 0;
};

/// A range within one line, in bytes from the line's start.
struct LineRange {
  llvm::StringRef text; // the line without its end
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// "a.py:3:5", "a.ipynb:cell 2:3:5".
std::string placeSpelling(const ShownRange &place);

/// "cell 2, line 3: " for what has no field for cells; empty in other files.
std::string cellPrefix(const ShownRange &place);

ShownRange placeOf(const Sources &sources, Location location);

/// The first line of \p location, and the part of it that lies within.
LineRange firstLine(const Sources &sources, Location location);

} // namespace looplint::report

#endif // LOOPLINT_REPORT_PLACES_H
