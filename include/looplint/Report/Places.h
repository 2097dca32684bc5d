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

namespace looplint::report {

/// 1-based lines and columns; `end` is exclusive.
struct ShownRange {
  llvm::StringRef file;
  LineColumn begin;
  LineColumn end;
};

/// A range within one line, in bytes from the line's start.
struct LineRange {
  llvm::StringRef text; // the line without its end
  std::size_t begin = 0;
  std::size_t end = 0;
};

ShownRange placeOf(const Sources &sources, Location location);

/// The first line of \p location, and the part of it that lies within.
LineRange firstLine(const Sources &sources, Location location);

} // namespace looplint::report

#endif // LOOPLINT_REPORT_PLACES_H
