//===- QualifiedName.cpp - the names of two languages in one table --------===//

#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/StringExtras.h"

using namespace looplint;

static std::string replaceAll(llvm::StringRef text, llvm::StringRef from,
                              llvm::StringRef to) {
  std::string result;
  for (llvm::StringRef part : llvm::split(text, from)) {
    if (!result.empty())
      result += to;
    result += part;
  }
  return result;
}

std::string looplint::cppName(llvm::StringRef written) {
  return cppNamePrefix.str() + replaceAll(written, "::", ".");
}

std::string looplint::spelled(llvm::StringRef name) {
  return name.consume_front(cppNamePrefix) ? replaceAll(name, ".", "::")
                                           : name.str();
}
