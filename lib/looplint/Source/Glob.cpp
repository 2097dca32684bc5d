//===- Glob.cpp - Git's wildcards -----------------------------------------===//
//
// llvm::GlobPattern, fnmatch(3) and Git differ in what `**`, a slash in a class
// and an unfinished class mean, and only Git's meaning is right here.
//
// Matching remembers the last `*` and the last `**` and, on a mismatch, lets
// the last `*` take one byte more, or where that would be a slash, the last
// `**`. Earlier ones need no second try: if what stands between two of them
// matches at some place, the first such place leaves the most to the rest.
//
//===----------------------------------------------------------------------===//

#include "looplint/Source/Glob.h"

#include "llvm/ADT/StringExtras.h"

#include <optional>

using namespace looplint;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

Glob::Glob(StringRef pattern) {
  bool afterSlash = true; // the beginning counts as one
  for (StringRef rest = pattern; !rest.empty();) {
    const char c = rest.front();
    if (c == '*') {
      rest = addStars(rest, afterSlash);
      afterSlash = tokens.back().kind == Kind::AnyDirectories;
      continue;
    }

    rest = rest.drop_front();
    afterSlash = c == '/';
    if (c == '?') {
      tokens.push_back({Kind::Any});
      continue;
    }
    if (c == '[') {
      isMalformed = !addClass(rest);
      if (isMalformed)
        return;
      continue;
    }
    isMalformed = c == '\\' && rest.empty();
    if (isMalformed)
      return;
    char literal = c;
    if (c == '\\') {
      literal = rest.front();
      rest = rest.drop_front();
      afterSlash = literal == '/';
    }
    tokens.push_back({Kind::Byte, static_cast<unsigned char>(literal)});
  }
}

StringRef Glob::addStars(StringRef rest, bool afterSlash) {
  const StringRef after = rest.ltrim('*');
  const bool isDouble = rest.size() - after.size() > 1;
  const bool beforeSlash =
      after.empty() || after.starts_with("/") || after.starts_with("\\/");
  if (!isDouble || !afterSlash || !beforeSlash) {
    tokens.push_back({Kind::Star});
    return after;
  }
  if (after.starts_with("/")) {
    tokens.push_back({Kind::AnyDirectories});
    return after.drop_front();
  }
  tokens.push_back({Kind::AnyPath});
  return after;
}

/// The bytes of `[:name:]` in ASCII, whatever the locale.
static std::optional<bool (*)(char)> namedClass(StringRef name) {
  struct Named {
    StringRef name;
    bool (*contains)(char);
  };

  constexpr Named all[] = {
      {"alnum", [](char c) { return llvm::isAlnum(c); }},
      {"alpha", [](char c) { return llvm::isAlpha(c); }},
      {"blank", [](char c) { return c == ' ' || c == '\t'; }},
      {"cntrl", [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }},
      {"digit", [](char c) { return llvm::isDigit(c); }},
      {"graph", [](char c) { return llvm::isPrint(c) && c != ' '; }},
      {"lower", [](char c) { return llvm::isLower(c); }},
      {"print", [](char c) { return llvm::isPrint(c); }},
      {"punct", [](char c) { return llvm::isPunct(c); }},
      {"space", [](char c) { return llvm::isSpace(c); }},
      {"upper", [](char c) { return llvm::isUpper(c); }},
      {"xdigit", [](char c) { return llvm::isHexDigit(c); }},
  };
  for (const Named &named : all)
    if (named.name == name)
      return named.contains;
  return std::nullopt;
}

static unsigned char takeByte(StringRef &rest) {
  const auto byte = static_cast<unsigned char>(rest.front());
  rest = rest.drop_front();
  return byte;
}

/// Adds `[:name:]` from the beginning of \p rest, which then is behind it. None
/// where it is no such thing; false where there is no such class.
static std::optional<bool> addNamedClass(StringRef &rest,
                                         std::bitset<256> &members) {
  const std::size_t end = rest.find(']', 2);
  if (!rest.starts_with("[:") ||
      (end != StringRef::npos && (end == 2 || rest[end - 1] != ':')))
    return std::nullopt;
  if (end == StringRef::npos)
    return false;

  const auto contains = namedClass(rest.slice(2, end - 1));
  if (!contains)
    return false;
  for (unsigned byte = 0; byte < 256; ++byte)
    if ((*contains)(static_cast<char>(byte)))
      members.set(byte);
  rest = rest.drop_front(end + 1);
  return true;
}

/// Adds a byte from the beginning of \p rest, or the range that it ends. What a
/// `-` behind it would make a range of is left in \p first: 0 for nothing,
/// which is no byte of a path. False where a backslash ends the pattern.
static bool addMember(StringRef &rest, unsigned char &first,
                      std::bitset<256> &members) {
  unsigned char byte = takeByte(rest);
  const bool isRange =
      byte == '-' && first != 0 && !rest.empty() && rest.front() != ']';
  if (isRange)
    byte = takeByte(rest);
  if (byte == '\\') {
    if (rest.empty())
      return false;
    byte = takeByte(rest);
  }
  for (unsigned member = isRange ? first : byte; member <= byte; ++member)
    members.set(member);
  first = isRange ? 0 : byte;
  return true;
}

bool Glob::addClass(StringRef &rest) {
  std::bitset<256> members;
  const bool isNegated = rest.consume_front("!") || rest.consume_front("^");

  unsigned char first = 0;
  // A `]` right at the beginning is a member.
  for (bool isStart = true; isStart || !rest.starts_with("]");
       isStart = false) {
    if (rest.empty())
      return false;
    const std::optional<bool> named = addNamedClass(rest, members);
    if (named)
      first = 0;
    if (named ? !*named : !addMember(rest, first, members))
      return false;
  }
  rest = rest.drop_front();

  if (isNegated)
    members.flip();
  members.reset('/');
  tokens.push_back({Kind::Class, static_cast<std::uint32_t>(classes.size())});
  classes.push_back(members);
  return true;
}

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

bool Glob::matchesByte(const Token &token, char byte) const {
  switch (token.kind) {
  case Kind::Byte:
    return token.value == static_cast<unsigned char>(byte);
  case Kind::Any:
    return byte != '/';
  case Kind::Class:
    return classes[token.value].test(static_cast<unsigned char>(byte));
  case Kind::Star:
  case Kind::AnyPath:
  case Kind::AnyDirectories:
    return false;
  }
  return false;
}

namespace {
/// Where to go on after a mismatch: the token behind a wildcard, and the place
/// in the path up to which the wildcard has taken.
struct Retry {
  std::size_t token = 0;
  std::size_t at = 0;
  /// Of a `**`: it may end at a slash only.
  bool isAligned = false;
};
} // namespace

/// Lets a `*` take one byte more.
static bool extendStar(std::optional<Retry> &star, StringRef path) {
  if (!star || star->at == path.size() || path[star->at] == '/')
    return false;
  ++star->at;
  return true;
}

/// Lets a `**` take more.
static bool extendAnyPath(std::optional<Retry> &anyPath, StringRef path) {
  if (!anyPath || anyPath->at == path.size())
    return false;
  if (!anyPath->isAligned) {
    ++anyPath->at;
    return true;
  }
  const std::size_t slash = path.find('/', anyPath->at);
  if (slash == StringRef::npos)
    return false;
  anyPath->at = slash + 1;
  return true;
}

bool Glob::matches(StringRef path) const {
  if (isMalformed)
    return false;

  std::optional<Retry> star;
  std::optional<Retry> anyPath;
  std::size_t token = 0;
  std::size_t at = 0;
  while (true) {
    const bool isEnd = token == tokens.size();
    if (isEnd && at == path.size())
      return true;

    if (!isEnd && tokens[token].kind == Kind::Star) {
      star = Retry{++token, at};
      continue;
    }
    if (!isEnd && (tokens[token].kind == Kind::AnyPath ||
                   tokens[token].kind == Kind::AnyDirectories)) {
      const bool isAligned = tokens[token].kind == Kind::AnyDirectories;
      anyPath = Retry{++token, at, isAligned};
      star.reset();
      continue;
    }
    if (!isEnd && at < path.size() && matchesByte(tokens[token], path[at])) {
      ++token;
      ++at;
      continue;
    }

    if (extendStar(star, path)) {
      token = star->token;
      at = star->at;
      continue;
    }
    if (!extendAnyPath(anyPath, path))
      return false;
    star.reset();
    token = anyPath->token;
    at = anyPath->at;
  }
}
