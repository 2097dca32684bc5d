//===- Glob.cpp - the patterns of models ----------------------------------===//

#include "looplint/Models/Glob.h"

bool looplint::matchesGlob(llvm::StringRef text, llvm::StringRef pattern) {
  auto [start, rest] = pattern.split('*');
  if (start.size() == pattern.size())
    return text == pattern;
  if (!text.consume_front(start))
    return false;

  // What stands between two stars is taken where it first occurs; that leaves
  // the most for the rest, so nothing has to be tried twice.
  while (rest.contains('*')) {
    auto [middle, behind] = rest.split('*');
    const std::size_t found = text.find(middle);
    if (found == llvm::StringRef::npos)
      return false;
    text = text.drop_front(found + middle.size());
    rest = behind;
  }
  return text.ends_with(rest);
}
