//===- CppAdvice.cpp - what to say where C++ was passed over --------------===//
//
// "no findings" must not be what somebody reads who has no
// compile_commands.json yet, or one of another machine. A project of Python
// with a few extension modules, on the other hand, is not to be told about C++
// in every run.
//
//===----------------------------------------------------------------------===//

#include "looplint/Driver/CppAdvice.h"

#include "Paths.h"
#include "looplint/Source/CppFiles.h"
#include "looplint/Source/Discovery.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace looplint;

static bool isUnit(llvm::StringRef path) {
  return isCppFile(path) && !isCppHeader(path);
}

static bool isNamed(const Configuration &configuration) {
  return llvm::any_of(configuration.paths, [&](llvm::StringRef path) {
    return isCppFile(path == "-" ? configuration.stdinFilename : path);
  });
}

/// Whether units lie below the paths. Asked for only where nothing else does.
static bool isThere(const Configuration &configuration) {
  DiscoveryOptions options;
  options.exclude = configuration.exclude;
  options.extendExclude = configuration.extendExclude;
  options.excludeRoot = configuration.root;
  options.respectGitignore = configuration.respectGitignore;
  options.withCpp = true;
  std::vector<std::string> paths = configuration.paths;
  llvm::erase(paths, "-");
  llvm::Expected<DiscoveryResult> found = discover(paths, options);
  if (!found) {
    llvm::consumeError(found.takeError());
    return false;
  }
  return llvm::any_of(found->files,
                      [](const FoundFile &file) { return isUnit(file.path); });
}

static std::string withoutDatabase(const Configuration &configuration) {
  std::string why = "no compile_commands.json was found";
  if (!configuration.compileCommandsFiles.empty())
    why = "`" + shownPath(configuration.compileCommandsFiles.front()) +
          "` lists no commands";
  return "C++ is not analysed: " + why +
         " (CMake writes it for -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, Meson "
         "always, for others `bear -- make`; -p names its folder)";
}

std::optional<std::string>
looplint::adviceForCpp(const Configuration &configuration,
                       const Sources &sources) {
  if (!configuration.warnings.empty())
    return std::nullopt;
  if (configuration.compileCommands.empty()) {
    bool isMissed = isNamed(configuration) ||
                    (sources.fileCount() == 0 && isThere(configuration));
    return isMissed ? std::optional(withoutDatabase(configuration))
                    : std::nullopt;
  }

  llvm::StringSet<> known;
  for (const CompileCommand &command : configuration.compileCommands)
    known.insert(command.file);
  unsigned units = 0;
  unsigned others = 0;
  for (std::uint32_t f = 0; f < sources.fileCount(); ++f) {
    const SourceFile &file = sources.file(FileId(f));
    units += isUnit(file.path());
    others += !isCppFile(file.path());
    if (isUnit(file.path()) && known.contains(realPath(file.diskPath())))
      return std::nullopt;
  }
  // A unit that is named is read with another one's command.
  if (units <= others || isNamed(configuration))
    return std::nullopt;
  return "C++ is not analysed: `" +
         shownPath(configuration.compileCommandsFiles.front()) +
         "` has a command for none of the " + std::to_string(units) +
         (units == 1 ? " unit" : " units") + " below the paths";
}
