//===- CompileCommands.h - how a project's C++ is compiled ----------------===//

#ifndef LOOPLINT_LIB_DRIVER_COMPILECOMMANDS_H
#define LOOPLINT_LIB_DRIVER_COMPILECOMMANDS_H

#include "looplint/Driver/Configuration.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace looplint {

/// Looks for compile_commands.json in \p folder (absolute), in its `build`,
/// then in what else projects are built in (the newest), and in the folders
/// above likewise; empty if there is none.
std::string findCompileCommands(llvm::StringRef folder);
/// That of the build folder itself, or what is given where that is the file;
/// empty if there is none.
std::string compileCommandsIn(llvm::StringRef folder);

/// The entries, the first for each file. Fails for a file that cannot be read
/// or is no such database.
llvm::Expected<std::vector<CompileCommand>>
readCompileCommands(llvm::StringRef path);

/// How files are compiled that may have no command of their own. Not for
/// several threads.
class Neighbours {
public:
  /// \p commands stay alive.
  explicit Neighbours(llvm::ArrayRef<CompileCommand> commands)
      : commands(commands) {}

  /// Of \p file (a real path): its own command, or that of a unit near it, for
  /// a header one that includes it if there is one. None where there are no
  /// commands.
  std::optional<CompileCommand> commandFor(llvm::StringRef file);

private:
  const CompileCommand &nearest(llvm::StringRef header);
  const llvm::StringSet<> &includedBy(llvm::StringRef unit);

  llvm::ArrayRef<CompileCommand> commands;
  /// By unit, the names of the files that it includes itself, without folders.
  llvm::StringMap<llvm::StringSet<>> included;
};

/// The units that \p unit stands for where it is one that a build system has
/// made by including others, which CMake and Meson call a unity build; else
/// none.
std::vector<CompileCommand> partsOf(const CompileCommand &unit);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_COMPILECOMMANDS_H
