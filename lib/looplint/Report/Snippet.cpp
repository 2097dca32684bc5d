//===- Snippet.cpp - a source line with a range marked --------------------===//
//
// Bytes, code points and columns of a terminal are three different counts. The
// line is first laid out as cells (one for each code point, with its width),
// and the range is found among the cells; then it does not matter what a cell
// contains. A line that is too wide, as generated code has them, is shown as a
// window around the start of the range.
//
//===----------------------------------------------------------------------===//

#include "Snippet.h"

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Unicode.h"

using namespace looplint;
using namespace looplint::report;

static constexpr unsigned tabWidth = 8;
static constexpr unsigned widestLine = 160;
static constexpr unsigned shownBeforeRange = 40;
/// In bytes; of which the widest line that is shown is but a part.
static constexpr std::size_t longestLaidOut = 4096;

namespace {

/// What the terminal shows for one code point.
struct Cell {
  std::size_t byte = 0; // in the line
  unsigned column = 0;  // 0-based, where it starts
  unsigned width = 0;
  std::string shown;
};

struct Layout {
  std::vector<Cell> cells;
  unsigned width = 0;
};

} // namespace

/// The width and the spelling of the code point \p bytes at \p column.
static Cell layOutOne(llvm::StringRef bytes, unsigned column) {
  if (bytes == "\t") {
    unsigned width = tabWidth - column % tabWidth;
    return {.width = width, .shown = std::string(width, ' ')};
  }
  int width = llvm::sys::unicode::columnWidthUTF8(bytes);
  if (width >= 0)
    return {.width = static_cast<unsigned>(width), .shown = bytes.str()};

  unsigned codePoint = static_cast<unsigned char>(bytes.front());
  const auto *from = reinterpret_cast<const llvm::UTF8 *>(bytes.begin());
  llvm::UTF32 decoded = 0;
  if (llvm::convertUTF8Sequence(
          &from, reinterpret_cast<const llvm::UTF8 *>(bytes.end()), &decoded,
          llvm::lenientConversion) == llvm::conversionOK)
    codePoint = decoded;
  std::string shown = llvm::formatv("<U+{0:X-4}>", codePoint).str();
  return {.width = static_cast<unsigned>(shown.size()), .shown = shown};
}

static bool isContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

static Layout layOut(llvm::StringRef line) {
  Layout layout;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t length =
        llvm::getNumBytesForUTF8(static_cast<llvm::UTF8>(line[at]));
    length = std::min(std::max<std::size_t>(length, 1), line.size() - at);
    Cell cell = layOutOne(line.substr(at, length), layout.width);
    cell.byte = at;
    cell.column = layout.width;
    layout.width += cell.width;
    layout.cells.push_back(std::move(cell));
    at += length;
  }
  return layout;
}

static unsigned columnOfByte(const Layout &layout, std::size_t byte) {
  for (const Cell &cell : layout.cells)
    if (cell.byte >= byte)
      return cell.column;
  return layout.width;
}

/// The part of a long line that a window can show. A megabyte of generated code
/// may have thousands of findings, each of which shows its line.
static LineRange nearRange(LineRange range) {
  if (range.text.size() <= longestLaidOut)
    return range;
  std::size_t from = range.begin - std::min<std::size_t>(range.begin, 1024);
  while (from != 0 && isContinuation(range.text[from]))
    --from;
  range.text = range.text.substr(from, longestLaidOut);
  range.begin -= from;
  range.end -= from;
  return range;
}

void report::printSnippet(llvm::raw_ostream &out, const LineRange &line,
                          unsigned lineNumber) {
  LineRange range = nearRange(line);
  Layout layout = layOut(range.text);
  unsigned begin = columnOfByte(layout, range.begin);
  unsigned end = std::max(columnOfByte(layout, range.end), begin + 1);

  unsigned from = 0;
  if (layout.width > widestLine && begin > shownBeforeRange)
    from = begin - shownBeforeRange;
  unsigned to = std::min(layout.width, from + widestLine);
  end = std::min(end, std::max(to, begin + 1));

  out << llvm::format("%5u | ", lineNumber);
  unsigned shift = 0;
  if (from > 0) {
    out << "...";
    shift = 3;
  }
  // The window may cut a wide cell in two: then it starts after it.
  unsigned first = layout.width;
  for (const Cell &cell : layout.cells) {
    if (cell.column < from || cell.column + cell.width > to)
      continue;
    first = std::min(first, cell.column);
    out << cell.shown;
  }
  if (to < layout.width)
    out << "...";

  begin = std::max(begin, first);
  end = std::max(end, begin + 1);
  out << "\n      | ";
  out.indent(begin - first + shift);
  out.changeColor(llvm::raw_ostream::GREEN, /*Bold=*/true);
  out << '^' << std::string(end - begin - 1, '~');
  out.resetColor();
  out << '\n';
}
