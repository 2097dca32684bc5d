//===- Summary.cpp - one file of the program, lowered ---------------------===//

#include "looplint/Program/Summary.h"

#include "llvm/Support/StringSaver.h"

using namespace looplint;
using llvm::StringRef;

StringId Summary::intern(StringRef contents) {
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
