//===- Configuration.h - what a run is to do ------------------------------===//
//
// docs/configuration.md is the user's view of this. Settings come from three
// places, of which the first that speaks decides: the command line, one
// configuration file, the defaults. There is one configuration for a run and
// not one for each folder, because the program is analysed as a whole.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_DRIVER_CONFIGURATION_H
#define LOOPLINT_DRIVER_CONFIGURATION_H

#include "looplint/Driver/Options.h"
#include "looplint/Driver/RuleSelection.h"
#include "looplint/Models/Effect.h"
#include "looplint/Report/Report.h"
#include "looplint/Rules/Finding.h"

#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace looplint {

/// Rules that are off in the files matching a pattern.
struct FileIgnores {
  std::string pattern; // relative to Configuration::root
  RuleSet rules;
};

/// The target version of the files matching a pattern.
struct FileVersion {
  std::string pattern; // relative to Configuration::root
  Version version = 0;
};

/// An entry of compile_commands.json.
struct CompileCommand {
  std::string directory; // absolute
  std::string file;      // absolute, symbolic links followed
  std::vector<std::string> arguments;
};

struct Configuration {
  std::vector<std::string> paths;
  std::string stdinFilename;

  /// The file that was read; empty where there is none.
  std::string file;
  /// Absolute: the folder of that file, or the common parent of the paths.
  /// Patterns and the paths of models are relative to it.
  std::string root;

  RuleSet enabled;
  std::vector<FileIgnores> fileIgnores;
  /// Set where the built-in list of excluded folders is replaced.
  std::optional<std::vector<std::string>> exclude;
  std::vector<std::string> extendExclude;
  bool respectGitignore = true;
  std::vector<std::string> models; // absolute

  /// How the project's C++ is compiled, below the paths and elsewhere; empty
  /// where that is not known, or where it is not analysed.
  std::vector<CompileCommand> compileCommands;
  std::vector<std::string> compileCommandsFiles;
  std::string cppWorker;    // looplint-cxx
  unsigned unitTimeout = 0; // in seconds

  Version targetVersion = 310;
  /// Where it differs; the first that matches counts.
  std::vector<FileVersion> fileVersions;
  std::string targetVersionOrigin; // "--target-version", "pyproject.toml", …
  std::vector<std::string> consoleScripts; // "package.module:function"
  Confidence confidence = Confidence::Likely;
  OutputFormat outputFormat = OutputFormat::Text;
  /// Categories of blocking calls that are reported although opt-in.
  std::vector<std::string> blockingTiers;

  unsigned jobs = 0;
  bool skipIrrelevant = true;
  /// Where summaries are kept from one run to the next; empty: nowhere.
  std::string cacheFolder;

  /// Oddities that do not prevent the run; for standard error.
  std::vector<std::string> warnings;
};

/// Decides every setting. Fails where the request or the configuration file is
/// wrong; errors in the file begin with `path:line:column: `.
llvm::Expected<Configuration> configure(const Options &options);

} // namespace looplint

#endif // LOOPLINT_DRIVER_CONFIGURATION_H
