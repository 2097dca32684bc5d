//===- Command.cpp --------------------------------------------------------===//
//
// Clang refuses a command for one option that it does not know, and projects
// are built with GCC as often as not. So Clang's own table of options decides
// what stays.
//
//===----------------------------------------------------------------------===//

#include "Command.h"

#include "clang/Options/Options.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Option/Arg.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

namespace looplint::cpp {

using Words = std::vector<std::string>;

static Words withResponseFiles(const Words &command,
                               llvm::StringRef directory) {
  if (llvm::none_of(command,
                    [](llvm::StringRef word) { return word.starts_with("@"); }))
    return command;
  llvm::BumpPtrAllocator memory;
  llvm::SmallVector<const char *, 64> words;
  for (const std::string &word : command)
    words.push_back(word.c_str());
  llvm::cl::ExpansionContext context(memory, llvm::cl::TokenizeGNUCommandLine);
  context.setCurrentDir(directory);
  // One that cannot be read stays, and Clang says so.
  llvm::consumeError(context.expandResponseFiles(words));
  return {words.begin(), words.end()};
}

/// Options that change how mistakes are reported, which only we do, or that
/// name what another compiler has left on the disk.
static bool isUnwanted(llvm::StringRef word) {
  if (word == "-Wfatal-errors" || word == "-pedantic-errors" ||
      word == "-fmodules-ts" || word.starts_with("-Werror") ||
      word.starts_with("-fmax-errors") || word.starts_with("-ferror-limit"))
    return true;
  return word.starts_with("-specs=");
}

/// Words that are no option of Clang's, each as it was written.
static Words withoutForeignOptions(const Words &command) {
  llvm::SmallVector<const char *, 64> words;
  for (const std::string &word : llvm::drop_begin(command))
    words.push_back(word.c_str());
  unsigned missing = 0;
  unsigned missingCount = 0;
  llvm::opt::InputArgList parsed = clang::getDriverOptTable().ParseArgs(
      words, missing, missingCount,
      llvm::opt::Visibility(clang::options::ClangOption));
  llvm::SmallVector<bool, 64> isForeign(words.size());
  for (const llvm::opt::Arg *argument : parsed)
    if (argument->getOption().getID() == clang::options::OPT_UNKNOWN)
      isForeign[argument->getIndex()] = true;

  Words kept = {command.front()};
  for (std::size_t i = 0; i != words.size(); ++i)
    if (!isForeign[i] && !isUnwanted(words[i]))
      kept.emplace_back(words[i]);
  return kept;
}

/// Where Clang's own headers lie: beside the compiler that this was built with,
/// or where the machine has that version today.
static std::string resourceDirectory() {
  for (llvm::StringRef candidate :
       {llvm::StringRef(LOOPLINT_CLANG_RESOURCES),
        llvm::StringRef("/usr/lib/llvm-22/lib/clang/22")})
    if (llvm::sys::fs::is_directory(candidate + "/include"))
      return candidate.str();
  return LOOPLINT_CLANG_RESOURCES;
}

std::vector<std::string> parseCommand(const UnitRequest &request) {
  if (request.command.empty())
    return {};
  Words command = withoutForeignOptions(
      withResponseFiles(withoutLaunchers(request.command), request.directory));
  Words added = {"-w", "-ferror-limit=0",
                 "-resource-dir=" + resourceDirectory()};
  for (const std::string &define : request.defines)
    added.push_back("-D" + define);

  using namespace clang::tooling;
  ArgumentsAdjuster adjust =
      combineAdjusters(combineAdjusters(getClangStripOutputAdjuster(),
                                        getClangStripDependencyFileAdjuster()),
                       combineAdjusters(getStripPluginsAdjuster(),
                                        getClangSyntaxOnlyAdjuster()));
  command = adjust(command, request.file);
  // Before the command's own, whose definitions win.
  command = getInsertArgumentAdjuster(added, ArgumentInsertPosition::BEGIN)(
      command, request.file);
  addTargetAndModeForProgramName(command, command.front());
  return command;
}

} // namespace looplint::cpp
