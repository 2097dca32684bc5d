//===- SecondLook.cpp -----------------------------------------------------===//

#include "SecondLook.h"

#include "RoughLexer.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <optional>

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
  void endStatement();
  void read(const RoughToken &token);
  void readTypeParameters(const RoughToken &token);
  void readSubscripted(const RoughToken &token);
  void readStar(const RoughToken &token);
  void readHeadingName(const RoughToken &token);
  void readOldName(const RoughToken &token);
  void readFormat(const RoughToken &token);
  void readTargets(const RoughToken &token);
  bool maybeStars() const;
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
  bool isBehindSign = false; // … behind `:` or `;` and not on a line of its own
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
  /// The lambdas in it whose parameters are being read.
  unsigned lambdas = 0;

  /// The last token but for line ends and comments; empty where a statement
  /// begins.
  llvm::StringRef previous;
  /// The name that was just read, where it may be misspelt.
  Span subscripted;
  /// A star that was just read and unpacks what follows.
  std::optional<std::uint32_t> star;
  /// Those of the statement that were overwritten.
  std::vector<std::uint32_t> stars;
  /// Between `for` and `in`, or after `as`.
  bool isInTarget = false;
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
  endStatement();
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

/// Until Python 3.6 `async` and `await` are names; see readOldName.
void Rewriter::endStatement() {
  if (previous == "async" || previous == "await")
    result.text[previous.begin() - text.begin()] = '_';
}

void Rewriter::startStatement(const RoughToken &token) {
  heading = Heading::None;
  typeParameterDepth = 0;
  isInDefault = false;
  endStatement();
  previous = "";
  subscripted = Span();
  star.reset();
  stars.clear();
  isInTarget = false;
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
  bool isBlank = isAtLineStart || token.kind == RoughToken::Comment ||
                 token.kind == RoughToken::Joiner;
  if (!isBlank) {
    readSubscripted(token);
    readStar(token);
    readTargets(token);
    readOldName(token);
    readFormat(token);
    readTypeParameters(token);
    previous = spelling(token);
  } else if (isInDefault) {
    blank(token.span);
  }
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
  if (token.kind == RoughToken::Comment)
    return;
  bool isSign = depth == 0 && (word == ";" || word == ":");
  isAtStatementStart =
      isSign || (token.kind == RoughToken::LineEnd && depth == 0);
  isBehindSign = isSign;
}

/// Some names are keywords to the grammar, of Python 2 and others, which it
/// takes for names in most places only.
static bool isKeywordOfGrammar(llvm::StringRef word) {
  return word == "print" || word == "exec" || word == "match" ||
         word == "case" || word == "async" || word == "await";
}

void Rewriter::readHeadingName(const RoughToken &token) {
  heading = Heading::Name;
  if (isKeywordOfGrammar(spelling(token)))
    result.text[token.span.begin] = '_';
}

/// Whether \p rest may stand behind `await` where that is a name.
static bool followsName(llvm::StringRef rest) {
  llvm::StringRef word = rest.take_while(isNameByte);
  if (word.empty())
    return llvm::StringRef("=,.:;*/%&|^<>@!)]}").contains(rest.front()) &&
           !rest.starts_with("...");
  return word == "in" || word == "is" || word == "and" || word == "or" ||
         word == "if" || word == "else" || word == "for" || word == "as";
}

/// Until Python 3.6 `async` and `await` are names, as in `f(async=True)`.
void Rewriter::readOldName(const RoughToken &token) {
  llvm::StringRef word = spelling(token);
  bool isName = false;
  if (previous == "async")
    isName = word != "def" && word != "for" && word != "with";
  else if (previous == "await")
    isName = followsName(text.drop_front(token.span.begin));
  if (isName)
    result.text[previous.begin() - text.begin()] = '_';
  if (previous == "." && (word == "async" || word == "await"))
    result.text[token.span.begin] = '_';
}

/// Defaults of type parameters (`class A[T = int]`), new in Python 3.13.
void Rewriter::readTypeParameters(const RoughToken &token) {
  llvm::StringRef word = spelling(token);
  if (typeParameterDepth == 0) {
    bool opens = heading == Heading::Name && word == "[";
    if (opens)
      typeParameterDepth = depth + 1;
    if (heading == Heading::Keyword && token.kind == RoughToken::Name)
      readHeadingName(token);
    else if (word == "def" || word == "class" ||
             (word == "type" && previous.empty()))
      heading = Heading::Keyword;
    else
      heading = Heading::None;
    return;
  }
  bool isOnLevel = depth == typeParameterDepth;
  if (isOnLevel && isInDefault)
    lambdas += (word == "lambda") - (word == ":" && lambdas != 0);
  bool isNext = word == "," && lambdas == 0;
  if (isOnLevel && (isNext || token.kind == RoughToken::Close))
    isInDefault = false;
  if (isOnLevel && word == "=" && !isInDefault) {
    isInDefault = true;
    lambdas = 0;
  }
  if (isOnLevel && token.kind == RoughToken::Close)
    typeParameterDepth = 0;
  if (isInDefault)
    blank(token.span);
}

/// What `[` follows without being subscripted.
static bool isKeyword(llvm::StringRef word) {
  return llvm::StringSwitch<bool>(word)
      .Cases({"and", "as", "assert", "async", "await", "def"}, true)
      .Cases({"class", "del", "elif", "else", "except"}, true)
      .Cases({"finally", "for", "from", "global", "if", "import"}, true)
      .Cases({"in", "is", "lambda", "nonlocal", "not"}, true)
      .Cases({"or", "raise", "return", "while", "with"}, true)
      .Case("yield", true)
      .Default(false);
}

/// In annotations the grammar takes `a[b]` for a type and then knows no call,
/// operator or subscript after it. It does after a number, which is what the
/// name becomes.
void Rewriter::readSubscripted(const RoughToken &token) {
  if (spelling(token) == "[")
    for (std::uint32_t i = subscripted.begin; i != subscripted.end; ++i)
      result.text[i] = '0';
  // `match [a, b]:` begins with no name, on a line of its own.
  llvm::StringRef word = spelling(token);
  bool isCompound = word == "match" || word == "case";
  bool maybeStatement = previous.empty() && isKeywordOfGrammar(word) &&
                        !(isCompound && isBehindSign);
  bool isSubscriptable = token.kind == RoughToken::Name && previous != "." &&
                         heading != Heading::Keyword && !isInDefault &&
                         !maybeStatement && !isKeyword(spelling(token));
  subscripted = isSubscriptable ? token.span : Span();
}

/// Whether a star here would unpack, and not multiply.
bool Rewriter::maybeStars() const {
  return llvm::StringSwitch<bool>(previous)
      .Cases({"", ",", "=", ":", "(", "[", "{"}, true)
      .Cases({"return", "yield", "for", "in", "match"}, true)
      .Default(false);
}

/// What the grammar knows after any star that unpacks.
static bool isPlainName(llvm::StringRef word) {
  return !llvm::isDigit(word.front()) &&
         llvm::StringSwitch<bool>(word)
             .Cases({"None", "True", "False", "await", "not", "lambda"}, false)
             .Default(true);
}

/// After the star that unpacks the grammar wants a name, and anything else only
/// between some brackets. After a sign it knows every operand, so the star
/// becomes one; the tree's reader sees from the original what it was.
void Rewriter::readStar(const RoughToken &token) {
  llvm::StringRef word = spelling(token);
  if (!star) {
    if (word == "*" && maybeStars() && !isInDefault)
      star = token.span.begin;
    return;
  }
  bool isName = token.kind == RoughToken::Name && isPlainName(word);
  bool isOperand =
      !isName && word != "*" && word != "," && token.kind != RoughToken::Close;
  if (isOperand) {
    bool isUnsigned = isInTarget || word == "not" || word == "lambda";
    result.text[*star] = isUnsigned ? ' ' : '+';
    stars.push_back(*star);
  }
  star.reset();
}

/// `f"{title:=^30}"` fills with `=`; the grammar takes `:=` for an assignment.
/// Nor does it know `\N{EM DASH}` in a format.
void Rewriter::readFormat(const RoughToken &token) {
  if (token.kind != RoughToken::String)
    return;
  llvm::StringRef piece = spelling(token);
  if (previous == ":" && piece.starts_with("="))
    result.text[token.span.begin] = '-';
  for (std::size_t at = piece.find("\\N{"); at != llvm::StringRef::npos;
       at = piece.find("\\N{", at + 1)) {
    std::size_t end = std::min(piece.find('}', at), piece.size() - 1);
    result.text[token.span.begin + at + 2] = '_';
    result.text[token.span.begin + end] = piece[end] == '}' ? '_' : piece[end];
  }
}

/// A sign is no target; a nested list of targets is one.
void Rewriter::readTargets(const RoughToken &token) {
  llvm::StringRef word = spelling(token);
  if (word == "for" || word == "as")
    isInTarget = true;
  if (word == "in" || word == ":")
    isInTarget = false;
  if (depth != 0 || word != "=")
    return;
  for (std::uint32_t at : stars)
    result.text[at] = ' ';
  stars.clear();
}

SecondLook lookAgain(llvm::StringRef text) { return Rewriter(text).run(); }

} // namespace looplint::python
