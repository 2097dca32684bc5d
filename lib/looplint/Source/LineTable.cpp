//===- LineTable.cpp - offsets to lines and columns -----------------------===//

#include "looplint/Source/LineTable.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cassert>

using namespace looplint;
using llvm::StringRef;

static constexpr std::uint32_t blockSize = 4096;

/// In UTF-8 every byte but a continuation byte begins a code point.
static bool beginsCodePoint(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

static std::uint32_t countCodePoints(StringRef text) {
  return static_cast<std::uint32_t>(llvm::count_if(text, beginsCodePoint));
}

static bool isAscii(StringRef text) {
  unsigned char seen = 0;
  for (char byte : text)
    seen |= static_cast<unsigned char>(byte);
  return seen < 0x80;
}

LineTable::LineTable(StringRef text) : text(text) {
  assert(text.size() < UINT32_MAX && "Discovery refuses larger files");
  lineStarts.push_back(0);
  for (std::size_t at = text.find_first_of("\r\n"); at != StringRef::npos;
       at = text.find_first_of("\r\n", at)) {
    at += text.substr(at).starts_with("\r\n") ? 2 : 1;
    lineStarts.push_back(static_cast<std::uint32_t>(at));
  }

  if (isAscii(text))
    return;

  std::uint32_t count = 0;
  for (std::size_t at = 0; at <= text.size(); at += blockSize) {
    blockCounts.push_back(count);
    count += countCodePoints(text.substr(at, blockSize));
  }
}

std::uint32_t LineTable::codePointsBefore(std::uint32_t offset) const {
  if (blockCounts.empty())
    return offset;

  const std::uint32_t block = offset / blockSize;
  return blockCounts[block] +
         countCodePoints(text.slice(offset - offset % blockSize, offset));
}

LineColumn LineTable::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text.size()));
  while (offset > 0 && offset < text.size() && !beginsCodePoint(text[offset]))
    --offset;

  const auto next = llvm::upper_bound(lineStarts, offset);
  const std::uint32_t start = *std::prev(next);
  return {.line = static_cast<std::uint32_t>(next - lineStarts.begin()),
          .column = codePointsBefore(offset) - codePointsBefore(start) + 1};
}

std::optional<std::uint32_t> LineTable::offset(LineColumn place) const {
  if (place.line == 0 || place.column == 0 || place.line > lineCount())
    return std::nullopt;

  const Span line = lineSpan(place.line);
  // A column may be any number, so this must not overflow.
  std::uint64_t wanted = codePointsBefore(line.begin);
  wanted += place.column - 1;
  if (wanted >= codePointsBefore(line.end))
    return line.end;
  if (blockCounts.empty())
    return static_cast<std::uint32_t>(wanted);

  // Find the block that the code point begins in, then count on in it.
  const auto next = llvm::upper_bound(blockCounts, wanted);
  const auto block = static_cast<std::uint32_t>(next - blockCounts.begin() - 1);
  std::uint32_t offset = block * blockSize;
  std::uint64_t before = blockCounts[block];
  while (before < wanted || !beginsCodePoint(text[offset])) {
    if (beginsCodePoint(text[offset]))
      ++before;
    ++offset;
  }
  return offset;
}

Span LineTable::lineSpan(std::uint32_t line) const {
  assert(line > 0 && line <= lineCount() && "there is no such line");
  const std::uint32_t begin = lineStarts[line - 1];
  const std::uint32_t end = line < lineCount()
                                ? lineStarts[line]
                                : static_cast<std::uint32_t>(text.size());
  const StringRef whole = text.slice(begin, end);
  // Only the end of line itself: a line may hold nothing else, so rtrim would
  // be right as well, but for "\r" before a CRLF, which is a line of its own.
  StringRef content = whole;
  if (!content.consume_back("\r\n") && !content.consume_back("\n"))
    content.consume_back("\r");
  return {begin, begin + static_cast<std::uint32_t>(content.size())};
}

StringRef LineTable::lineText(std::uint32_t line) const {
  const Span span = lineSpan(line);
  return text.slice(span.begin, span.end);
}
