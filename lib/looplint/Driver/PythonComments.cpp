//===- PythonComments.cpp - the comments of a Python file -----------------===//
//
// A `#` begins a comment unless it stands in a string, and a string of an
// f-string's field is code again, which may contain strings. So the scanner
// keeps a stack of modes: a literal's text, a field `{…}` in it, the field's
// format after `:`. Nothing else of the language is needed. Taking comments
// from the syntax tree instead was rejected: files that cannot matter are never
// parsed, and yet their suppressions count.
//
//===----------------------------------------------------------------------===//

#include "PythonComments.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>

using namespace looplint;

namespace {

enum class ModeKind { Literal, Field, Format };

struct Mode {
  ModeKind kind = ModeKind::Literal;
  // Of the literal that the mode is part of.
  char quote = 0;
  bool isTriple = false;
  bool hasFields = false;    // an f-string or t-string
  unsigned openBrackets = 0; // Field
};

class CommentScanner {
public:
  CommentScanner(llvm::StringRef text, Span part)
      : text(text.take_front(part.end)), at(part.begin), lineStart(part.begin) {
  }

  std::vector<Comment> scan();

  std::vector<Span> linesOfCode;

private:
  void scanCode();
  void scanWord();
  void scanLiteral();
  void scanLiteralCharacter();
  void skipEscape();
  void openLiteral(llvm::StringRef prefix);
  void closeBracket();
  void abandonLiteral();
  void skipComment();
  void endLine(std::size_t end);
  void takeSingleLines();

  bool inCode() const {
    return modes.empty() || modes.back().kind == ModeKind::Field;
  }
  unsigned &openBrackets() {
    return modes.empty() ? bracketsOutside : modes.back().openBrackets;
  }
  bool closesLiteral() const;

  llvm::StringRef text;
  std::size_t at;
  std::vector<Mode> modes;
  unsigned bracketsOutside = 0;

  std::vector<Comment> comments;
  std::size_t lineStart;
  bool lineHasCode = false;
  // The first comment of this logical line, and the first that still waits for
  // a line with code.
  std::size_t firstOfLine = 0;
  std::size_t firstWaiting = 0;
};

} // namespace

static Span spanOf(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

static bool isLineEnd(char c) { return c == '\n' || c == '\r'; }

static bool isWordCharacter(char c) {
  return llvm::isAlnum(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

static bool isQuote(char c) { return c == '"' || c == '\''; }

static bool isLiteralPrefix(llvm::StringRef word) {
  return word.size() <= 2 &&
         word.find_first_not_of("rRbBuUfFtT") == llvm::StringRef::npos;
}

void CommentScanner::endLine(std::size_t end) {
  Span line = spanOf(lineStart, end);
  // Comments above, which have no code of their own, speak of this line.
  if (lineHasCode) {
    linesOfCode.push_back(line);
    for (; firstWaiting < firstOfLine; ++firstWaiting)
      comments[firstWaiting].nextLine = line;
    firstWaiting = firstOfLine;
  }
  for (; firstOfLine < comments.size(); ++firstOfLine)
    comments[firstOfLine].line = line;
  lineStart = end;
  lineHasCode = false;
}

void CommentScanner::openLiteral(llvm::StringRef prefix) {
  Mode mode{.kind = ModeKind::Literal, .quote = text[at]};
  mode.hasFields = prefix.find_first_of("fFtT") != llvm::StringRef::npos;
  const char triple[] = {mode.quote, mode.quote, mode.quote};
  mode.isTriple = text.substr(at).starts_with(llvm::StringRef(triple, 3));
  at += mode.isTriple ? 3 : 1;
  modes.push_back(mode);
}

bool CommentScanner::closesLiteral() const {
  const Mode &mode = modes.back();
  if (text[at] != mode.quote)
    return false;
  return !mode.isTriple ||
         (text.substr(at, 3).size() == 3 && text[at + 1] == mode.quote &&
          text[at + 2] == mode.quote);
}

/// Ends the innermost literal, with whatever field of it is open.
void CommentScanner::abandonLiteral() {
  while (modes.back().kind != ModeKind::Literal)
    modes.pop_back();
  modes.pop_back();
}

void CommentScanner::skipEscape() {
  at += text.substr(at).starts_with("\\\r\n") ? 3 : 2;
  // `\N{name}` is no field. In a raw string it is one; being wrong there only
  // skips a name.
  if (!modes.empty() && modes.back().hasFields && at <= text.size() &&
      text[at - 1] == 'N' && text.substr(at).starts_with("{"))
    at = std::min(text.find('}', at), text.size() - 1) + 1;
  // `\{` opens a field: the backslash stands for itself.
  else if (!modes.empty() && modes.back().hasFields && at <= text.size() &&
           (text[at - 1] == '{' || text[at - 1] == '}'))
    --at;
}

void CommentScanner::scanLiteral() {
  if (closesLiteral()) {
    at += modes.back().isTriple ? 3 : 1;
    abandonLiteral();
    return;
  }
  if (text[at] == '\\')
    return skipEscape();
  if (isLineEnd(text[at]) && !modes.back().isTriple) {
    // Unterminated: the line end ends a logical line, as in code.
    abandonLiteral();
    return;
  }
  scanLiteralCharacter();
}

void CommentScanner::scanLiteralCharacter() {
  Mode mode = modes.back();
  char c = text[at++];
  if (!mode.hasFields)
    return;

  bool isDoubled = at < text.size() && text[at] == c;
  if (mode.kind == ModeKind::Literal && (c == '{' || c == '}') && isDoubled) {
    ++at;
    return;
  }
  if (c == '{') {
    mode.kind = ModeKind::Field;
    mode.openBrackets = 0;
    modes.push_back(mode);
    return;
  }
  if (c == '}' && mode.kind == ModeKind::Format) {
    modes.pop_back(); // the format
    modes.pop_back(); // and its field
  }
}

void CommentScanner::skipComment() {
  std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  comments.push_back({.span = spanOf(at, end), .line = {}, .nextLine = {}});
  at = end;
}

void CommentScanner::closeBracket() {
  bool endsField =
      text[at] == '}' && !modes.empty() && modes.back().openBrackets == 0;
  ++at;
  if (endsField) {
    modes.pop_back();
    return;
  }
  if (openBrackets() > 0)
    --openBrackets();
}

void CommentScanner::scanWord() {
  std::size_t begin = at;
  while (at < text.size() && isWordCharacter(text[at]))
    ++at;
  llvm::StringRef word = text.slice(begin, at);
  if (at < text.size() && isQuote(text[at]) && isLiteralPrefix(word))
    openLiteral(word);
}

void CommentScanner::scanCode() {
  char c = text[at];
  if (c == '#')
    return skipComment();
  if (isLineEnd(c)) {
    at += text.substr(at).starts_with("\r\n") ? 2 : 1;
    if (modes.empty() && bracketsOutside == 0)
      endLine(at);
    return;
  }
  if (c == ' ' || c == '\t' || c == '\f') {
    ++at;
    return;
  }

  lineHasCode = true;
  if (isWordCharacter(c))
    return scanWord();
  if (isQuote(c))
    return openLiteral("");
  if (c == '\\')
    return skipEscape();
  if (c == ')' || c == ']' || c == '}')
    return closeBracket();
  if (c == '(' || c == '[' || c == '{')
    ++openBrackets();
  if (c == ':' && !modes.empty() && modes.back().openBrackets == 0) {
    Mode format = modes.back();
    format.kind = ModeKind::Format;
    modes.push_back(format);
  }
  ++at;
}

/// A bracket or a literal was never closed, so nobody knows where the logical
/// lines end. One silencing all the rest of the file would be wrong.
void CommentScanner::takeSingleLines() {
  linesOfCode.clear();
  lineHasCode = false;
  for (Comment &comment : llvm::drop_begin(comments, firstOfLine)) {
    std::size_t begin = text.find_last_of("\r\n", comment.span.begin);
    begin = begin == llvm::StringRef::npos ? 0 : begin + 1;
    std::size_t next = std::min<std::size_t>(comment.span.end + 1, text.size());
    std::size_t end = std::min(text.find_first_of("\r\n", next), text.size());
    comment.line = spanOf(begin, comment.span.end);
    comment.nextLine = spanOf(next, end);
  }
  firstOfLine = firstWaiting = comments.size();
}

std::vector<Comment> CommentScanner::scan() {
  while (at < text.size()) {
    if (inCode())
      scanCode();
    else
      scanLiteral();
  }
  if (!modes.empty() || bracketsOutside > 0)
    takeSingleLines();
  endLine(text.size());
  return std::move(comments);
}

std::vector<Comment> looplint::findComments(llvm::StringRef text, Span part) {
  return CommentScanner(text, part).scan();
}

std::vector<Span> looplint::findLogicalLines(llvm::StringRef text, Span part) {
  CommentScanner scanner(text, part);
  scanner.scan();
  return std::move(scanner.linesOfCode);
}
