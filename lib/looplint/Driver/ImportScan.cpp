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

/// `a.b`, which may be written `a . b`.
static std::string takeDotted(llvm::StringRef &text) {
  std::string name;
  while (true) {
    llvm::StringRef word = text.take_while(isDottedCharacter);
    name += word;
    text = text.drop_front(word.size());
    llvm::StringRef next = text.ltrim(" \t");
    bool goesOn = !word.empty() && next.size() < text.size() &&
                  (word.ends_with(".") || next.starts_with("."));
    if (!goesOn)
      return name;
    text = next;
  }
}

/// The names after `import`: `a, b.c as d`, `(a, b,)`, `*`.
static llvm::SmallVector<std::string, 4> takeNames(llvm::StringRef text) {
  llvm::SmallVector<std::string, 4> names;
  skipBlanks(text);
  bool inParentheses = text.consume_front("(");
  while (true) {
    skipSpace(text, inParentheses);
    std::string name = takeDotted(text);
    if (name.empty())
      return names;
    names.push_back(std::move(name));
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

/// Drops blanks and continued lines at the end.
static llvm::StringRef trimEnd(llvm::StringRef text) {
  while (true) {
    text = text.rtrim(" \t\f");
    if (!text.consume_back("\\\n") && !text.consume_back("\\\r\n"))
      return text;
  }
}

/// Where the dotted name at the end of \p text begins. Blanks belong to it
/// where a dot is next to them.
static std::size_t dottedBegin(llvm::StringRef text) {
  std::size_t begin = text.size();
  while (begin > 0) {
    llvm::StringRef left = text.take_front(begin).rtrim(" \t");
    bool isNextToDot =
        text.substr(begin).starts_with(".") || left.ends_with(".");
    bool goesOn = !left.empty() && isDottedCharacter(left.back()) &&
                  (left.size() == begin || isNextToDot);
    if (!goesOn || (left.size() < begin && left.ends_with("from")))
      return begin;
    begin = left.size() - 1;
  }
  return begin;
}

/// The module between `from` and `import`, if \p before ends so.
static bool endsInFrom(llvm::StringRef before, MentionedImport &import) {
  before = trimEnd(before);
  std::size_t begin = dottedBegin(before);
  llvm::StringRef module = before.substr(begin);
  // `from.x import y` and `from..x import y` are legal, too.
  bool isJoined = module.starts_with("from.");
  if (isJoined)
    module = module.drop_front(llvm::StringRef("from").size());
  else if (module.empty() ||
           !trimEnd(before.take_front(begin)).ends_with("from"))
    return false;
  for (char c : module) {
    if (import.module.empty() && c == '.')
      ++import.dots;
    else if (c != ' ' && c != '\t')
      import.module += c;
  }
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
    for (std::string &module : takeNames(after))
      imports.push_back({.module = std::move(module), .dots = 0, .names = {}});
  }
  return imports;
}
