//===- Suppressions.cpp - comments that silence findings ------------------===//
//
// Read as ruff and flake8 read them, since the comments are the same: any
// case, any spacing, codes separated by commas or blanks, prose after them. A
// code may be the beginning of codes, as in flake8.
//
//===----------------------------------------------------------------------===//

#include "looplint/Driver/Suppressions.h"

#include "PythonComments.h"

#include "llvm/ADT/StringExtras.h"

using namespace looplint;

namespace {

/// Reads words of a comment. A position in the file's text, so that codes have
/// a place.
struct Cursor {
  llvm::StringRef text; // of the file, up to the comment's end
  std::size_t at;

  llvm::StringRef rest() const { return text.substr(at); }

  void skipBlanks() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
      ++at;
  }

  /// Steps over \p word, in any case, if it stands here.
  bool take(llvm::StringRef word) {
    if (!rest().starts_with_insensitive(word))
      return false;
    at += word.size();
    return true;
  }

  llvm::StringRef takeWhile(llvm::function_ref<bool(char)> isPart) {
    std::size_t begin = at;
    while (at < text.size() && isPart(text[at]))
      ++at;
    return text.slice(begin, at);
  }
};

} // namespace

bool looplint::mayContainSuppressions(llvm::StringRef text) {
  // `q` is rare in programs, so this runs at the speed of memchr.
  for (char letter : {'q', 'Q'})
    for (std::size_t at = text.find(letter); at != llvm::StringRef::npos;
         at = text.find(letter, at + 1))
      if (at >= 2 && text.substr(at - 2, 4).equals_insensitive("noqa"))
        return true;
  return text.contains("looplint:");
}

/// "F401", "LOOP201": letters, then digits.
static bool isCode(llvm::StringRef word) {
  llvm::StringRef digits = word.drop_while(llvm::isAlpha);
  return !digits.empty() && digits.size() < word.size() &&
         llvm::all_of(digits, llvm::isDigit);
}

/// The codes after `noqa`, which are introduced by a colon. They end at the
/// first word that is none: a remark for people.
static std::vector<Suppression::Code> readCodes(Cursor cursor,
                                                bool acceptNames) {
  std::vector<Suppression::Code> codes;
  cursor.skipBlanks();
  if (!cursor.take(":"))
    return codes;
  while (true) {
    cursor.takeWhile([](char c) { return c == ' ' || c == '\t' || c == ','; });
    auto begin = static_cast<std::uint32_t>(cursor.at);
    llvm::StringRef word =
        cursor.takeWhile([](char c) { return llvm::isAlnum(c) || c == '-'; });
    if (word.empty() || !(isCode(word) || (acceptNames && word.contains('-'))))
      return codes;
    codes.push_back({.spelling = word,
                     .at = {begin, static_cast<std::uint32_t>(cursor.at)}});
  }
}

/// Whether a word that was just read ends here: `noqa`, but not `noqatest`.
static bool atWordEnd(const Cursor &cursor) {
  if (cursor.at >= cursor.text.size())
    return true;
  char next = cursor.text[cursor.at];
  return !llvm::isAlnum(next) && next != '_' && next != '-';
}

/// From the `#` at \p begin to the end of its part of the comment. A comment
/// that is a line of its own goes with its line.
static Span removalOf(llvm::StringRef text, std::size_t begin,
                      const Comment &comment) {
  auto span = [](std::size_t from, std::size_t to) {
    return Span{static_cast<std::uint32_t>(from),
                static_cast<std::uint32_t>(to)};
  };
  std::size_t next = text.find('#', begin + 1);
  if (next < comment.span.end)
    return span(begin, next);
  std::size_t code = text.take_front(begin).rtrim(" \t\f").size();
  bool isWholeLine = code == 0 || text[code - 1] == '\n';
  if (!isWholeLine)
    return span(code, comment.span.end);
  std::size_t end = text.find('\n', comment.span.end);
  return span(code, end == llvm::StringRef::npos ? text.size() : end + 1);
}

/// Reads what follows a `#` inside a comment (`# type: ignore  # noqa`).
static void readDirective(llvm::StringRef text, Cursor cursor,
                          const Comment &comment,
                          std::vector<Suppression> &suppressions) {
  Span removal = removalOf(text, cursor.at - 1, comment);
  cursor.skipBlanks();
  if (cursor.take("noqa")) {
    if (atWordEnd(cursor))
      suppressions.push_back({.covers = comment.line,
                              .codes = readCodes(cursor, false),
                              .removal = removal});
    return;
  }

  if (!cursor.take("looplint:"))
    return;
  cursor.skipBlanks();
  Span wholeFile{0, 0xFFFF'FFFF};
  bool isNextLine = cursor.take("ignore-next-line");
  if ((!isNextLine && !cursor.take("noqa")) || !atWordEnd(cursor))
    return;
  suppressions.push_back({.covers = isNextLine ? comment.nextLine : wholeFile,
                          .codes = readCodes(cursor, true),
                          .removal = removal});
}

static void findIn(llvm::StringRef text, Span part,
                   std::vector<Suppression> &suppressions) {
  for (const Comment &comment : findComments(text, part)) {
    llvm::StringRef untilEnd = text.take_front(comment.span.end);
    for (std::size_t at = comment.span.begin; at != llvm::StringRef::npos;
         at = untilEnd.find('#', at + 1))
      readDirective(text, {untilEnd, at + 1}, comment, suppressions);
  }
}

std::vector<Suppression>
looplint::findSuppressions(llvm::StringRef text,
                           llvm::ArrayRef<CodeCell> cells) {
  std::vector<Suppression> suppressions;
  for (const CodeCell &cell : cells)
    findIn(text, cell.span, suppressions);
  if (cells.empty())
    findIn(text, {0, static_cast<std::uint32_t>(text.size())}, suppressions);
  return suppressions;
}
