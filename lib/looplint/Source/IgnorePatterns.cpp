//===- IgnorePatterns.cpp - the patterns of one .gitignore ----------------===//

#include "looplint/Source/IgnorePatterns.h"

#include "llvm/ADT/STLExtras.h"

#include <utility>

using namespace looplint;
using llvm::StringRef;

/// Drops spaces at the end, but for one after a backslash. Tabs stay.
static StringRef withoutTrailingSpaces(StringRef line) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == ' ')
      continue;
    if (line[at] == '\\')
      ++at;
    end = at + 1;
  }
  return line.take_front(end);
}

IgnorePatterns IgnorePatterns::parse(StringRef text) {
  IgnorePatterns result;
  text.consume_front("\xEF\xBB\xBF");
  while (!text.empty()) {
    StringRef line;
    std::tie(line, text) = text.split('\n');
    if (line.starts_with("#"))
      continue;
    line.consume_back("\r");
    result.add(withoutTrailingSpaces(line));
  }
  return result;
}

void IgnorePatterns::add(StringRef text) {
  Pattern pattern;
  pattern.isNegated = text.consume_front("!");
  pattern.onlyFolders = text.consume_back("/");
  pattern.hasSlash = text.contains('/');
  // A leading slash only says that the pattern is matched with the whole path.
  text.consume_front("/");

  // Git cuts the literal part off first and so sees a `**` after it as if it
  // stood at the beginning: `a**/b` matches `ab`.
  pattern.literal = text.take_until([](char c) {
                          return c == '*' || c == '?' || c == '[' || c == '\\';
                        })
                        .str();
  text = text.drop_front(pattern.literal.size());
  if (!text.empty())
    pattern.glob.emplace(text);
  if (!pattern.literal.empty() || pattern.glob)
    patterns.push_back(std::move(pattern));
}

bool IgnorePatterns::matches(const Pattern &pattern, StringRef path) {
  if (!path.consume_front(pattern.literal))
    return false;
  return pattern.glob ? pattern.glob->matches(path) : path.empty();
}

std::optional<bool> IgnorePatterns::decide(StringRef path,
                                           bool isFolder) const {
  const StringRef name = path.substr(path.rfind('/') + 1);
  for (const Pattern &pattern : llvm::reverse(patterns)) {
    if (pattern.onlyFolders && !isFolder)
      continue;
    if (matches(pattern, pattern.hasSlash ? path : name))
      return !pattern.isNegated;
  }
  return std::nullopt;
}
