//===- Command.cpp --------------------------------------------------------===//
//
// Clang refuses a command for one option that it does not know, and projects
// are built with GCC as often as not. So Clang's own table of options decides
// what stays; where that is still refused, for a processor that this Clang does
// not know, say, what says how the text is to be read is enough.
//
//===----------------------------------------------------------------------===//

#include "Command.h"

#include "clang/Driver/Driver.h"
#include "clang/Driver/Types.h"
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
#include "llvm/Support/TargetSelect.h"

#include <dlfcn.h>

using namespace clang::options;

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

static bool isAnyOf(const llvm::opt::Option &option,
                    llvm::ArrayRef<clang::options::ID> ids) {
  return llvm::any_of(ids, [&](auto id) { return option.matches(id); });
}

/// Options that change how mistakes are reported, which only we do.
static bool isAboutMistakes(llvm::StringRef word) {
  return word == "-Wfatal-errors" || word == "-pedantic-errors" ||
         word.starts_with("-Werror") || word.starts_with("-fmax-errors") ||
         word.starts_with("-ferror-limit");
}

/// Options that name what the build has left on the disk, or that would leave
/// something there.
static bool isOfTheBuild(const llvm::opt::Arg &argument) {
  const llvm::opt::Option &option = argument.getOption();
  if (isAnyOf(option, {OPT_include_pch, OPT_M_Group, OPT_arch, OPT_config,
                       OPT_specs_EQ, OPT_fprofile_use_EQ,
                       OPT_fprofile_instr_use_EQ, OPT_fprofile_sample_use_EQ}))
    return true;
  auto isDefinition = [](llvm::StringRef value) {
    return value.starts_with("-D") || value.starts_with("-U") ||
           value.starts_with("-I");
  };
  return isAnyOf(option, {OPT_Wp_COMMA, OPT_Xpreprocessor}) &&
         llvm::none_of(argument.getValues(), isDefinition);
}

/// What the text means, whatever machine it is compiled for.
static bool saysHowToRead(const llvm::opt::Option &option) {
  return isAnyOf(option,
                 {OPT_Preprocessor_Group, OPT_clang_i_Group,
                  OPT_IncludePath_Group, OPT_std_EQ, OPT_ansi, OPT_x,
                  OPT_stdlib_EQ, OPT__sysroot_EQ, OPT_pthread, OPT_m32, OPT_m64,
                  OPT_fexceptions, OPT_fno_exceptions, OPT_frtti, OPT_fno_rtti,
                  OPT_fms_extensions, OPT_fms_compatibility, OPT_fcoroutines});
}

/// `-xHost` is a processor, for some.
static bool isUnknownLanguage(const llvm::opt::Arg &argument) {
  using namespace clang::driver::types;
  return argument.getOption().matches(OPT_x) &&
         lookupTypeForTypeSpecifier(argument.getValue()) == TY_INVALID;
}

static bool isKept(const llvm::opt::Arg &argument, bool isReadingOnly) {
  const llvm::opt::Option &option = argument.getOption();
  if (isAnyOf(option, {OPT_UNKNOWN, OPT_INPUT}) || isOfTheBuild(argument) ||
      isUnknownLanguage(argument))
    return false;
  return !isReadingOnly || saysHowToRead(option);
}

/// The precompiled header goes by way of two words for Clang's inner program.
static bool isInnerPrecompiledHeader(llvm::ArrayRef<std::string> words) {
  return words.size() > 3 && words[0] == "-Xclang" &&
         words[1] == "-include-pch" && words[2] == "-Xclang";
}

static Words withoutMistakesAndHeaders(const Words &command) {
  Words kept;
  for (std::size_t i = 0; i != command.size(); ++i) {
    if (isInnerPrecompiledHeader(llvm::ArrayRef(command).drop_front(i)))
      i += 3;
    else if (i == 0 || (command[i] != "--" && !isAboutMistakes(command[i])))
      kept.push_back(command[i]);
  }
  return kept;
}

/// The unit's file as the command spells it, which is where `#include "…"`
/// begins to look; a command may name others as well, or lack it.
static std::string spellingOf(const UnitRequest &request,
                              const llvm::opt::InputArgList &parsed) {
  llvm::sys::fs::UniqueID wanted;
  bool isThere = !llvm::sys::fs::getUniqueID(request.file, wanted);
  for (const llvm::opt::Arg *argument : parsed.filtered(OPT_INPUT)) {
    llvm::StringRef spelling = argument->getValue();
    llvm::SmallString<256> path(spelling);
    llvm::sys::path::make_absolute(request.directory, path);
    llvm::sys::fs::UniqueID id;
    if (path == request.file ||
        (isThere && !llvm::sys::fs::getUniqueID(path, id) && id == wanted))
      return spelling.str();
  }
  return request.file;
}

/// Each word as it was written, but for those that are no option of Clang's or
/// of no use, and with the unit for the only file.
static Words cleaned(const Words &command, const UnitRequest &request,
                     bool isReadingOnly) {
  Words all = withoutMistakesAndHeaders(command);
  llvm::SmallVector<const char *, 64> words;
  for (const std::string &word : llvm::drop_begin(all))
    words.push_back(word.c_str());
  using namespace clang::driver;
  bool isClStyle = IsClangCL(getDriverMode(all.front(), words));
  unsigned missing = 0;
  unsigned missingCount = 0;
  llvm::opt::InputArgList parsed = clang::getDriverOptTable().ParseArgs(
      words, missing, missingCount,
      llvm::opt::Visibility(isClStyle ? CLOption : ClangOption));

  llvm::opt::ArgStringList kept;
  for (const llvm::opt::Arg *argument : parsed)
    if (isKept(*argument, isReadingOnly && !isClStyle))
      argument->renderAsInput(parsed, kept);
  Words result = {all.front()};
  result.insert(result.end(), kept.begin(), kept.end());
  result.push_back(spellingOf(request, parsed));
  return result;
}

/// Coroutines and what else is new there are what Clang has to be told of.
static bool isCpp20(const Words &command) {
  bool isNew = false;
  for (llvm::StringRef word : command) {
    bool isStandard =
        word.consume_front("-std=") || word.consume_front("--std=") ||
        word.consume_front("/std:") || word.consume_front("-std:");
    if (!isStandard)
      continue;
    llvm::StringRef year = word.rsplit('+').second;
    isNew = llvm::is_contained({"20", "2a", "23", "2b", "26", "2c", "latest"},
                               year);
  }
  return isNew;
}

/// The folder of the library that Clang's code is in.
static std::string clangFolder() {
  Dl_info found{};
  auto *inside = reinterpret_cast<void *>(&clang::getDriverOptTable);
  if (::dladdr(inside, &found) == 0 || !found.dli_fname)
    return {};
  return llvm::sys::path::parent_path(found.dli_fname).str();
}

/// Where Clang's own headers lie: beside the compiler that this was built with,
/// or where the machine has that version today; empty where it has none.
static std::string resourceDirectory() {
  for (const std::string &candidate :
       {std::string(LOOPLINT_CLANG_RESOURCES), clangFolder() + "/clang/22",
        std::string("/usr/lib/llvm-22/lib/clang/22"),
        std::string("/usr/lib64/clang/22"), std::string("/usr/lib/clang/22"),
        std::string("/usr/local/lib/clang/22")})
    if (llvm::sys::fs::exists(candidate + "/include/stddef.h"))
      return candidate;
  return {};
}

bool hasOwnHeaders() { return !resourceDirectory().empty(); }

std::vector<std::string> parseCommand(const UnitRequest &request,
                                      bool isReadingOnly) {
  Words command = withoutLaunchers(request.command);
  if (command.empty())
    return {};
  // Else `aarch64-linux-gnu-g++` is not known to name a target.
  llvm::InitializeAllTargetInfos();
  command = cleaned(withResponseFiles(command, request.directory), request,
                    isReadingOnly);
  Words added = {"-w", "-ferror-limit=0",
                 "-resource-dir=" + resourceDirectory()};
  if (isCpp20(command))
    for (const std::string &define : request.defines)
      added.push_back("-D" + define);

  using namespace clang::tooling;
  ArgumentsAdjuster adjust =
      combineAdjusters(getClangStripOutputAdjuster(),
                       combineAdjusters(getStripPluginsAdjuster(),
                                        getClangSyntaxOnlyAdjuster()));
  command = adjust(command, request.file);
  // Before the command's own, whose definitions win.
  command = getInsertArgumentAdjuster(added, ArgumentInsertPosition::BEGIN)(
      command, request.file);
  if (!isReadingOnly)
    addTargetAndModeForProgramName(command, command.front());
  return command;
}

} // namespace looplint::cpp
