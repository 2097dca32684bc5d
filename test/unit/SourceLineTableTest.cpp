//===- SourceLineTableTest.cpp --------------------------------------------===//

#include "looplint/Source/LineTable.h"

#include "gtest/gtest.h"

#include <string>

using namespace looplint;
using llvm::StringRef;

static LineColumn at(std::uint32_t line, std::uint32_t column) {
  return {.line = line, .column = column};
}

TEST(LineTable, EmptyTextHasOneLine) {
  const LineTable table("");
  EXPECT_EQ(table.lineCount(), 1u);
  EXPECT_EQ(table.position(0), at(1, 1));
  EXPECT_EQ(table.position(7), at(1, 1));
  EXPECT_EQ(table.lineText(1), "");
  EXPECT_EQ(table.offset(at(1, 1)), 0u);
  EXPECT_EQ(table.offset(at(2, 1)), std::nullopt);
}

TEST(LineTable, LinesEndAsPythonsDo) {
  const LineTable table("a\nb\r\nc\rd\r\r\ne\n\re");
  EXPECT_EQ(table.lineCount(), 8u);
  const StringRef lines[] = {"a", "b", "c", "d", "", "e", "", "e"};
  for (std::uint32_t line = 1; line <= 8; ++line)
    EXPECT_EQ(table.lineText(line), lines[line - 1]) << line;
}

TEST(LineTable, OtherSeparatorsEndNoLine) {
  // Form feed, vertical tab, file separator, NEL, line separator.
  const LineTable table("a\fb\vc\x1c"
                        "d\xC2\x85"
                        "e\xE2\x80\xA8"
                        "f\n");
  EXPECT_EQ(table.lineCount(), 2u);
  EXPECT_EQ(table.position(14), at(1, 12));
}

TEST(LineTable, EndOfLineBelongsToItsLine) {
  const LineTable table("ab\r\nc");
  EXPECT_EQ(table.position(2), at(1, 3));
  EXPECT_EQ(table.position(3), at(1, 4));
  EXPECT_EQ(table.position(4), at(2, 1));
  EXPECT_EQ(table.position(5), at(2, 2));
  EXPECT_EQ(table.position(99), at(2, 2));
}

TEST(LineTable, ColumnsCountCodePoints) {
  // One, two, three and four bytes, and a tab, which is one column.
  const StringRef text = "x = 'a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x90\x8D'\t# y";
  const LineTable table(text);
  EXPECT_EQ(table.position(text.find('#')), at(1, 12));
  EXPECT_EQ(table.offset(at(1, 12)), text.find('#'));
  EXPECT_EQ(table.position(text.find('\x9F')), at(1, 9));
}

TEST(LineTable, ColumnPastTheEndIsTheEnd) {
  const LineTable table("ab\r\n\xC3\xA9\n");
  EXPECT_EQ(table.offset(at(1, 3)), 2u);
  EXPECT_EQ(table.offset(at(1, 99)), 2u);
  EXPECT_EQ(table.offset(at(2, 2)), 6u);
  EXPECT_EQ(table.offset(at(2, UINT32_MAX)), 6u);
  EXPECT_EQ(table.offset(at(3, 1)), 7u);
  EXPECT_EQ(table.offset(at(4, 1)), std::nullopt);
  EXPECT_EQ(table.offset(at(0, 1)), std::nullopt);
  EXPECT_EQ(table.offset(at(1, 0)), std::nullopt);
}

// Crosses many blocks of the table, with a code point on their borders.
TEST(LineTable, RoundTripInOneHugeLine) {
  std::string text;
  for (int i = 0; i < 20'000; ++i)
    text += i % 3 == 0 ? "\xF0\x9F\x90\x8D" : i % 3 == 1 ? "a" : "\xC3\xA9";
  const LineTable table(text);

  std::uint32_t column = 0;
  for (std::uint32_t offset = 0; offset < text.size(); ++offset) {
    const bool begins =
        (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
    column += begins;
    ASSERT_EQ(table.position(offset), at(1, column)) << offset;
    if (!begins)
      continue;
    ASSERT_EQ(table.offset(at(1, column)), offset);
  }
}

TEST(LineTable, TextWhoseSizeIsAWholeNumberOfBlocks) {
  const std::string text = std::string(4094, 'a') + "\xC3\xA9";
  const LineTable table(text);
  EXPECT_EQ(table.position(4096), at(1, 4096));
  EXPECT_EQ(table.offset(at(1, 4096)), 4096u);
}
