//===- Span.h - a stretch of a source file --------------------------------===//

#ifndef LOOPLINT_SOURCE_SPAN_H
#define LOOPLINT_SOURCE_SPAN_H

#include <compare>
#include <cstdint>

namespace looplint {

/// A half-open range of bytes [begin, end) in the UTF-8 text of one file, as
/// SourceFile::text() holds it (decoded, without a byte order mark). 0-based.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend constexpr auto operator<=>(const Span &, const Span &) = default;
};

/// A place for people: both numbers are 1-based; the column counts Unicode
/// code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend constexpr auto operator<=>(const LineColumn &,
                                    const LineColumn &) = default;
};

} // namespace looplint

#endif // LOOPLINT_SOURCE_SPAN_H
