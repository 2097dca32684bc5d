//===- Paths.cpp - names of files -----------------------------------------===//

#include "Paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace looplint;

std::string looplint::absolutePath(llvm::StringRef given) {
  llvm::SmallString<128> absolute(given);
  // Without a working directory nothing relative can be opened either, and
  // whoever opens it says so.
  if (llvm::sys::fs::make_absolute(absolute))
    return given.str();
  llvm::sys::path::remove_dots(absolute, /*remove_dot_dot=*/true);
  return absolute.str().str();
}

std::string looplint::shownPath(llvm::StringRef file) {
  llvm::SmallString<128> working;
  if (llvm::sys::fs::current_path(working))
    return file.str();
  llvm::StringRef shown = file;
  if (shown.consume_front(working) && shown.consume_front("/"))
    return shown.str();
  return file.str();
}

std::string looplint::realPath(llvm::StringRef path) {
  llvm::SmallString<256> real;
  if (llvm::sys::fs::real_path(path, real))
    return path.str();
  return real.str().str();
}

std::string RealPaths::of(llvm::StringRef path) {
  if (!llvm::sys::path::is_absolute(path) ||
      llvm::sys::fs::is_symlink_file(path))
    return realPath(path);
  llvm::StringRef folder = llvm::sys::path::parent_path(path);
  auto [known, isNew] = folders.try_emplace(folder);
  if (isNew)
    known->second = realPath(folder);
  llvm::SmallString<256> real(known->second);
  llvm::sys::path::append(real, llvm::sys::path::filename(path));
  return real.str().str();
}
