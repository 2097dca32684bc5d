//===- LambdaText.cpp -----------------------------------------------------===//

#include "LambdaText.h"

using namespace looplint;

/// Behind the literal or the comment that begins at \p at; \p at itself where
/// none does.
static std::size_t behindLiteral(llvm::StringRef text, std::size_t at) {
  llvm::StringRef rest = text.drop_front(at);
  if (rest.starts_with("//"))
    return text.find('\n', at);
  if (rest.starts_with("/*")) {
    std::size_t end = text.find("*/", at + 2);
    return end == llvm::StringRef::npos ? end : end + 2;
  }
  char quote = rest.empty() ? 0 : rest.front();
  if (quote != '"' && quote != '\'')
    return at;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == quote)
      return i + 1;
  }
  return llvm::StringRef::npos;
}

/// Behind the bracket that closes the one at \p at.
static std::size_t behindBracket(llvm::StringRef text, std::size_t at) {
  unsigned depth = 0;
  for (std::size_t i = at; i < text.size();) {
    std::size_t behind = behindLiteral(text, i);
    if (behind != i) {
      i = behind;
      continue;
    }
    depth += llvm::StringRef("([{").contains(text[i]);
    depth -= llvm::StringRef(")]}").contains(text[i]);
    ++i;
    if (depth == 0)
      return i;
  }
  return llvm::StringRef::npos;
}

/// The first \p word from \p at on that is in no bracket, literal or comment.
static std::size_t findOutside(llvm::StringRef text, std::size_t at,
                               llvm::StringRef word) {
  while (at < text.size() && !text.drop_front(at).starts_with(word)) {
    std::size_t behind = behindLiteral(text, at);
    if (behind == at)
      behind = llvm::StringRef("([{").contains(text[at])
                   ? behindBracket(text, at)
                   : at + 1;
    at = behind;
  }
  return at < text.size() ? at : llvm::StringRef::npos;
}

std::optional<WrittenLambda> looplint::writtenLambda(const Workbench &bench,
                                                     Location place) {
  llvm::StringRef text = bench.text(place);
  if (!text.starts_with("[") || !text.ends_with("}"))
    return std::nullopt;
  std::size_t captures = behindBracket(text, 0);
  std::size_t arrow = findOutside(text, captures, "->");
  std::size_t body =
      arrow < text.size() ? findOutside(text, arrow + 2, "{") : arrow;
  std::size_t open = findOutside(text, captures, "(");
  bool isTemplate = findOutside(text, captures, "<") < std::min(arrow, open);
  if (body >= text.size() || isTemplate ||
      behindBracket(text, body) != text.size())
    return std::nullopt;
  auto at = [&](std::size_t begin, std::size_t end) {
    return Location{place.file,
                    {place.span.begin + static_cast<std::uint32_t>(begin),
                     place.span.begin + static_cast<std::uint32_t>(end)}};
  };
  WrittenLambda lambda{place, at(captures, captures)};
  if (open < arrow) {
    lambda.parameters = at(open + 1, behindBracket(text, open) - 1);
    lambda.hasParentheses = true;
  }
  llvm::StringRef type = text.slice(arrow + 2, body);
  std::size_t begin = arrow + 2 + (type.size() - type.ltrim().size());
  lambda.returned = at(begin, begin + type.trim().size());
  return lambda;
}

std::optional<WrittenLambda> looplint::calledLambda(const Workbench &bench,
                                                    OperationKey call) {
  Location place = bench.locationOf(call);
  llvm::StringRef text = bench.text(place);
  if (!text.consume_back(")"))
    return std::nullopt;
  text = text.rtrim();
  if (!text.consume_back("("))
    return std::nullopt;
  place.span.end =
      place.span.begin + static_cast<std::uint32_t>(text.rtrim().size());
  return writtenLambda(bench, place);
}
