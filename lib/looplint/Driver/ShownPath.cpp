//===- ShownPath.cpp - a file as the user would name it -------------------===//

#include "ShownPath.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

using namespace looplint;

std::string looplint::shownPath(llvm::StringRef file) {
  llvm::SmallString<128> working;
  if (llvm::sys::fs::current_path(working))
    return file.str();
  llvm::StringRef shown = file;
  if (shown.consume_front(working) && shown.consume_front("/"))
    return shown.str();
  return file.str();
}
