//===- StandardModules.cpp ------------------------------------------------===//

#include "StandardModules.h"

#include <algorithm>

using namespace looplint;

static constexpr llvm::StringLiteral standardModules[] = {
#include "StandardModules.def"
};

bool looplint::isStandardModule(llvm::StringRef module) {
  return std::ranges::binary_search(standardModules, module.split('.').first);
}
