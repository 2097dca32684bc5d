//===- Errors.cpp ---------------------------------------------------------===//

#include "Errors.h"

#include "llvm/ADT/STLExtras.h"

namespace looplint::python {

static constexpr std::size_t mostErrors = 20;

static bool areNeighbours(const SyntaxError &earlier, const SyntaxError &later,
                          llvm::StringRef text) {
  if (later.span.begin <= earlier.span.end)
    return true;
  return text.slice(earlier.span.end, later.span.begin).count('\n') <= 1;
}

std::vector<SyntaxError> readableErrors(std::vector<SyntaxError> errors,
                                        llvm::StringRef text) {
  llvm::stable_sort(errors, [](const SyntaxError &a, const SyntaxError &b) {
    return a.span < b.span;
  });
  std::vector<SyntaxError> result;
  for (SyntaxError &error : errors) {
    if (!result.empty() && areNeighbours(result.back(), error, text)) {
      Span &merged = result.back().span;
      merged.end = std::max(merged.end, error.span.end);
      continue;
    }
    if (result.size() == mostErrors)
      break;
    result.push_back(std::move(error));
  }
  return result;
}

} // namespace looplint::python
