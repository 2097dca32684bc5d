//===- RoughLexer.cpp -----------------------------------------------------===//

#include "RoughLexer.h"

#include "llvm/ADT/StringExtras.h"

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

std::size_t RoughLexer::lineEndSize(llvm::StringRef rest) const {
  if (rest.starts_with("\r\n"))
    return 2;
  return rest.starts_with("\n") || rest.starts_with("\r") ? 1 : 0;
}

/// The size of the string literal at the start of \p rest, or 0.
std::size_t RoughLexer::stringSize(llvm::StringRef rest) const {
  std::size_t quoteAt = rest.take_front(4).find_first_of("'\"");
  if (quoteAt == llvm::StringRef::npos)
    return 0;
  if (rest.take_front(quoteAt).find_first_not_of("rRbBfFuUtT") !=
      llvm::StringRef::npos)
    return 0;

  llvm::StringRef body = rest.drop_front(quoteAt);
  bool isTriple = body.size() >= 3 && body[1] == body[0] && body[2] == body[0];
  llvm::StringRef quote = body.take_front(isTriple ? 3 : 1);
  std::size_t i = quote.size();
  while (i < body.size() && !body.drop_front(i).starts_with(quote)) {
    // Not closed on its line: whatever it is, it ends here.
    if (!isTriple && lineEndSize(body.drop_front(i)) != 0)
      return quoteAt + i;
    i += body[i] == '\\'
             ? 1 + std::max<std::size_t>(1, lineEndSize(body.drop_front(i + 1)))
             : 1;
  }
  return quoteAt + std::min(i + quote.size(), body.size());
}

RoughToken RoughLexer::next() {
  while (at < text.size() &&
         (text[at] == ' ' || text[at] == '\t' || text[at] == '\f'))
    ++at;
  llvm::StringRef rest = text.drop_front(at);
  if (rest.empty())
    return take(RoughToken::End, 0);

  if (std::size_t size = lineEndSize(rest))
    return take(RoughToken::LineEnd, size);
  if (std::size_t size = stringSize(rest))
    return take(RoughToken::String, size);
  if (isNameByte(rest[0]))
    return take(RoughToken::Name, rest.take_while(isNameByte).size());

  switch (rest[0]) {
  case '#':
    return take(RoughToken::Comment,
                std::min(rest.find_first_of("\r\n"), rest.size()));
  case '(':
  case '[':
  case '{':
    return take(RoughToken::Open, 1);
  case ')':
  case ']':
  case '}':
    return take(RoughToken::Close, 1);
  case '\\':
    if (std::size_t size = lineEndSize(rest.drop_front()))
      return take(RoughToken::Joiner, 1 + size);
    break;
  default:
    break;
  }
  return take(RoughToken::Other, 1);
}

} // namespace looplint::python
