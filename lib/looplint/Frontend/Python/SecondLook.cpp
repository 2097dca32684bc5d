//===- SecondLook.cpp -----------------------------------------------------===//

#include "SecondLook.h"

#include "RoughLexer.h"

namespace looplint::python {
namespace {

class Rewriter {
public:
  explicit Rewriter(llvm::StringRef text) : text(text), lexer(text) {
    result.text = text.str();
  }

  SecondLook run();

private:
  void startLine(const RoughToken &token);
  void startStatement(const RoughToken &token);
  void read(const RoughToken &token);
  void readTypeParameters(const RoughToken &token);
  void blank(Span span);
  llvm::StringRef spelling(const RoughToken &token) const {
    return text.slice(token.span.begin, token.span.end);
  }

  llvm::StringRef text;
  RoughLexer lexer;
  SecondLook result;

  unsigned depth = 0;
  bool isAtLineStart = true;
  bool isAtStatementStart = true;
  /// The piece has nothing but decorators so far, so the next line belongs
  /// to it.
  bool isDecorating = false;
  std::uint32_t pieceBegin = 0;

  /// `def name` or the like was read, and `[` would open type parameters.
  enum class Heading : std::uint8_t { None, Keyword, Name };
  Heading heading = Heading::None;
  /// The depth inside a list of type parameters, or 0.
  unsigned typeParameterDepth = 0;
  /// A parameter's default is being blanked.
  bool isInDefault = false;
};

} // namespace

SecondLook Rewriter::run() {
  for (;;) {
    RoughToken token = lexer.next();
    if (token.kind == RoughToken::End)
      break;
    bool isBlank = token.kind == RoughToken::LineEnd ||
                   token.kind == RoughToken::Comment ||
                   token.kind == RoughToken::Joiner;
    if (isAtLineStart && !isBlank)
      startLine(token);
    if (isAtStatementStart && !isBlank)
      startStatement(token);
    read(token);
  }
  result.pieces.push_back(
      {pieceBegin, static_cast<std::uint32_t>(text.size())});
  return std::move(result);
}

void Rewriter::blank(Span span) {
  for (std::uint32_t i = span.begin; i != span.end; ++i)
    result.text[i] = ' ';
}

static bool continuesStatement(llvm::StringRef word) {
  return word == "elif" || word == "else" || word == "except" ||
         word == "finally";
}

/// Words that begin a statement and stand nowhere else: a bracket that is
/// still open was forgotten.
static bool closesBrackets(llvm::StringRef word) {
  return word == "def" || word == "class" || word == "import" || word == "@";
}

void Rewriter::startLine(const RoughToken &token) {
  bool isAtMargin = token.span.begin == 0 ||
                    text[token.span.begin - 1] == '\n' ||
                    text[token.span.begin - 1] == '\r';
  llvm::StringRef word = spelling(token);
  if (isAtMargin && depth != 0 && closesBrackets(word)) {
    depth = 0;
    isAtStatementStart = true;
  }
  if (depth != 0 || !isAtMargin || continuesStatement(word))
    return;
  if (!isDecorating && token.span.begin != pieceBegin) {
    result.pieces.push_back({pieceBegin, token.span.begin});
    pieceBegin = token.span.begin;
  }
  isDecorating = word == "@";
}

void Rewriter::startStatement(const RoughToken &token) {
  heading = Heading::None;
  typeParameterDepth = 0;
  isInDefault = false;
  // `type(x).y = z` is an assignment, `type X = z` is not; the grammar takes
  // both for a type alias.
  bool isTypeCall =
      spelling(token) == "type" &&
      text.drop_front(token.span.end).ltrim(" \t").starts_with("(");
  if (isTypeCall)
    result.text[token.span.begin] = '_';
}

void Rewriter::read(const RoughToken &token) {
  isAtLineStart = token.kind == RoughToken::LineEnd;
  readTypeParameters(token);
  switch (token.kind) {
  case RoughToken::Open:
    ++depth;
    break;
  case RoughToken::Close:
    depth -= depth != 0;
    break;
  case RoughToken::LineEnd:
  case RoughToken::Comment:
  case RoughToken::Joiner:
    // Inside brackets indentation means nothing to Python, but the grammar's
    // scanner may see a dedent.
    if (depth != 0)
      blank(token.span);
    else if (spelling(token) == "\r")
      result.text[token.span.begin] = '\n';
    break;
  default:
    break;
  }

  llvm::StringRef word = spelling(token);
  if (token.kind == RoughToken::LineEnd)
    isAtStatementStart = depth == 0;
  else if (token.kind != RoughToken::Comment)
    isAtStatementStart = depth == 0 && (word == ";" || word == ":");
}

/// Defaults of type parameters (`class A[T = int]`), new in Python 3.13.
void Rewriter::readTypeParameters(const RoughToken &token) {
  llvm::StringRef word = spelling(token);
  if (typeParameterDepth == 0) {
    bool opens = heading == Heading::Name && word == "[";
    if (opens)
      typeParameterDepth = depth + 1;
    if (heading == Heading::Keyword && token.kind == RoughToken::Name)
      heading = Heading::Name;
    else if (word == "def" || word == "class" || word == "type")
      heading = Heading::Keyword;
    else
      heading = Heading::None;
    return;
  }
  bool isOnLevel = depth == typeParameterDepth;
  if (isOnLevel && (word == "," || token.kind == RoughToken::Close))
    isInDefault = false;
  if (isOnLevel && word == "=")
    isInDefault = true;
  if (isOnLevel && token.kind == RoughToken::Close)
    typeParameterDepth = 0;
  if (isInDefault)
    blank(token.span);
}

SecondLook lookAgain(llvm::StringRef text) { return Rewriter(text).run(); }

} // namespace looplint::python
