//===- CodingLine.cpp - the encoding a Python file declares ---------------===//
//
// PEP 263 gives a regular expression, CPython's tokenizer a loop, and they
// differ at the edges (a second `coding` in the line, a name cut off by the end
// of the file). What counts is how the file runs, so this follows the loop.
//
//===----------------------------------------------------------------------===//

#include "CodingLine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

#include <string>

using namespace looplint;
using llvm::StringRef;

static constexpr StringRef blanks = " \t\f";

/// The name after `coding:` or `coding=` in a comment.
static std::optional<StringRef> nameInComment(StringRef comment) {
  while (true) {
    const std::size_t at = comment.find("coding");
    if (at == StringRef::npos)
      return std::nullopt;

    comment = comment.drop_front(at + StringRef("coding").size());
    if (!comment.starts_with(":") && !comment.starts_with("="))
      continue;
    const StringRef name =
        comment.drop_front().ltrim(" \t").take_while([](char c) {
          return llvm::isAlnum(c) || c == '-' || c == '_' || c == '.';
        });
    if (!name.empty())
      return name;
  }
}

std::optional<StringRef> looplint::declaredEncoding(StringRef bytes) {
  for (int line = 1; line <= 2; ++line) {
    const StringRef text =
        bytes.take_until([](char c) { return c == '\n' || c == '\r'; });
    const StringRef comment = text.ltrim(blanks);
    // A line with code ends the search: a coding line is a comment, and in the
    // second line it counts only after an empty line or a comment.
    if (!comment.empty() && !comment.starts_with("#"))
      return std::nullopt;
    if (std::optional<StringRef> name = nameInComment(comment))
      return name;

    bytes = bytes.drop_front(text.size());
    if (!bytes.consume_front("\r\n") && !bytes.empty())
      bytes = bytes.drop_front();
  }
  return std::nullopt;
}

/// As encodings.normalize_encoding of the standard library: lower case, and one
/// `_` for every run of punctuation but dots.
static std::string normalized(StringRef name) {
  std::string result;
  bool afterPunctuation = false;
  for (char c : name) {
    if (!llvm::isAlnum(c) && c != '.') {
      afterPunctuation = true;
      continue;
    }
    if (afterPunctuation && !result.empty())
      result += '_';
    afterPunctuation = false;
    result += llvm::toLower(c);
  }
  return result;
}

/// Whether \p name is \p base, or \p base with an ending such as Emacs's
/// `-unix`, which the tokenizer passes over for these encodings alone.
static bool isOrExtends(StringRef name, StringRef base) {
  return name.consume_front(base) && (name.empty() || name.starts_with("_"));
}

namespace {
struct KnownEncoding {
  StringRef name;
  StringRef spellings;
};
} // namespace

static constexpr KnownEncoding knownEncodings[] = {
#define ENCODING(Name, Spellings) {Name, Spellings},
#include "Encodings.def"
};

StringRef looplint::canonicalEncoding(StringRef name) {
  std::string wanted = normalized(name);
  constexpr StringRef utf8[] = {"utf8",      "u8",        "utf",
                                "utf8_ucs2", "utf8_ucs4", "cp65001"};
  if (isOrExtends(wanted, "utf_8") || llvm::is_contained(utf8, wanted))
    return "utf-8";
  constexpr StringRef latin1[] = {"latin_1", "iso_8859_1", "iso_latin_1"};
  for (StringRef base : latin1)
    if (isOrExtends(wanted, base))
      return "ISO-8859-1";

  std::string withoutDots = wanted;
  llvm::replace(withoutDots, '.', '_');
  for (const KnownEncoding &known : knownEncodings) {
    llvm::SmallVector<StringRef, 16> spellings;
    known.spellings.split(spellings, ' ');
    if (llvm::is_contained(spellings, wanted) ||
        llvm::is_contained(spellings, withoutDots))
      return known.name;
  }
  return {};
}
