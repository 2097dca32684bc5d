//===- CompilerVersion.cpp - which GCC a command starts -------------------===//
//
// To ask the compiler is to run whatever a checked-out file names, so nobody is
// asked. `c++` is a link to `g++-12` on many machines; where it is a program of
// its own, its version is not known.
//
//===----------------------------------------------------------------------===//

#include "CompilerVersion.h"

#include "Paths.h"
#include "looplint/Program/UnitRequest.h"

#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using namespace looplint;

/// 12 of "x86_64-linux-gnu-g++-12.2".
static std::uint8_t versionIn(llvm::StringRef name) {
  for (llvm::StringRef compiler : {"g++-", "gcc-"}) {
    std::size_t at = name.rfind(compiler);
    // Not that of `clang++-22`.
    bool isGcc =
        at != llvm::StringRef::npos && (at == 0 || name[at - 1] == '-');
    if (!isGcc)
      continue;
    std::uint8_t version = 0;
    if (!name.drop_front(at + compiler.size())
             .split('.')
             .first.getAsInteger(10, version))
      return version;
  }
  return 0;
}

std::uint8_t looplint::gccVersion(const CompileCommand &command) {
  std::vector<std::string> words = withoutLaunchers(command.arguments);
  if (words.empty())
    return 0;
  llvm::StringRef program = words.front();
  if (std::uint8_t version = versionIn(llvm::sys::path::filename(program)))
    return version;
  llvm::SmallString<256> path(program);
  if (llvm::sys::path::filename(program) != program) {
    llvm::sys::path::make_absolute(command.directory, path);
  } else if (llvm::ErrorOr<std::string> found =
                 llvm::sys::findProgramByName(program)) {
    path = *found;
  }
  return versionIn(llvm::sys::path::filename(realPath(path)));
}
