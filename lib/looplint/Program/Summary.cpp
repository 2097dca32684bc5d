//===- Summary.cpp - one file of the program, lowered ---------------------===//

#include "looplint/Program/Summary.h"

#include "llvm/Support/StringSaver.h"

using namespace looplint;
using llvm::StringRef;

StringId Summary::intern(StringRef contents) {
  // Most summaries that are read get no string more.
  for (std::uint32_t i = stringIndex.size(); i < stringCount(); ++i)
    stringIndex.try_emplace(strings[i], i);
  const auto known = stringIndex.find(contents);
  if (known != stringIndex.end())
    return StringId(known->second);

  // The key must not point into the caller's buffer, which the summary
  // outlives.
  const StringRef saved = llvm::StringSaver(*text).save(contents);
  const std::uint32_t index = stringCount();
  strings.push_back(saved);
  stringIndex.try_emplace(saved, index);
  return StringId(index);
}

void Summary::adoptStrings(llvm::ArrayRef<std::uint32_t> lengths,
                           StringRef contents) {
  assert(strings.empty() && "strings have ids already");
  StringRef rest = llvm::StringSaver(*text).save(contents);
  strings.reserve(lengths.size());
  for (std::uint32_t length : lengths) {
    strings.push_back(rest.take_front(length));
    rest = rest.drop_front(length);
  }
}
