//===- main.cpp - looplint-cxx: the C++ frontend as its own process -------===//
//
// looplint links no Clang; it feeds this. A crash of Clang then costs the file
// that caused it and not the run.
//
//===----------------------------------------------------------------------===//

#include "Worker.h"
#include "looplint/Frontend/Cpp/Lower.h"
#include "looplint/Program/Print.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>

namespace looplint {

static constexpr llvm::StringLiteral usage =
    "usage: looplint-cxx --print [--root DIR]... FILE -- COMPILE ARGUMENTS\n"
    "  prints what FILE and its headers below the roots, by default FILE's\n"
    "  folder, are lowered to\n"
    "usage: looplint-cxx --worker\n"
    "  what looplint starts: answers requests on its standard input\n";

static std::string absolute(llvm::StringRef path) {
  llvm::SmallString<256> result(path);
  llvm::sys::fs::make_absolute(result);
  llvm::sys::path::remove_dots(result, /*remove_dot_dot=*/true);
  return result.str().str();
}

/// Nothing where \p words are not what the usage says.
static std::optional<UnitRequest>
readRequest(llvm::ArrayRef<const char *> words) {
  UnitRequest request;
  request.directory = absolute("");
  while (words.size() >= 2 && llvm::StringRef(words[0]) == "--root") {
    request.projectRoots.push_back(absolute(words[1]));
    words = words.drop_front(2);
  }
  if (words.empty() || llvm::StringRef(words[0]).starts_with("-") ||
      (words.size() > 1 && llvm::StringRef(words[1]) != "--"))
    return {};
  request.file = absolute(words[0]);
  if (request.projectRoots.empty())
    request.projectRoots.push_back(
        llvm::sys::path::parent_path(request.file).str());
  request.command = {"clang"};
  if (words.size() > 2)
    request.command.insert(request.command.end(), words.begin() + 2,
                           words.end());
  request.command.push_back(request.file);
  return request;
}

static int printUnit(llvm::ArrayRef<const char *> words) {
  std::optional<UnitRequest> request = readRequest(words);
  if (!request) {
    llvm::errs() << usage;
    return 2;
  }
  for (const Summary &summary : cpp::lower(*request)) {
    llvm::outs() << "file " << llvm::sys::path::filename(summary.path) << "\n";
    print(summary, llvm::outs());
  }
  return 0;
}

} // namespace looplint

int main(int argc, char **argv) {
  llvm::InitLLVM initialize(argc, argv);
  llvm::ArrayRef<const char *> words(argv + 1, argv + argc);
  if (!words.empty() && llvm::StringRef(words[0]) == "--print")
    return looplint::printUnit(words.drop_front());
  if (words.size() == 1 && llvm::StringRef(words[0]) == "--worker")
    return looplint::serve();
  llvm::errs() << looplint::usage;
  return 2;
}
