//===- Literals.cpp - numbers and strings ---------------------------------===//

#include "Lowering.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <optional>

namespace looplint::python {

/// Longer strings are texts, not names of anything.
static constexpr std::size_t longestString = 128;

static std::string withoutUnderscores(llvm::StringRef digits) {
  std::string result = digits.str();
  llvm::erase(result, '_');
  return result;
}

ValueId Lowering::integer(NodeId node) {
  llvm::StringRef text = tree.textOf(node);
  if (text.ends_with_insensitive("l"))
    noteError(tree.span(node), "the suffix `L` is Python 2");
  std::string digits = withoutUnderscores(text);
  llvm::StringRef rest = digits;
  unsigned radix = 10;
  if (rest.consume_front_insensitive("0x"))
    radix = 16;
  else if (rest.consume_front_insensitive("0o"))
    radix = 8;
  else if (rest.consume_front_insensitive("0b"))
    radix = 2;

  std::uint32_t number = 0;
  if (rest.getAsInteger(radix, number) || number > 0x7FFF'FFFF)
    return unknown();
  return add({.kind = ValueKind::Integer, .a = number});
}

ValueId Lowering::floating(NodeId node) {
  std::string digits = withoutUnderscores(tree.textOf(node));
  double number = 0;
  if (llvm::StringRef(digits).getAsDouble(number))
    return unknown();
  // Rounded up: a tiny time-out is still not zero.
  double thousandths = std::ceil(number * 1000 - 1e-9);
  bool fits = thousandths >= 0 && thousandths <= 0x7FFF'FFFF; // no for NaN
  if (!fits)
    return unknown();
  return add(
      {.kind = ValueKind::Float, .a = static_cast<std::uint32_t>(thousandths)});
}

//===----------------------------------------------------------------------===//
// Strings
//===----------------------------------------------------------------------===//

namespace {

struct StringParts {
  llvm::StringRef prefix;
  llvm::StringRef contents;
};

} // namespace

/// Splits a literal such as `rb"""x"""`; nothing where it is not closed.
static std::optional<StringParts> splitLiteral(llvm::StringRef literal) {
  std::size_t quoteAt = literal.find_first_of("'\"");
  if (quoteAt == llvm::StringRef::npos)
    return std::nullopt;
  llvm::StringRef body = literal.drop_front(quoteAt);
  llvm::StringRef quote = body.take_front(1);
  if (body.size() >= 6 && body[1] == body[0] && body[2] == body[0])
    quote = body.take_front(3);
  if (body.size() < 2 * quote.size() || !body.ends_with(quote))
    return std::nullopt;
  return StringParts{literal.take_front(quoteAt),
                     body.drop_front(quote.size()).drop_back(quote.size())};
}

/// What the escapes of \p text stand for, if they are the simple ones.
static std::optional<std::string> unescape(llvm::StringRef text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      result += text[i];
      continue;
    }
    if (++i == text.size())
      return std::nullopt;
    switch (text[i]) {
    case '\\':
    case '\'':
    case '"':
      result += text[i];
      break;
    case 'n':
      result += '\n';
      break;
    case 't':
      result += '\t';
      break;
    case '\n':
      break;
    default:
      return std::nullopt;
    }
  }
  return result;
}

static std::optional<std::string> contentsOf(llvm::StringRef literal) {
  std::optional<StringParts> parts = splitLiteral(literal);
  if (!parts || parts->contents.size() > longestString)
    return std::nullopt;
  if (parts->prefix.find_first_of("bBfFtT") != llvm::StringRef::npos)
    return std::nullopt;
  if (parts->prefix.find_first_of("rR") != llvm::StringRef::npos ||
      !parts->contents.contains('\\'))
    return parts->contents.str();
  return unescape(parts->contents);
}

Step Lowering::string(NodeId node) {
  llvm::StringRef literal = tree.textOf(node);
  if (literal.starts_with("`"))
    noteError(tree.span(node), "backquotes are Python 2");
  if (tree.firstChild(node))
    return operandsOf(node);
  if (isAnnotation)
    return annotationString(node);
  if (std::optional<std::string> contents = contentsOf(literal))
    return stringValue(*contents);
  return unknown();
}

Step Lowering::concatenatedString(NodeId node) {
  std::string contents;
  bool isPlain = true;
  for (NodeId part : tree.children(node)) {
    std::optional<std::string> text;
    if (tree.kind(part) == Kind::String && !tree.firstChild(part))
      text = contentsOf(tree.textOf(part));
    isPlain &= text.has_value();
    if (text)
      contents += *text;
  }
  if (!isPlain || contents.size() > longestString)
    return operandsOf(node);
  return stringValue(contents);
}

/// Where the contents stand, if they are the characters of the source.
std::optional<Span> Lowering::plainContents(NodeId node) const {
  llvm::StringRef literal = tree.textOf(node);
  std::optional<StringParts> parts = splitLiteral(literal);
  if (!parts || parts->contents.contains('\\') ||
      parts->prefix.find_first_of("bBfFtT") != llvm::StringRef::npos)
    return std::nullopt;
  llvm::StringRef contents = parts->contents.trim();
  std::uint32_t begin =
      static_cast<std::uint32_t>(contents.data() - tree.text.data());
  return Span{begin, begin + static_cast<std::uint32_t>(contents.size())};
}

ValueId Lowering::stringValue(llvm::StringRef contents) {
  return add({.kind = ValueKind::String, .a = summary.intern(contents).raw()});
}

} // namespace looplint::python
