//===- JsonReader.cpp - walks through JSON without building it ------------===//

#include "JsonReader.h"

#include "llvm/Support/JSON.h"

using namespace looplint;
using llvm::StringRef;

static constexpr StringRef blanks = " \t\r\n";

void JsonReader::skipBlanks() {
  while (offset < text.size() && blanks.contains(text[offset]))
    ++offset;
}

bool JsonReader::take(char c) {
  skipBlanks();
  if (failure || offset >= text.size() || text[offset] != c)
    return false;
  ++offset;
  return true;
}

JsonReader::Kind JsonReader::peek() {
  skipBlanks();
  switch (offset < text.size() ? text[offset] : '\0') {
  case '{':
    return Kind::Object;
  case '[':
    return Kind::Array;
  case '"':
    return Kind::String;
  default:
    return Kind::Other;
  }
}

/// With its quotes; empty on failure.
StringRef JsonReader::takeStringToken() {
  const std::size_t begin = offset;
  if (!take('"')) {
    fail("a string is expected");
    return {};
  }
  while (true) {
    const std::size_t quote = text.find('"', offset);
    if (quote == StringRef::npos) {
      offset = begin;
      fail("this string does not end");
      return {};
    }
    const StringRef before = text.slice(offset, quote);
    offset = quote + 1;
    // An odd number of backslashes escapes the quote.
    if ((before.size() - before.rtrim('\\').size()) % 2 == 0)
      return text.slice(begin, offset).ltrim(blanks);
  }
}

std::optional<std::string> JsonReader::readString() {
  if (peek() != Kind::String) {
    skipValue();
    return std::nullopt;
  }
  const std::size_t begin = offset;
  const StringRef token = takeStringToken();
  if (failure)
    return std::nullopt;
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(token);
  if (!value) {
    llvm::consumeError(value.takeError());
    offset = begin;
    fail("this string is not valid");
    return std::nullopt;
  }
  std::optional<StringRef> decoded = value->getAsString();
  return decoded ? std::optional(decoded->str()) : std::nullopt;
}

void JsonReader::skipValue() {
  unsigned depth = 0;
  do {
    skipBlanks();
    if (failure || offset >= text.size())
      return fail("the file ends too early");
    const char c = text[offset];
    if (c == '"') {
      takeStringToken();
      continue;
    }
    if ((c == ']' || c == '}' || c == ',') && depth == 0)
      return fail("a value is expected");
    depth += c == '[' || c == '{' ? 1 : 0;
    depth -= c == ']' || c == '}' ? 1 : 0;
    ++offset;
    // A number or a word goes on to the next delimiter.
    if (depth == 0 && c != ']' && c != '}')
      offset = std::min(text.find_first_of(",]} \t\r\n", offset), text.size());
  } while (depth > 0);
}

void JsonReader::readMembers(char close, llvm::function_ref<void()> member) {
  if (take(close))
    return;
  do {
    member();
    if (failure || take(close))
      return;
  } while (take(','));
  fail("`,` or the end of the list is expected");
}

void JsonReader::readObject(llvm::function_ref<void(StringRef)> member) {
  if (peek() != Kind::Object)
    return skipValue();
  take('{');
  readMembers('}', [&] {
    const StringRef key = takeStringToken();
    if (!failure && !take(':'))
      fail("`:` is expected");
    if (!failure)
      member(key.drop_front().drop_back());
  });
}

void JsonReader::readArray(llvm::function_ref<void()> element) {
  if (peek() != Kind::Array)
    return skipValue();
  take('[');
  readMembers(']', element);
}

void JsonReader::expectEnd() {
  skipBlanks();
  if (!failure && offset < text.size())
    fail("the end of the file is expected");
}
