//===- CppSuppressions.cpp - comments that silence findings in C++ --------===//
//
// NOLINT and its forms are read as clang-tidy reads them, since the comments
// are the same.
// https://clang.llvm.org/extra/clang-tidy/#suppressing-undesired-diagnostics
//
// Comments are found by a scan that knows literals and nothing else of the
// language: files that belong to no translation unit have suppressions, too.
//
//===----------------------------------------------------------------------===//

#include "looplint/Driver/Suppressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;
using llvm::StringRef;

namespace {

/// Steps from comment to comment.
class CommentScanner {
public:
  explicit CommentScanner(StringRef text) : text(text) {}

  /// The next comment; empty at the end.
  Span next();

private:
  StringRef rest() const { return text.drop_front(at); }
  void skipLiteral(char quote);
  void skipRawString();
  std::size_t endOf(StringRef terminator, std::size_t from) const;

  StringRef text;
  std::size_t at = 0;
};

} // namespace

/// Behind the terminator, or at the end of the text.
std::size_t CommentScanner::endOf(StringRef terminator,
                                  std::size_t from) const {
  std::size_t found = text.find(terminator, from);
  return found == StringRef::npos ? text.size() : found + terminator.size();
}

/// A literal ends on its line, whatever it lacks. `1'000` is a number.
void CommentScanner::skipLiteral(char quote) {
  bool isDigitSeparator =
      quote == '\'' && at > 0 && llvm::isAlnum(text[at - 1]);
  ++at;
  if (isDigitSeparator)
    return;
  for (; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == quote) {
      ++at;
      return;
    }
    if (text[at] == '\\')
      ++at;
  }
}

/// R"delimiter( … )delimiter"
void CommentScanner::skipRawString() {
  std::size_t open = text.find('(', at);
  if (open == StringRef::npos) {
    at = text.size();
    return;
  }
  std::string end = (")" + text.slice(at + 2, open) + "\"").str();
  at = endOf(end, open);
}

Span CommentScanner::next() {
  while (at < text.size()) {
    std::size_t begin = at;
    if (rest().starts_with("//") || rest().starts_with("/*")) {
      bool isLine = text[at + 1] == '/';
      at = isLine ? std::min(text.find('\n', at), text.size())
                  : endOf("*/", at + 2);
      return {static_cast<std::uint32_t>(begin),
              static_cast<std::uint32_t>(at)};
    }
    if (rest().starts_with("R\""))
      skipRawString();
    else if (text[at] == '"' || text[at] == '\'')
      skipLiteral(text[at]);
    else
      ++at;
  }
  return {};
}

/// The line that byte \p offset stands in, without its end.
static Span lineAt(StringRef text, std::size_t offset) {
  std::size_t begin = text.take_front(offset).rfind('\n') + 1;
  std::size_t end = std::min(text.find('\n', offset), text.size());
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// The words of a list, without the `*` that one may end with.
static std::vector<Suppression::Code> codesIn(StringRef text, StringRef list) {
  std::vector<Suppression::Code> codes;
  while (!list.empty()) {
    list = list.ltrim(", \t");
    StringRef word = list.take_until([](char c) {
      return c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
    });
    list = list.drop_front(word.size());
    StringRef code = word.rtrim('*');
    if (code.empty())
      continue;
    auto begin = static_cast<std::uint32_t>(code.begin() - text.begin());
    codes.push_back(
        {.spelling = code,
         .at = {begin, begin + static_cast<std::uint32_t>(code.size())}});
  }
  return codes;
}

/// `(a, b)` right behind the word; without it everything is meant.
static std::vector<Suppression::Code> codesInBrackets(StringRef text,
                                                      StringRef behind) {
  if (!behind.consume_front("("))
    return {};
  return codesIn(text, behind.take_until([](char c) { return c == ')'; }));
}

static bool sameCodes(const Suppression &left, const Suppression &right) {
  return llvm::equal(left.codes, right.codes, [](const auto &a, const auto &b) {
    return a.spelling == b.spelling;
  });
}

/// Ends the innermost open region that speaks of the same.
static void endRegion(std::vector<Suppression> &suppressions,
                      const Suppression &end) {
  for (Suppression &begun : llvm::reverse(suppressions))
    if (begun.covers.end == 0xFFFF'FFFF && sameCodes(begun, end)) {
      begun.covers.end = end.covers.begin;
      return;
    }
}

static void readComment(StringRef text, Span comment,
                        std::vector<Suppression> &suppressions) {
  StringRef content = text.slice(comment.begin, comment.end);
  if (std::size_t at = content.find("looplint: noqa:"); at != StringRef::npos) {
    StringRef list =
        content.drop_front(at + StringRef("looplint: noqa:").size());
    suppressions.push_back(
        {.covers = {0, 0xFFFF'FFFF}, .codes = codesIn(text, list)});
    return;
  }
  std::size_t at = content.find("NOLINT");
  if (at == StringRef::npos)
    return;
  StringRef behind = content.drop_front(at + StringRef("NOLINT").size());
  Span line = lineAt(text, comment.begin);
  if (behind.consume_front("NEXTLINE")) {
    std::size_t next = std::min<std::size_t>(
        lineAt(text, comment.end).end + std::size_t{1}, text.size());
    line = lineAt(text, next);
  } else if (behind.consume_front("BEGIN")) {
    line.end = 0xFFFF'FFFF;
  } else if (behind.consume_front("END")) {
    endRegion(suppressions,
              {.covers = line, .codes = codesInBrackets(text, behind)});
    return;
  }
  suppressions.push_back(
      {.covers = line, .codes = codesInBrackets(text, behind)});
}

std::vector<Suppression> looplint::findCppSuppressions(StringRef text) {
  std::vector<Suppression> suppressions;
  if (!text.contains("NOLINT") && !text.contains("looplint:"))
    return suppressions;
  CommentScanner scanner(text);
  for (Span comment = scanner.next(); comment.end != 0;
       comment = scanner.next())
    readComment(text, comment, suppressions);
  return suppressions;
}
