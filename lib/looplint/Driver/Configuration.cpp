//===- Configuration.cpp - what a run is to do ----------------------------===//

#include "looplint/Driver/Configuration.h"

#include "CompileCommands.h"
#include "ConfigurationFile.h"
#include "CppWorker.h"
#include "Paths.h"
#include "ProjectFiles.h"
#include "looplint/Driver/PythonVersion.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace looplint;
namespace path = llvm::sys::path;

template <typename... Parts>
static llvm::Error badRequest(const Parts &...parts) {
  return llvm::createStringError((std::string() + ... + parts));
}

static std::string folderOf(const Options &options, llvm::StringRef given) {
  if (given == "-")
    given = options.stdinFilename;
  if (given.empty())
    return absolutePath(".");
  std::string absolute = absolutePath(given);
  if (llvm::sys::fs::is_directory(absolute))
    return absolute;
  return path::parent_path(absolute).str();
}

static bool isWithin(llvm::StringRef inner, llvm::StringRef folder) {
  return inner == folder || folder == "/" ||
         (inner.consume_front(folder) && inner.starts_with("/"));
}

/// The folder that contains all paths, where the search for settings starts.
static std::string commonFolder(const Options &options) {
  std::string common;
  for (const std::string &given : options.paths) {
    std::string folder = folderOf(options, given);
    if (common.empty())
      common = folder;
    while (!isWithin(folder, common))
      common = path::parent_path(common).str();
  }
  return common.empty() ? absolutePath(".") : common;
}

/// Patterns of the command line are meant from where it runs, those of the
/// file from where that is. Only a pattern with an inner slash knows places.
static std::string relativeToRoot(llvm::StringRef pattern,
                                  llvm::StringRef root) {
  std::string working = absolutePath(".");
  bool hasPlace = pattern.drop_back(pattern.empty() ? 0 : 1).contains('/');
  if (!hasPlace || working == root || !isWithin(working, root))
    return pattern.str();
  llvm::StringRef between = llvm::StringRef(working).drop_front(root.size());
  return (between.ltrim('/') + "/" + pattern.ltrim('/')).str();
}

static llvm::Expected<std::optional<FileSettings>>
readSettings(const Options &options, llvm::StringRef folder,
             std::vector<std::string> &warnings) {
  if (options.configurationFile.empty())
    return findConfigurationFile(folder, warnings);
  return readConfigurationFile(absolutePath(options.configurationFile));
}

/// The command line's --select replaces all that the file says of rules; its
/// --ignore adds to that.
static llvm::Error chooseRules(const Options &options,
                               const FileSettings &settings,
                               Configuration &configuration) {
  Strings select = settings.select.value_or(Strings{"ALL"});
  Strings ignore = settings.ignore.value_or(Strings());
  if (options.select) {
    select = *options.select;
    ignore.clear();
  }
  llvm::append_range(ignore, options.ignore);
  llvm::Expected<RuleSet> enabled = selectRules(select, ignore);
  if (!enabled)
    return enabled.takeError();
  configuration.enabled = std::move(*enabled);

  for (const auto &[pattern, selectors] : settings.perFileIgnores) {
    llvm::Expected<RuleSet> rules = selectRules(selectors, {});
    if (!rules)
      return rules.takeError();
    configuration.fileIgnores.push_back({pattern, std::move(*rules)});
  }
  return llvm::Error::success();
}

static llvm::Error chooseVersion(const Options &options,
                                 const FileSettings &settings,
                                 llvm::StringRef folder,
                                 Configuration &configuration) {
  if (options.targetVersion) {
    std::optional<Version> version = parsePythonVersion(*options.targetVersion);
    if (!version)
      return badRequest("--target-version: expected a version of Python such "
                        "as 3.11, found `",
                        *options.targetVersion, "`");
    configuration.targetVersion = *version;
    configuration.targetVersionOrigin = "--target-version";
    return llvm::Error::success();
  }
  if (settings.targetVersion) {
    configuration.targetVersion = *settings.targetVersion;
    configuration.targetVersionOrigin = path::filename(settings.file).str();
    return llvm::Error::success();
  }
  configuration.targetVersionOrigin = "the default";
  if (std::optional<SupportedVersion> found = findSupportedVersion(folder)) {
    configuration.targetVersion = found->version;
    configuration.targetVersionOrigin = found->file;
  }
  return llvm::Error::success();
}

/// What the command line names is added to what the file names.
static llvm::Error chooseTiers(const Options &options,
                               const FileSettings &settings,
                               Configuration &configuration) {
  configuration.blockingTiers = settings.blockingTiers.value_or(Strings());
  for (const std::string &tier : options.blockingTiers) {
    if (!llvm::is_contained(blockingTierSpellings(), tier))
      return badRequest("--blocking-tier: expected one of ",
                        llvm::join(blockingTierSpellings(), ", "), ", found `",
                        tier, "`");
    configuration.blockingTiers.push_back(tier);
  }
  return llvm::Error::success();
}

static llvm::Error chooseOutput(const Options &options,
                                const FileSettings &settings,
                                Configuration &configuration) {
  configuration.confidence = settings.confidence.value_or(Confidence::Likely);
  if (options.confidence) {
    std::optional<Confidence> confidence = parseConfidence(*options.confidence);
    if (!confidence)
      return badRequest("--confidence: expected definite, likely or possible, "
                        "found `",
                        *options.confidence, "`");
    configuration.confidence = *confidence;
  }

  configuration.outputFormat =
      settings.outputFormat.value_or(OutputFormat::Text);
  if (options.outputFormat) {
    std::optional<OutputFormat> format =
        parseOutputFormat(*options.outputFormat);
    if (!format)
      return badRequest("--output-format: expected one of ",
                        llvm::join(outputFormatSpellings(), ", "), ", found `",
                        *options.outputFormat, "`");
    configuration.outputFormat = *format;
  }
  return llvm::Error::success();
}

/// Empty where the user has no folder for caches.
static std::string cacheFolder(const std::string &given) {
  llvm::SmallString<128> folder(given);
  if (given.empty() && path::cache_directory(folder))
    path::append(folder, "looplint");
  return folder.str().str();
}

static void chooseFiles(const Options &options, const FileSettings &settings,
                        llvm::StringRef folder, Configuration &configuration) {
  configuration.paths = options.paths;
  if (configuration.paths.empty())
    configuration.paths = {"."};
  configuration.stdinFilename =
      options.stdinFilename.empty() ? "<stdin>" : options.stdinFilename;
  configuration.file = settings.file;
  configuration.root = settings.file.empty()
                           ? folder.str()
                           : path::parent_path(settings.file).str();
  configuration.exclude = settings.exclude;
  configuration.extendExclude = settings.extendExclude.value_or(Strings());
  for (const std::string &pattern : options.exclude)
    configuration.extendExclude.push_back(
        relativeToRoot(pattern, configuration.root));
  configuration.respectGitignore = settings.respectGitignore.value_or(true);
  for (const std::string &model : settings.models.value_or(Strings())) {
    llvm::SmallString<128> file(model);
    path::make_absolute(configuration.root, file);
    configuration.models.push_back(file.str().str());
  }
  configuration.jobs = options.jobs;
  configuration.unitTimeout = options.unitTimeout;
  configuration.skipIrrelevant = options.skipIrrelevant;
  if (options.useCache)
    configuration.cacheFolder = cacheFolder(options.cacheFolder);
}

static bool isBelowPaths(const CompileCommand &command,
                         const Configuration &configuration) {
  return llvm::any_of(configuration.paths, [&](llvm::StringRef given) {
    return given != "-" && isWithin(command.file, realPath(given));
  });
}

/// Those that -p names, or else that are met on the way up from all paths
/// together and from each of them: a project of several projects has several.
static std::vector<std::string> databasesFor(const Options &options,
                                             llvm::StringRef folder) {
  if (!options.buildFolder.empty())
    return {compileCommandsIn(options.buildFolder)};
  std::vector<std::string> files = {findCompileCommands(folder)};
  for (const std::string &given : options.paths) {
    std::string file = findCompileCommands(folderOf(options, given));
    if (!llvm::is_contained(files, file))
      files.push_back(std::move(file));
  }
  llvm::erase(files, "");
  return files;
}

/// C++ is part of the program where it is known how it is compiled. What was
/// asked for by -p is an error where it is missing, else a warning.
static llvm::Error chooseCpp(const Options &options, llvm::StringRef folder,
                             Configuration &configuration) {
  bool isAsked = !options.buildFolder.empty();
  auto fail = [&](const std::string &why) -> llvm::Error {
    if (isAsked)
      return badRequest("-p: ", why);
    configuration.warnings.push_back("C++ is not analysed: " + why);
    return llvm::Error::success();
  };
  std::vector<CompileCommand> all;
  llvm::StringSet<> known;
  for (const std::string &file : databasesFor(options, folder)) {
    if (file.empty())
      return fail("`" + options.buildFolder +
                  "` contains no compile_commands.json");
    llvm::Expected<std::vector<CompileCommand>> commands =
        readCompileCommands(file);
    if (!commands)
      return fail(llvm::toString(commands.takeError()));
    for (CompileCommand &command : *commands)
      if (known.insert(command.file).second)
        all.push_back(std::move(command));
    configuration.compileCommandsFiles.push_back(file);
  }
  if (all.empty())
    return llvm::Error::success();

  // Those of other units say how the headers below the paths are read.
  bool isAnyBelow = llvm::any_of(all, [&](const CompileCommand &command) {
    return isBelowPaths(command, configuration);
  });
  configuration.cppWorker = findCppWorker();
  if (configuration.cppWorker.empty() && !isAnyBelow)
    return llvm::Error::success();
  if (configuration.cppWorker.empty())
    return fail("looplint-cxx is neither beside looplint nor on the PATH; "
                "`./dev build` makes it");
  configuration.compileCommands = std::move(all);
  return llvm::Error::success();
}

llvm::Expected<Configuration> looplint::configure(const Options &options) {
  Configuration configuration;
  std::string folder = commonFolder(options);
  llvm::Expected<std::optional<FileSettings>> found =
      readSettings(options, folder, configuration.warnings);
  if (!found)
    return found.takeError();

  FileSettings settings = found->value_or(FileSettings());
  chooseFiles(options, settings, folder, configuration);
  if (llvm::Error error = chooseCpp(options, folder, configuration))
    return error;
  if (llvm::Error error = chooseRules(options, settings, configuration))
    return error;
  if (llvm::Error error =
          chooseVersion(options, settings, folder, configuration))
    return error;
  configuration.consoleScripts = findConsoleScripts(folder);
  for (const auto &[pattern, version] : settings.perFileTargetVersions)
    configuration.fileVersions.push_back({pattern, version});
  if (llvm::Error error = chooseTiers(options, settings, configuration))
    return error;
  if (llvm::Error error = chooseOutput(options, settings, configuration))
    return error;
  return configuration;
}
