//===- Pages.h - docs/rules, embedded at build time -----------------------===//

#ifndef LOOPLINT_TOOLS_PAGES_H
#define LOOPLINT_TOOLS_PAGES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace looplint {

struct Page {
  llvm::StringLiteral code; // "LOOP201"
  llvm::StringLiteral text; // Markdown
};

llvm::ArrayRef<Page> allPages();

} // namespace looplint

#endif // LOOPLINT_TOOLS_PAGES_H
