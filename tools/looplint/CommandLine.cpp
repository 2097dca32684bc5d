//===- CommandLine.cpp - arguments to a request ---------------------------===//
//
// The only file that knows CLI11, and the only one compiled with exceptions:
// CLI11 throws for help and for mistakes alike, and both are caught here.
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

#include "Commands.h"
#include "looplint/Report/Report.h"
#include "looplint/Support/Suggest.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp> // NOLINT(misc-include-cleaner): an umbrella

using namespace looplint;

/// More threads only make a mistake in typing expensive.
static constexpr unsigned mostJobs = 1024;
static constexpr unsigned mostUnitSeconds = 86400;

static constexpr const char *checkFooter =
    "Exit status: 0 if there is nothing to report, 1 if there are errors or "
    "warnings,\n2 if the request could not be carried out.";

namespace {

/// Values that CLI11 fills and that are made sense of afterwards.
struct Raw {
  CheckRequest check;
  ExplainRequest explain;
  ModelsRequest models;
  ContextsRequest contexts;
  std::vector<std::string> select;
  std::string targetVersion, confidence, outputFormat;
  std::string color, jobs, unitTimeout;
  std::string buildFolder;
  std::string addNoqa;
  bool noCache = false, noSkip = false;
};

} // namespace

static void addList(CLI::App &command, const std::string &name,
                    std::vector<std::string> &values, const char *type,
                    const char *help) {
  // Without this an option takes all that follows, paths included.
  command.add_option(name, values, help)
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name(type);
}

/// What every command that reads the program needs.
static void addProgramOptions(CLI::App &command, Options &options, Raw &raw) {
  command
      .add_option("--config", options.configurationFile,
                  "Use this looplint.toml or pyproject.toml")
      ->type_name("FILE");
  addList(command, "--exclude", options.exclude, "PATTERN",
          "Leave these files and folders out, as a .gitignore would");
  command
      .add_option("--target-version", raw.targetVersion,
                  "The lowest Python that the project supports (default: its "
                  "requires-python, else 3.10)")
      ->type_name("3.N");
  command
      .add_option("--jobs", raw.jobs,
                  "Threads to use (default: one for each core)")
      ->type_name("N");
  command
      .add_option("--unit-timeout", raw.unitTimeout,
                  "Give a translation unit of C++ up that takes longer "
                  "(default: 300)")
      ->type_name("SECONDS");
  command.add_flag("--no-skip", raw.noSkip)->group("");
}

static void addRuleOptions(CLI::App &command, CheckRequest &request, Raw &raw) {
  addList(command, "--select", raw.select, "RULE",
          "Use these rules only: LOOP201, LOOP2, nested-run, ALL");
  addList(command, "--ignore", request.options.ignore, "RULE",
          "Leave these rules out");
  addList(command, "--blocking-tier", request.options.blockingTiers, "TIER",
          "Report these blocking calls as well: file, network, database, "
          "synchronization, cpu, import");
  command
      .add_option("--confidence", raw.confidence,
                  "Show findings that are at least this sure: definite, likely "
                  "or possible (default: likely)")
      ->type_name("LEVEL");
}

static void addOutputOptions(CLI::App &command, CheckRequest &request,
                             Raw &raw) {
  command
      .add_option("--output-format", raw.outputFormat,
                  llvm::join(outputFormatSpellings(), ", "))
      ->type_name("FORMAT");
  command
      .add_option("--output-file", request.outputFile,
                  "Write the report to this file")
      ->type_name("FILE");
  command.add_option("--color", raw.color, "auto, always or never")
      ->type_name("WHEN");
  command.add_flag("--statistics", request.statistics,
                   "Add findings by rule, and how much was analysed");
  command.add_flag("--exit-zero", request.exitZero,
                   "Exit with 0 even if there are findings");
  command.add_flag("-q,--quiet", request.quiet,
                   "Findings only: no proof, no totals, no progress");
  command.add_flag("-v,--verbose", request.verbose,
                   "Say on standard error what was decided, and by what");
  command.add_option("--emit", request.emit)
      ->group("")
      ->check(CLI::IsMember({"program", "links", "contexts", "findings"}));
  command.add_option("--emit-function", request.emitFunction)->group("");
}

static void addFixOptions(CLI::App &command, CheckRequest &request, Raw &raw) {
  command.add_flag("--fix", request.fix,
                   "Apply the fixes that are safe; report what is left");
  command.add_flag("--unsafe-fixes", request.unsafeFixes,
                   "With --fix and --diff: also fixes that may change how the "
                   "program behaves");
  command.add_flag("--fix-only", request.fixOnly,
                   "Apply fixes and report nothing");
  command.add_flag("--diff", request.diff,
                   "Show what --fix would change, and change nothing");
  command.add_flag("--show-fixes", request.showFixes,
                   "Show each finding's fix");
  command
      .add_flag("--add-noqa", raw.addNoqa,
                "Silence what is left by comments; --add-noqa=REASON says "
                "why in each")
      ->type_name("[=REASON]");
  command
      .add_option("--export-fixes", request.exportFixes,
                  "Write the fixes to this file, for clang-apply-replacements; "
                  "with --unsafe-fixes those as well")
      ->type_name("FILE.yaml");
  command.add_flag("--no-cache", raw.noCache,
                   "Parse every file again, and do not keep the result");
  command
      .add_option("--cache-dir", request.options.cacheFolder,
                  "Folder of the cache (default: looplint in the user's "
                  "folder for caches)")
      ->envname("LOOPLINT_CACHE_DIR")
      ->type_name("DIR");
  command
      .add_option("-p", raw.buildFolder,
                  "Folder of compile_commands.json (default: searched for "
                  "from the paths upwards, and in `build` there)")
      ->type_name("BUILD_DIR");
}

static void addCheck(CLI::App &command, CheckRequest &request, Raw &raw) {
  command.footer(checkFooter);
  command
      .add_option("PATH", request.options.paths,
                  "Files and folders; `-` is standard input (default: .)")
      ->type_name("");
  command
      .add_option("--stdin-filename", request.options.stdinFilename,
                  "What the text on standard input is called")
      ->type_name("NAME");
  addRuleOptions(command, request, raw);
  addProgramOptions(command, request.options, raw);
  addOutputOptions(command, request, raw);
  addFixOptions(command, request, raw);
}

/// The value of the option, which stays as it is where none is given; a message
/// for a word that is no number from 1 to \p most.
static std::string takeNumber(llvm::StringRef option, const std::string &text,
                              unsigned most, unsigned &value) {
  unsigned number = 0;
  if (text.empty())
    return {};
  if (llvm::StringRef(text).getAsInteger(10, number) || number == 0 ||
      number > most)
    return (option + ": expected a number from 1 to " + llvm::Twine(most) +
            ", found `" + text + "`")
        .str();
  value = number;
  return {};
}

static bool parseColors(llvm::StringRef text, Colors &colors) {
  if (text.empty() || text == "auto")
    colors = Colors::Auto;
  else if (text == "always")
    colors = Colors::Always;
  else if (text == "never")
    colors = Colors::Never;
  else
    return false;
  return true;
}

static void takeRaw(const Raw &raw, Options &options) {
  auto takeIfGiven = [](const std::string &value,
                        std::optional<std::string> &option) {
    if (!value.empty())
      option = value;
  };
  takeIfGiven(raw.targetVersion, options.targetVersion);
  takeIfGiven(raw.confidence, options.confidence);
  takeIfGiven(raw.outputFormat, options.outputFormat);
  if (!raw.select.empty())
    options.select = raw.select;
  options.skipIrrelevant = !raw.noSkip;
  options.useCache = !raw.noCache;
  options.buildFolder = raw.buildFolder;
}

/// The command whose options the arguments were meant for.
static const CLI::App *meantCommand(const CLI::App *app) {
  std::vector<CLI::App *> given = app->get_subcommands();
  return given.empty() ? app : given.front();
}

/// "; did you mean …" for an argument that nothing expected.
static std::string suggestFor(const CLI::App &command,
                              const std::string &wrong) {
  std::vector<std::string> names;
  for (const CLI::Option *option : command.get_options())
    if (!option->get_lnames().empty() && !option->get_group().empty())
      names.push_back("--" + option->get_lnames().front());
  for (const CLI::App *sub : command.get_subcommands(nullptr))
    names.push_back(sub->get_name());
  std::vector<llvm::StringRef> candidates(names.begin(), names.end());
  llvm::StringRef word = llvm::StringRef(wrong).split('=').first;
  auto suggestion = nearest(word, candidates);
  return suggestion ? "; did you mean `" + suggestion->str() + "`?" : "";
}

/// A path in the place of a command is what other linters expect.
static std::string describeMissingCommand(const CLI::App &app,
                                          const std::string &word) {
  if (llvm::sys::fs::exists(word))
    return "`" + word + "` is no command; did you mean `looplint check " +
           word + "`?";
  return "unknown command `" + word + "`" + suggestFor(app, word);
}

static std::string describe(const CLI::App &app, const CLI::ParseError &error,
                            llvm::ArrayRef<const char *> arguments) {
  const CLI::App &command = *meantCommand(&app);
  bool isCommandMissing =
      &command == &app && arguments.size() > 1 && arguments[1][0] != '-';
  if (isCommandMissing)
    return describeMissingCommand(app, arguments[1]);
  std::vector<std::string> extras = app.remaining(/*recurse=*/true);
  if (extras.empty())
    return error.what();
  return "unexpected argument `" + extras.front() + "`" +
         suggestFor(command, extras.front());
}

static int reportMistake(const CLI::App &app, const CLI::ParseError &error,
                         llvm::ArrayRef<const char *> arguments) {
  if (arguments.size() == 1) {
    llvm::errs() << app.help();
    return 2;
  }
  const CLI::App &command = *meantCommand(&app);
  std::string name = &command == &app ? "" : " " + command.get_name();
  printError(describe(app, error, arguments) + "\ntry `looplint" + name +
             " --help`");
  return 2;
}

static void addModels(CLI::App &command, Raw &raw) {
  command.add_option("NAME", raw.models.library, "Show this one")
      ->type_name("");
  command
      .add_option("--config", raw.models.options.configurationFile,
                  "Use this looplint.toml or pyproject.toml")
      ->type_name("FILE");
}

static void addContexts(CLI::App &command, Raw &raw) {
  command
      .add_option("FILE[:LINE]", raw.contexts.place,
                  "All functions of the file, or the one at that line")
      ->type_name("")
      ->required();
  command
      .add_option("PATH", raw.contexts.options.paths,
                  "The program that it is part of (default: .)")
      ->type_name("");
  addProgramOptions(command, raw.contexts.options, raw);
}

static void addCommands(CLI::App &app, Raw &raw) {
  addCheck(*app.add_subcommand("check", "Find misuse of event loops"),
           raw.check, raw);
  app.add_subcommand("explain", "Show what a rule finds, and why")
      ->add_option("RULE", raw.explain.rule, "A code or a name")
      ->type_name("")
      ->required();
  app.add_subcommand("rules", "List all rules");
  addModels(*app.add_subcommand("models", "List the libraries that are known"),
            raw);
  addContexts(
      *app.add_subcommand("contexts",
                          "Show where a function can run, and by which calls"),
      raw);
}

/// The request that was made, or the message that says what is wrong with it.
static std::variant<Request, std::string> takeRequest(const CLI::App &app,
                                                      Raw &raw) {
  Options &options = raw.check.options;
  std::string mistake = takeNumber("--jobs", raw.jobs, mostJobs, options.jobs);
  if (mistake.empty())
    mistake = takeNumber("--unit-timeout", raw.unitTimeout, mostUnitSeconds,
                         options.unitTimeout);
  if (!mistake.empty())
    return mistake;
  if (!parseColors(raw.color, raw.check.color))
    return "--color: expected auto, always or never, found `" + raw.color + "`";

  raw.contexts.options.jobs = options.jobs;
  raw.contexts.options.unitTimeout = options.unitTimeout;
  // What CLI11 makes of a flag that is given without a value.
  if (!raw.addNoqa.empty())
    raw.check.addNoqa = raw.addNoqa == "true" ? "" : raw.addNoqa;
  takeRaw(raw, raw.check.options);
  takeRaw(raw, raw.contexts.options);
  if (app.got_subcommand("check"))
    return Request(raw.check);
  if (app.got_subcommand("explain"))
    return Request(raw.explain);
  if (app.got_subcommand("rules"))
    return Request(RulesRequest());
  if (app.got_subcommand("models"))
    return Request(raw.models);
  return Request(raw.contexts);
}

std::variant<Request, int> looplint::parseCommandLine(int argc,
                                                      const char *const *argv) {
  CLI::App app("looplint finds misuse of event loops before it runs.",
               "looplint");
  app.set_version_flag("--version", "looplint " LOOPLINT_VERSION);
  app.require_subcommand(1);
  Raw raw;
  addCommands(app, raw);

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &done) {
    return app.exit(done);
  } catch (const CLI::ParseError &error) {
    return reportMistake(app, error,
                         llvm::ArrayRef(argv, static_cast<std::size_t>(argc)));
  }

  std::variant<Request, std::string> request = takeRequest(app, raw);
  if (std::string *mistake = std::get_if<std::string>(&request)) {
    printError(*mistake);
    return 2;
  }
  return std::get<Request>(std::move(request));
}
