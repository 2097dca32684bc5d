//===- LineTable.h - offsets to lines and columns -------------------------===//

#ifndef LOOPLINT_SOURCE_LINETABLE_H
#define LOOPLINT_SOURCE_LINETABLE_H

#include "looplint/Source/Span.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace looplint {

/// Where the lines of a text begin. A line ends as Python's do: at LF, CRLF or
/// a CR alone, not at a form feed or a Unicode line separator. An end of line
/// belongs to the line it ends. An empty text has one line, and so has what
/// follows the last end of line.
///
/// Immutable, so thread-safe. Refers to the text, which must outlive it. Every
/// query takes logarithmic time, also in a file of a single line.
class LineTable {
public:
  explicit LineTable(llvm::StringRef text);

  std::uint32_t lineCount() const {
    return static_cast<std::uint32_t>(lineStarts.size());
  }

  /// The place of byte \p offset. Any offset is allowed: one inside a code
  /// point means that code point, one past the end means the end.
  LineColumn position(std::uint32_t offset) const;

  /// The byte at a place, or none where there is no such line. A column past
  /// the end of its line means that end.
  std::optional<std::uint32_t> offset(LineColumn place) const;

  /// The bytes of a line (1-based, must exist) without its end of line.
  Span lineSpan(std::uint32_t line) const;
  llvm::StringRef lineText(std::uint32_t line) const;

private:
  std::uint32_t codePointsBefore(std::uint32_t offset) const;

  llvm::StringRef text;
  std::vector<std::uint32_t> lineStarts;
  /// How many code points begin before each multiple of the block size; empty
  /// where all is ASCII. Without it a column in a minified line of megabytes
  /// would cost a walk over the line.
  std::vector<std::uint32_t> blockCounts;
};

} // namespace looplint

#endif // LOOPLINT_SOURCE_LINETABLE_H
