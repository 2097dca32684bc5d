//===- ImportScan.cpp - imports without a parser --------------------------===//
//
// Every import statement contains the word `import`. What stands before it on
// the line tells the two forms apart, what follows are names up to the end of
// the line, or up to `)`.
//
//===----------------------------------------------------------------------===//

#include "ImportScan.h"

#include "llvm/ADT/StringExtras.h"

#include <cstring>

using namespace looplint;

static bool isWordCharacter(char c) {
  return llvm::isAlnum(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

static bool isDottedCharacter(char c) { return isWordCharacter(c) || c == '.'; }

/// Blanks, and a backslash before the end of the line.
static void skipBlanks(llvm::StringRef &text) {
  while (true) {
    text = text.ltrim(" \t\f");
    if (!text.consume_front("\\\n") && !text.consume_front("\\\r\n"))
      return;
  }
}

/// In parentheses, ends of lines and comments separate nothing.
static void skipSpace(llvm::StringRef &text, bool inParentheses) {
  skipBlanks(text);
  while (inParentheses && !text.empty() &&
         llvm::StringRef("\r\n#").contains(text.front())) {
    if (text.front() == '#')
      text = text.drop_until([](char c) { return c == '\n' || c == '\r'; });
    text = text.ltrim(" \t\f\r\n");
    skipBlanks(text);
  }
}

static llvm::StringRef takeDotted(llvm::StringRef &text) {
  llvm::StringRef word = text.take_while(isDottedCharacter);
  text = text.drop_front(word.size());
  return word;
}

/// The names after `import`: `a, b.c as d`, `(a, b,)`, `*`.
static llvm::SmallVector<llvm::StringRef, 4> takeNames(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef, 4> names;
  skipBlanks(text);
  bool inParentheses = text.consume_front("(");
  while (true) {
    skipSpace(text, inParentheses);
    llvm::StringRef name = takeDotted(text);
    if (name.empty())
      return names;
    names.push_back(name);
    skipSpace(text, inParentheses);
    if (text.consume_front("as ") || text.consume_front("as\t")) {
      skipSpace(text, inParentheses);
      takeDotted(text);
      skipSpace(text, inParentheses);
    }
    if (!text.consume_front(","))
      return names;
  }
}

/// The module between `from` and `import`, if \p before ends so.
static bool endsInFrom(llvm::StringRef before, MentionedImport &import) {
  // A statement may be continued between its words.
  auto trimEnd = [](llvm::StringRef text) {
    while (true) {
      llvm::StringRef trimmed = text.rtrim(" \t\f");
      if (!trimmed.consume_back("\\\n") && !trimmed.consume_back("\\\r\n"))
        return trimmed;
      text = trimmed;
    }
  };
  before = trimEnd(before);
  std::size_t length = 0;
  while (length < before.size() &&
         (isDottedCharacter(before[before.size() - 1 - length]) ||
          // `from . a import` is legal, if unusual.
          (before[before.size() - 1 - length] == ' ' && length > 0 &&
           before.drop_back(length + 1).ends_with("."))))
    ++length;
  llvm::StringRef module = before.take_back(length);
  llvm::StringRef keyword = trimEnd(before.drop_back(length));
  if (module.empty() || !keyword.ends_with("from"))
    return false;
  llvm::StringRef name = module.ltrim(". ");
  import.dots = static_cast<unsigned>(module.drop_back(name.size()).count('.'));
  import.module = name;
  return true;
}

std::vector<MentionedImport> looplint::scanImports(llvm::StringRef text) {
  static constexpr llvm::StringLiteral keyword = "import";
  std::vector<MentionedImport> imports;
  const char *end = text.end();
  for (const char *at = text.begin(); at < end;) {
    at =
        static_cast<const char *>(memmem(at, static_cast<std::size_t>(end - at),
                                         keyword.data(), keyword.size()));
    if (!at)
      break;
    std::size_t begin = static_cast<std::size_t>(at - text.begin());
    at += keyword.size();
    llvm::StringRef before = text.take_front(begin);
    llvm::StringRef after = text.drop_front(begin + keyword.size());
    bool isWord = (before.empty() || !isWordCharacter(before.back())) &&
                  (after.empty() || !isWordCharacter(after.front()));
    if (!isWord)
      continue;

    MentionedImport import;
    if (endsInFrom(before, import)) {
      import.names = takeNames(after);
      imports.push_back(std::move(import));
      continue;
    }
    for (llvm::StringRef module : takeNames(after))
      imports.push_back({.module = module, .dots = 0, .names = {}});
  }
  return imports;
}
