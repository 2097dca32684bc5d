//===- Location.h - a stretch of one file of the run ----------------------===//

#ifndef LOOPLINT_SOURCE_LOCATION_H
#define LOOPLINT_SOURCE_LOCATION_H

#include "looplint/Source/FileId.h"
#include "looplint/Source/Span.h"

#include <compare>

namespace looplint {

struct Location {
  FileId file;
  Span span;

  friend auto operator<=>(const Location &, const Location &) = default;
};

} // namespace looplint

#endif // LOOPLINT_SOURCE_LOCATION_H
