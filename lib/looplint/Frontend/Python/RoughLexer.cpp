//===- RoughLexer.cpp -----------------------------------------------------===//

#include "RoughLexer.h"

#include "llvm/ADT/StringExtras.h"

#include <optional>

namespace looplint::python {

bool isNameByte(char c) {
  return llvm::isAlnum(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

RoughToken RoughLexer::take(RoughToken::Kind kind, std::size_t size) {
  RoughToken token = {
      kind,
      {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + size)}};
  at += size;
  return token;
}

static std::size_t lineEndSize(llvm::StringRef rest) {
  if (rest.starts_with("\r\n"))
    return 2;
  return rest.starts_with("\n") || rest.starts_with("\r") ? 1 : 0;
}

//===----------------------------------------------------------------------===//
// Strings
//===----------------------------------------------------------------------===//

/// Where the quote of the string is that \p rest begins with, if it does.
static std::optional<std::size_t> findQuote(llvm::StringRef rest) {
  std::size_t quoteAt = rest.take_front(4).find_first_of("'\"");
  if (quoteAt == llvm::StringRef::npos ||
      rest.take_front(quoteAt).find_first_not_of("rRbBfFuUtT") !=
          llvm::StringRef::npos)
    return std::nullopt;
  return quoteAt;
}

static bool isTripleQuote(llvm::StringRef body) {
  return body.size() >= 3 && body[1] == body[0] && body[2] == body[0];
}

/// The size of a backslash and of what it keeps from meaning anything.
static std::size_t escapeSize(llvm::StringRef rest) {
  return 1 + std::max<std::size_t>(1, lineEndSize(rest.drop_front()));
}

/// The size of the literal that \p body, from its quote on, begins with.
static std::size_t literalSize(llvm::StringRef body) {
  bool isTriple = isTripleQuote(body);
  llvm::StringRef quote = body.take_front(isTriple ? 3 : 1);
  std::size_t i = quote.size();
  while (i < body.size() && !body.drop_front(i).starts_with(quote)) {
    // Not closed on its line: whatever it is, it ends here.
    if (!isTriple && lineEndSize(body.drop_front(i)) != 0)
      return i;
    i += body[i] == '\\' ? escapeSize(body.drop_front(i)) : 1;
  }
  return std::min(i + quote.size(), body.size());
}

RoughToken RoughLexer::takeString(std::size_t quoteAt) {
  llvm::StringRef rest = text.drop_front(at);
  llvm::StringRef prefix = rest.take_front(quoteAt);
  llvm::StringRef body = rest.drop_front(quoteAt);
  Open string = {.quote = body.front(),
                 .isTriple = isTripleQuote(body),
                 .isRaw = prefix.find_first_of("rR") != llvm::StringRef::npos};
  std::size_t head = quoteAt + (string.isTriple ? 3 : 1);
  bool hasFields = prefix.find_first_of("fFtT") != llvm::StringRef::npos;
  // What stands within another one was tried along with that.
  bool isWhole =
      hasFields && (!open.empty() || endsAsItShould(string, at + head));
  if (!isWhole)
    return take(RoughToken::String, quoteAt + literalSize(body));
  open.push_back(string);
  return take(RoughToken::String, head);
}

/// Reads on from \p body to the end of \p string. Of one that is not closed
/// nobody knows what belongs to it, so a field on several lines has to be
/// indented.
bool RoughLexer::endsAsItShould(const Open &string, std::size_t body) {
  RoughLexer ahead = *this;
  ahead.at = body;
  ahead.open.push_back(string);
  std::size_t last = std::min(body + patience, text.size());
  bool isStray = false;
  while (!ahead.open.empty() && !isStray && ahead.at < last) {
    RoughToken token = ahead.next();
    isStray = !string.isTriple && token.kind != RoughToken::LineEnd &&
              text[token.span.begin - 1] == '\n';
  }
  if (ahead.open.empty() && !ahead.isBroken)
    return true;
  patience -= std::min(patience, ahead.at - body);
  return false;
}

//===----------------------------------------------------------------------===//
// The text of an f-string
//===----------------------------------------------------------------------===//

bool RoughLexer::closesText(llvm::StringRef rest) const {
  const Open &in = open.back();
  const char quotes[] = {in.quote, in.quote, in.quote};
  return rest.starts_with(llvm::StringRef(quotes, in.isTriple ? 3 : 1));
}

bool RoughLexer::endsPiece(llvm::StringRef rest) const {
  const Open &in = open.back();
  bool isFormat = in.kind == Open::Format;
  if (rest.front() == '{')
    return isFormat || !rest.starts_with("{{");
  return closesText(rest) || (isFormat && rest.front() == '}') ||
         (!in.isTriple && lineEndSize(rest) != 0);
}

/// The size of what is read together in a piece of text.
static std::size_t stepSize(llvm::StringRef rest, bool isRaw) {
  if (rest.starts_with("{{"))
    return 2;
  if (rest.front() != '\\')
    return 1;
  if (!isRaw && rest.starts_with("\\N{")) {
    std::size_t end = std::min(rest.find_first_of("}\r\n'\""), rest.size());
    return rest.drop_front(end).starts_with("}") ? end + 1 : end;
  }
  // A backslash takes nothing from a brace.
  bool isBeforeBrace = rest.drop_front().starts_with("{");
  return isBeforeBrace ? 1 : escapeSize(rest);
}

RoughToken RoughLexer::takeInText() {
  llvm::StringRef rest = text.drop_front(at);
  std::size_t size = 0;
  while (size < rest.size() && !endsPiece(rest.drop_front(size)))
    size += std::min(stepSize(rest.drop_front(size), open.back().isRaw),
                     rest.size() - size);
  if (size != 0)
    return take(RoughToken::String, size);

  Open in = open.back();
  if (rest.front() == '{') {
    open.push_back({.kind = Open::Field,
                    .quote = in.quote,
                    .isTriple = in.isTriple,
                    .isRaw = in.isRaw});
    return take(RoughToken::Open, 1);
  }
  bool isClosed = in.kind == Open::Text && closesText(rest);
  open.pop_back();
  if (isClosed)
    return take(RoughToken::String, in.isTriple ? 3 : 1);
  if (in.kind == Open::Format && rest.front() == '}')
    return take(RoughToken::Close, 1);
  isBroken = true;
  open.clear();
  return take(RoughToken::Other, 1);
}

//===----------------------------------------------------------------------===//
// Tokens
//===----------------------------------------------------------------------===//

RoughToken RoughLexer::takeOpen() {
  if (!open.empty())
    ++open.back().depth;
  return take(RoughToken::Open, 1);
}

RoughToken RoughLexer::takeClose() {
  if (!open.empty() && open.back().depth == 0 && text[at] == '}')
    open.pop_back();
  else if (!open.empty() && open.back().depth != 0)
    --open.back().depth;
  return take(RoughToken::Close, 1);
}

RoughToken RoughLexer::next() {
  if (at < text.size() && isInText())
    return takeInText();
  while (at < text.size() &&
         (text[at] == ' ' || text[at] == '\t' || text[at] == '\f'))
    ++at;
  llvm::StringRef rest = text.drop_front(at);
  if (rest.empty())
    return take(RoughToken::End, 0);

  if (std::size_t size = lineEndSize(rest))
    return take(RoughToken::LineEnd, size);
  if (std::optional<std::size_t> quoteAt = findQuote(rest))
    return takeString(*quoteAt);
  if (isNameByte(rest[0]))
    return take(RoughToken::Name, rest.take_while(isNameByte).size());

  switch (rest[0]) {
  case '#':
    return take(RoughToken::Comment,
                std::min(rest.find_first_of("\r\n"), rest.size()));
  case '(':
  case '[':
  case '{':
    return takeOpen();
  case ')':
  case ']':
  case '}':
    return takeClose();
  case '\\':
    if (std::size_t size = lineEndSize(rest.drop_front()))
      return take(RoughToken::Joiner, 1 + size);
    break;
  case ':':
    if (!open.empty() && open.back().depth == 0)
      open.back().kind = Open::Format;
    break;
  default:
    break;
  }
  return take(RoughToken::Other, 1);
}

} // namespace looplint::python
