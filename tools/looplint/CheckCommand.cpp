//===- CheckCommand.cpp - `looplint check` --------------------------------===//

#include "Commands.h"
#include "Emit.h"
#include "ProgressLine.h"
#include "looplint/Driver/Analyze.h"
#include "looplint/Driver/CppAdvice.h"
#include "looplint/Driver/PythonVersion.h"
#include "looplint/Fix/Write.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace looplint;

static constexpr std::uint16_t sourceNotAnalysed = 900;

static llvm::StringRef fileNameOrNone(llvm::StringRef file) {
  return file.empty() ? "none" : file;
}

/// Says which paths do not exist, and leaves them out, unless there is no
/// other: a slip in one argument is no reason to say nothing of the rest.
static bool hasMissingPaths(Configuration &configuration) {
  auto isMissing = [](llvm::StringRef path) {
    llvm::sys::fs::file_status status;
    std::error_code error = llvm::sys::fs::status(path, status);
    return path != "-" && (error == std::errc::no_such_file_or_directory ||
                           error == std::errc::not_a_directory);
  };
  if (llvm::all_of(configuration.paths, isMissing))
    return false;
  std::size_t given = configuration.paths.size();
  llvm::erase_if(configuration.paths, [&](llvm::StringRef path) {
    if (!isMissing(path))
      return false;
    printError(("`" + path + "` does not exist").str());
    return true;
  });
  return configuration.paths.size() != given;
}

static void explainDecisions(const Configuration &configuration) {
  llvm::raw_ostream &out = llvm::errs();
  out << "looplint: configuration: " << fileNameOrNone(configuration.file)
      << "\nlooplint: target version: "
      << spellVersion(configuration.targetVersion) << ", from "
      << configuration.targetVersionOrigin
      << "\nlooplint: rules: " << configuration.enabled.size() << " enabled\n";
  for (const std::string &file : configuration.compileCommandsFiles)
    out << "looplint: compile commands: " << file << '\n';
}

/// --select may switch off the very finding that says what was left out. Then
/// a clean report must not look like a clean program.
static void admitOmissions(const Configuration &configuration,
                           const Report &report) {
  if (report.coverage.unanalysed == 0 ||
      configuration.enabled.contains(sourceNotAnalysed))
    return;
  llvm::errs() << "looplint: warning: " << report.coverage.unanalysed
               << " of the files could not be (wholly) analysed; select "
                  "LOOP900 to see which\n";
}

static void printReport(llvm::raw_ostream &out, const CheckRequest &request,
                        const Configuration &configuration,
                        const Report &report) {
  print(out, report, configuration.outputFormat,
        {.color = wantsColor(request.color, out), .details = !request.quiet});
  if (request.statistics)
    printStatistics(isDocument(configuration.outputFormat) ? llvm::errs() : out,
                    report);
}

/// Writes a file by way of a temporary one, so that nobody reads half a
/// report. A link, a pipe or a device is written through, not replaced.
static std::error_code
writeFile(llvm::StringRef file,
          llvm::function_ref<void(llvm::raw_ostream &)> write) {
  llvm::sys::fs::file_status status;
  std::error_code unknown =
      llvm::sys::fs::status(file, status, /*follow=*/false);
  if (unknown || llvm::sys::fs::is_regular_file(status)) {
    return llvm::errorToErrorCode(
        llvm::writeToOutput(file, [&](llvm::raw_ostream &out) {
          write(out);
          return llvm::Error::success();
        }));
  }

  std::error_code error;
  llvm::raw_fd_ostream out(file, error);
  if (error)
    return error;
  write(out);
  out.close();
  error = out.error();
  out.clear_error();
  return error;
}

static llvm::Error writeReport(const CheckRequest &request,
                               const Configuration &configuration,
                               const Report &report) {
  if (request.outputFile.empty()) {
    printReport(llvm::outs(), request, configuration, report);
    return llvm::Error::success();
  }
  std::error_code error =
      writeFile(request.outputFile, [&](llvm::raw_ostream &out) {
        printReport(out, request, configuration, report);
      });
  if (!error)
    return llvm::Error::success();
  return llvm::createStringError("cannot write the report to `" +
                                 request.outputFile + "`: " + error.message());
}

/// A fix costs a second analysis, so it is looked for only where it is seen.
static FixRequest fixesWanted(const CheckRequest &request,
                              const Configuration &configuration) {
  FixRequest wanted{.unsafeToo = request.unsafeFixes,
                    .suppression = request.addNoqa};
  bool isDiffOfFixes = request.diff && !request.addNoqa;
  bool isShown = request.showFixes || !request.exportFixes.empty() ||
                 configuration.outputFormat == OutputFormat::Json;
  if (request.fix || request.fixOnly || isDiffOfFixes)
    wanted.mode = FixRequest::Apply;
  else if (isShown && !request.addNoqa)
    wanted.mode = FixRequest::Offer;
  return wanted;
}

static llvm::Error writeExport(const CheckRequest &request,
                               const Report &report) {
  if (request.exportFixes.empty())
    return llvm::Error::success();
  std::error_code error =
      writeFile(request.exportFixes, [&](llvm::raw_ostream &out) {
        printReplacements(out, report, request.unsafeFixes);
      });
  if (!error)
    return llvm::Error::success();
  return llvm::createStringError("cannot write the fixes to `" +
                                 request.exportFixes + "`: " + error.message());
}

/// Writes every changed file, also where another one could not be. What came
/// from standard input goes to standard output.
static bool writeChanges(const Report &report) {
  bool isWritten = true;
  for (const auto &[id, original] : report.originals) {
    const SourceFile &file = report.sources.file(id);
    if (file.diskPath().empty()) {
      llvm::outs() << file.document();
      continue;
    }
    if (llvm::Error error = writeBack(file, original)) {
      printError(llvm::toString(std::move(error)));
      isWritten = false;
    }
  }
  return isWritten;
}

static bool isFailure(const Report &report) {
  return llvm::any_of(report.findings, [](const Finding &finding) {
    return finding.severity != Severity::Info;
  });
}

static llvm::Expected<int> check(const CheckRequest &request,
                                 const Configuration &configuration) {
  Progress progress;
  std::optional<ProgressLine> line;
  line.emplace(progress, !request.quiet);
  llvm::Expected<Report> report =
      analyze(configuration, progress, fixesWanted(request, configuration));
  line.reset();
  if (!report)
    return report.takeError();

  if (!request.quiet)
    if (auto advice = adviceForCpp(configuration, report->sources))
      llvm::errs() << "looplint: warning: " << *advice << '\n';
  admitOmissions(configuration, *report);
  if (request.verbose)
    for (const std::string &reason : report->withheldFixes)
      llvm::errs() << "looplint: " << reason << '\n';
  if (request.diff) {
    printDiff(llvm::outs(), *report);
    return report->originals.empty() || request.exitZero ? 0 : 1;
  }
  if (llvm::Error error = writeExport(request, *report))
    return error;
  bool isWritten = writeChanges(*report);
  if (!request.fixOnly)
    if (llvm::Error error = writeReport(request, configuration, *report))
      return error;
  if (!isWritten)
    return 2;
  if (request.fixOnly)
    return 0;
  return isFailure(*report) && !request.exitZero ? 1 : 0;
}

llvm::Expected<int> looplint::runCheck(const CheckRequest &request) {
  llvm::Expected<Configuration> configuration = configure(request.options);
  if (!configuration)
    return configuration.takeError();
  if (!request.quiet)
    for (const std::string &warning : configuration->warnings)
      llvm::errs() << "looplint: warning: " << warning << '\n';
  if (request.verbose)
    explainDecisions(*configuration);
  bool isIncomplete = hasMissingPaths(*configuration);
  llvm::Expected<int> status =
      request.emit.empty()
          ? check(request, *configuration)
          : runEmit(request.emit, request.emitFunction, *configuration);
  if (status && isIncomplete)
    return 2;
  return status;
}
