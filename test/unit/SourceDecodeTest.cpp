//===- SourceDecodeTest.cpp -----------------------------------------------===//

#include "looplint/Source/Decode.h"

#include "gtest/gtest.h"

#include <string>

using namespace looplint;
using llvm::StringRef;
using namespace std::literals;

/// The text, or `offset: message` of the failure.
static std::string decoded(StringRef bytes) {
  const auto result = decode(bytes);
  if (const auto *error = std::get_if<DecodeError>(&result))
    return std::to_string(error->offset) + ": " + error->message;
  return std::get_if<DecodedText>(&result)->text.str();
}

static Encoding encodingOf(StringRef bytes) {
  const auto result = decode(bytes);
  const auto *text = std::get_if<DecodedText>(&result);
  return text ? text->encoding : Encoding{.name = "failed"};
}

TEST(Decode, Utf8IsNotCopied) {
  const StringRef bytes = "\xEF\xBB\xBFprint('\xC3\xA9')\n";
  const auto result = decode(bytes);
  const auto *text = std::get_if<DecodedText>(&result);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->text.data(), bytes.data() + 3);
  EXPECT_FALSE(text->converted);
  EXPECT_TRUE(text->encoding.hasByteOrderMark);
  EXPECT_TRUE(text->encoding.isUtf8());
}

TEST(Decode, EmptyFiles) {
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("\xEF\xBB\xBF"), "");
  EXPECT_EQ(decoded("\n"), "\n");
}

TEST(Decode, ReturnsAloneBecomeLineFeeds) {
  EXPECT_EQ(decoded("a\rb\r\nc\n\r\r\n\r"), "a\nb\r\nc\n\n\r\n\n");
  EXPECT_EQ(decoded("\xEF\xBB\xBF\r"), "\n");
  EXPECT_EQ(decoded("# coding: latin-1\r\xE9\r\r\n"),
            "# coding: latin-1\n\xC3\xA9\n\r\n");
}

TEST(Decode, CodingLineInEitherOfTheFirstTwoLines) {
  EXPECT_EQ(decoded("# coding: latin-1\n\xE9"), "# coding: latin-1\n\xC3\xA9");
  EXPECT_EQ(decoded("#!/bin/x\n# -*- coding:latin1 -*-\n#\xE9"),
            "#!/bin/x\n# -*- coding:latin1 -*-\n#\xC3\xA9");
  EXPECT_EQ(encodingOf("\f \t\n# vim: set fileencoding=cp1252 :\n").name,
            "CP1252");
  EXPECT_EQ(encodingOf("\r\n# coding: cp1252\r\n").name, "CP1252");
  EXPECT_EQ(encodingOf("#\r# coding: cp1252\r").name, "CP1252");
  EXPECT_EQ(encodingOf("# coding: cp1252").name, "CP1252");
}

TEST(Decode, NoCodingLine) {
  EXPECT_EQ(encodingOf("\n\n# coding: latin-1\n").name, "utf-8");
  EXPECT_EQ(encodingOf("x = 1\n# coding: latin-1\n").name, "utf-8");
  EXPECT_EQ(encodingOf("x = 1 # coding: latin-1\n").name, "utf-8");
  EXPECT_EQ(encodingOf("\\\n# coding: latin-1\n").name, "utf-8");
  EXPECT_EQ(encodingOf("# coding latin-1\n").name, "utf-8");
  EXPECT_EQ(encodingOf("# coding : latin-1\n").name, "utf-8");
  EXPECT_EQ(encodingOf("# coding:\n").name, "utf-8");
  EXPECT_EQ(encodingOf("# encoding, coding= latin-1\n").name, "ISO-8859-1");
}

TEST(Decode, NamesAsPythonSpellsThem) {
  const auto meaning = [](StringRef name) {
    return encodingOf(("# coding: " + name + "\n").str()).name;
  };
  for (StringRef name :
       {"utf-8", "UTF8", "utf_8", "U8", "utf-8-sig", "utf-8-unix", "cp65001"})
    EXPECT_EQ(meaning(name), "utf-8") << name.str();
  for (StringRef name : {"latin-1", "Latin1", "ISO-8859-1", "iso8859-1",
                         "iso-latin-1-unix", "latin_1-dos", "L1"})
    EXPECT_EQ(meaning(name), "ISO-8859-1") << name.str();
  EXPECT_EQ(meaning("iso-8859-15"), "ISO-8859-15");
  EXPECT_EQ(meaning("latin9"), "ISO-8859-15");
  EXPECT_EQ(meaning("windows-1251"), "CP1251");
  EXPECT_EQ(meaning("us-ascii"), "ASCII");
  EXPECT_EQ(meaning("ansi_x3.4_1968"), "ASCII");
  EXPECT_EQ(meaning("Shift_JIS"), "CP932");
  EXPECT_EQ(meaning("euc-jp"), "EUC-JP");
}

TEST(Decode, ManyByteEncodings) {
  EXPECT_EQ(decoded("# coding: euc-jp\n\xC6\xFC\xCB\xDC"),
            "# coding: euc-jp\n\xE6\x97\xA5\xE6\x9C\xAC");
  EXPECT_EQ(decoded("# coding: sjis\n'\\\x93\xFA'"),
            "# coding: sjis\n'\\\xE6\x97\xA5'");
  // Two bytes become two code points, held back until the end.
  EXPECT_EQ(decoded("# coding: big5hkscs\n\x88\x62"),
            "# coding: big5hkscs\n\xC3\x8A\xCC\x84");
}

TEST(Decode, WhatPythonRefuses) {
  EXPECT_EQ(
      decoded("x = '\xE9'\n"),
      "5: byte 0xe9 is not valid UTF-8, and no other encoding is declared");
  EXPECT_EQ(decoded("# coding: utf-8\n\xE9"),
            "16: byte 0xe9 is not valid UTF-8");
  EXPECT_EQ(decoded("\xEF\xBB\xBF\xE9"), "3: byte 0xe9 is not valid UTF-8");
  // Cut off, a surrogate, an overlong slash, beyond U+10FFFF.
  for (StringRef bytes :
       {"a\xE2\x82", "a\xED\xA0\x80", "a\xC0\xAF", "a\xF4\x90\x80\x80"})
    EXPECT_EQ(decoded(bytes).substr(0, 3), "1: ");
  EXPECT_EQ(decoded("# coding: ascii\n\xC3\xA9"),
            "16: byte 0xc3 is not valid in `ascii`, the encoding it declares");
  EXPECT_EQ(decoded("# coding: cp1252\n\x81"),
            "17: byte 0x81 is not valid in `cp1252`, the encoding it declares");
  EXPECT_EQ(decoded("# coding: euc-jp\n\xC6"),
            "17: byte 0xc6 is not valid in `euc-jp`, the encoding it declares");
  EXPECT_EQ(decoded("# coding: nonesuch\n"),
            "10: unknown encoding `nonesuch` in the coding line");
  EXPECT_EQ(decoded("\xEF\xBB\xBF# coding: latin-1\n"),
            "13: declares the encoding `latin-1` but begins with a UTF-8 byte "
            "order mark");
}

TEST(Decode, BinaryFiles) {
  EXPECT_EQ(decoded("x = 1\0"sv),
            "5: contains a NUL byte, so it is no Python source");
  EXPECT_EQ(decoded("\x7F"
                    "ELF\2\1\1\0\0"sv)
                .substr(0, 2),
            "7:");
  EXPECT_EQ(decoded("\xFF\xFEx\0"sv),
            "0: encoded in UTF-16, which Python does not read");
  EXPECT_EQ(decoded("\xFE\xFF\0x"sv),
            "0: encoded in UTF-16, which Python does not read");
  EXPECT_EQ(decoded("\xFF\xFE\0\0x\0\0\0"sv),
            "0: encoded in UTF-32, which Python does not read");
}

TEST(Decode, SizeLimit) {
  EXPECT_EQ(decoded(std::string(maximumFileSize, ' ')).size(), maximumFileSize);
  EXPECT_EQ(decoded(std::string(maximumFileSize + 1, ' ')),
            "0: larger than 50 MB");
}
