//===- Analyze.cpp - the whole of looplint as one function ----------------===//
//
// analyze() is the table of contents of this program. Each step takes what the
// steps before it made, and changes none of it.
//
//===----------------------------------------------------------------------===//

#include "looplint/Driver/Analyze.h"

#include "EnabledRules.h"
#include "FilePatterns.h"
#include "LowerCpp.h"
#include "Parallel.h"
#include "ReadSources.h"
#include "Relevance.h"
#include "Repair.h"
#include "SourceFindings.h"
#include "SummaryCache.h"
#include "looplint/Driver/LoadModels.h"
#include "looplint/Driver/Suppressions.h"
#include "looplint/Frontend/Python/Lower.h"
#include "looplint/Source/CppFiles.h"

#include "llvm/ADT/STLExtras.h"

#include <chrono>

using namespace looplint;

/// The files that can change a finding; see Relevance.cpp.
static std::vector<bool> chooseFiles(const Sources &sources,
                                     const ModelSet &models,
                                     const Configuration &configuration) {
  std::vector<llvm::StringRef> words = {"async", "await"};
  llvm::append_range(words, models.triggerWords());
  std::vector<bool> matters =
      findRelevant(sources, TriggerWords(words), configuration.jobs);
  // A unit of C++ that is compiled is analysed.
  for (std::uint32_t f = 0; f < sources.size(); ++f)
    if (isCppFile(sources.file(FileId(f)).path()))
      matters[f] = true;
  return matters;
}

static Summary lowerPython(const SourceFile &file, SummaryCache &cache) {
  auto lower = [&] {
    return python::lower(file.text(), file.path().str(), file.cells());
  };
  // The text of a notebook does not say where its cells end.
  if (!file.cells().empty())
    return lower();
  Summary summary = cache.lowered(file.text(), lower);
  summary.path = file.path().str();
  return summary;
}

/// Lowers the chosen files; the others become summaries of nothing but a path.
static std::vector<Summary> lower(const Sources &sources,
                                  const std::vector<bool> &matters,
                                  const Configuration &configuration,
                                  Progress &progress, unsigned &fromCache) {
  std::vector<FileId> chosen;
  std::vector<Summary> summaries(sources.size());
  for (std::uint32_t f = 0; f < sources.size(); ++f) {
    const SourceFile &file = sources.file(FileId(f));
    summaries[f].path = file.path().str();
    bool isWanted = matters[f] || !configuration.skipIrrelevant;
    if (isCppFile(file.path())) {
      summaries[f].language = Language::Cpp;
      isWanted = false; // looplint-cxx does it
    }
    if (isWanted && !file.failure())
      chosen.emplace_back(f);
  }

  progress.total = static_cast<unsigned>(chosen.size());
  progress.phase = Progress::Parsing;
  SummaryCache cache(chosen.empty() ? "" : configuration.cacheFolder);
  inParallel(configuration.jobs, chosen.size(), [&](std::size_t i) {
    summaries[chosen[i].index()] = lowerPython(sources.file(chosen[i]), cache);
    ++progress.done;
  });
  fromCache = cache.hits();
  return summaries;
}

static std::vector<std::vector<Suppression>>
readSuppressions(const Sources &sources, const Configuration &configuration) {
  std::vector<std::vector<Suppression>> suppressions(sources.size());
  inParallel(configuration.jobs, sources.size(), [&](std::size_t f) {
    FileId file(static_cast<std::uint32_t>(f));
    const SourceFile &source = sources.file(file);
    if (sources.first(file) != file)
      return;
    if (isCppFile(source.path()))
      suppressions[f] = findCppSuppressions(source.text());
    else if (mayContainSuppressions(source.text()))
      suppressions[f] = findSuppressions(source.text(), source.cells());
  });
  return suppressions;
}

static bool isCounted(const Function &function) {
  return function.kind == FunctionKind::Plain ||
         function.kind == FunctionKind::Lambda;
}

/// Functions that something known runs, in a context that proves something.
static unsigned countReached(const Contexts &contexts) {
  llvm::BitVector isReached(contexts.program.functionCount());
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    const Instance &instance = contexts.instances[i];
    FunctionKey function = contexts.functionOf(InstanceId(i));
    bool isProven = contexts[instance.context].thread != ThreadKind::Unknown;
    if (contexts.isReached[i] && isProven &&
        isCounted(contexts.program.function(function)))
      isReached.set(function.index());
  }
  return isReached.count();
}

static Coverage measure(const Analysis &analysis) {
  Coverage coverage;
  coverage.files = analysis.sources.fileCount();
  coverage.fromCache = analysis.fromCache;
  coverage.unanalysed = static_cast<unsigned>(analysis.unanalysed.size());
  const Program &program = *analysis.program;
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    const Summary &file = program.summary(FileId(f));
    bool isFirst = analysis.sources.first(FileId(f)) == FileId(f);
    coverage.parsed += isFirst && !file.functions.empty();
    for (const Function &function : file.functions)
      coverage.functions += isCounted(function);
  }
  const Contexts &contexts = *analysis.contexts;
  coverage.reached = countReached(contexts);
  coverage.calls = contexts.calls.count();
  coverage.unresolvedCalls = coverage.calls - contexts.resolvedCalls.count();
  return coverage;
}

/// By file and place, so that a report reads from top to bottom.
static Findings sortedForReader(Findings findings) {
  // Of two reports of one thing the surer one is kept.
  llvm::sort(findings, [](const Finding &left, const Finding &right) {
    return std::tie(left.at, left.code, right.confidence, left.message) <
           std::tie(right.at, right.code, left.confidence, right.message);
  });
  auto isRepeated = [](const Finding &left, const Finding &right) {
    return left.at == right.at && left.code == right.code;
  };
  findings.erase(llvm::unique(findings, isRepeated), findings.end());
  return findings;
}

/// Whatever was found in a further reading of a file was found in the file.
static void attributeToFiles(Findings &findings, const Sources &sources) {
  for (Finding &finding : findings) {
    finding.at.file = sources.first(finding.at.file);
    for (WitnessStep &step : finding.witness)
      step.at.file = sources.first(step.at.file);
  }
}

/// Links the files and finds on which threads, and inside which loops, each of
/// their functions runs. The program is read-only from here on.
static void follow(Analysis &analysis, std::vector<Summary> summaries,
                   const Configuration &configuration) {
  analysis.program =
      std::make_unique<Program>(link(std::move(summaries), *analysis.models));
  analysis.contexts = std::make_unique<const Contexts>(inferContexts(
      *analysis.program, *analysis.models,
      {.targetVersion = configuration.targetVersion,
       .fileVersions = targetVersions(configuration, analysis.sources),
       .consoleScripts = configuration.consoleScripts}));
}

llvm::Expected<Analysis>
looplint::inferProgram(const Configuration &configuration, Progress &progress) {
  llvm::Expected<ModelSet> models = loadModels(configuration);
  if (!models)
    return models.takeError();

  llvm::Expected<Sources> sources = readSources(configuration);
  if (!sources)
    return sources.takeError();

  // A file that cannot be read, or not wholly parsed, becomes a LOOP900; the
  // rest of it, and of the program, goes on.
  Analysis analysis;
  analysis.matters = chooseFiles(*sources, *models, configuration);
  std::vector<Summary> summaries = lower(
      *sources, analysis.matters, configuration, progress, analysis.fromCache);
  lowerCpp(configuration, models->defines(), *sources, summaries,
           analysis.units, progress);
  analysis.matters.resize(sources->size(), true);
  analysis.unanalysed = reportUnanalysed(*sources, summaries, analysis.matters);

  // Beyond this point no source text is parsed and no rule can tell one
  // language from another.
  progress.phase = Progress::Analysing;
  analysis.sources = std::move(*sources);
  analysis.models = std::make_unique<const ModelSet>(std::move(*models));
  follow(analysis, std::move(summaries), configuration);
  return analysis;
}

/// What each unit makes of the file, which has another text now.
static void readUnitsAgain(const Analysis &analysis, FileId file,
                           std::vector<Summary> &summaries,
                           const Configuration &configuration) {
  const Sources &sources = analysis.sources;
  for (std::uint32_t i = 0; i < analysis.units.size(); ++i) {
    if (!analysis.units[i] || sources.first(FileId(i)) != file)
      continue;
    if (std::optional<Summary> again =
            lowerCppAgain(configuration, analysis.models->defines(), sources,
                          analysis.units[i], file, sources.file(file).text()))
      summaries[i] = std::move(*again);
  }
}

Analysis looplint::inferAgain(Analysis before,
                              const std::vector<NewText> &texts,
                              const Configuration &configuration) {
  before.contexts.reset();
  std::vector<Summary> summaries = std::move(*before.program).takeSummaries();
  for (const NewText &changed : texts) {
    SourceFile &file = before.sources.file(changed.file);
    file.edit(changed.text);
    if (isCppFile(file.path()))
      readUnitsAgain(before, changed.file, summaries, configuration);
    else
      summaries[changed.file.index()] =
          python::lower(file.text(), file.path().str(), file.cells());
    before.matters[changed.file.index()] = true;
  }
  before.unanalysed =
      reportUnanalysed(before.sources, summaries, before.matters);
  follow(before, std::move(summaries), configuration);
  return before;
}

/// Whether the file belongs to a library that models describe, so that what it
/// defines is hidden from the program. Its loops are what the models speak of,
/// and no misuse of them.
static bool isOfDescribedLibrary(const Program &program, FileId file) {
  const Summary &summary = program.summary(file);
  return llvm::any_of(summary.functions, [&](const Function &function) {
    return function.linkage &&
           !program.findEntity(program.symbol(file, function.linkage));
  });
}

Findings looplint::findingsOf(const Analysis &analysis,
                              const Configuration &configuration) {
  Findings findings = runRules({.program = *analysis.program,
                                .contexts = *analysis.contexts,
                                .blockingTiers = configuration.blockingTiers});
  llvm::erase_if(findings, [&](const Finding &finding) {
    return isOfDescribedLibrary(*analysis.program, finding.at.file);
  });
  findings.insert(findings.begin(), analysis.unanalysed.begin(),
                  analysis.unanalysed.end());
  attributeToFiles(findings, analysis.sources);

  // Beyond this point findings are only dropped or reordered, never added, but
  // for suppressions that had nothing to drop.
  EnabledRules enabled(configuration, analysis.sources);
  findings = withoutSuppressed(
      std::move(findings), readSuppressions(analysis.sources, configuration),
      [&](std::uint16_t code, FileId file) {
        return enabled.contain(code, file);
      });
  llvm::erase_if(findings, [&](const Finding &finding) {
    return !enabled.contain(finding.code, finding.at.file) ||
           finding.confidence < configuration.confidence;
  });
  return sortedForReader(std::move(findings));
}

llvm::Expected<Report> looplint::analyze(const Configuration &configuration,
                                         Progress &progress,
                                         const FixRequest &request) {
  auto start = std::chrono::steady_clock::now();
  llvm::Expected<Analysis> analysis = inferProgram(configuration, progress);
  if (!analysis)
    return analysis.takeError();

  Findings findings = findingsOf(*analysis, configuration);
  // What is tried out is parsed as well, and says nothing of the program.
  Coverage coverage = measure(*analysis);
  Repair repair(std::move(*analysis), std::move(findings), configuration);
  if (request.mode == FixRequest::Offer)
    repair.offer();
  if (request.mode == FixRequest::Apply)
    repair.apply(request.unsafeToo);
  if (request.suppression)
    repair.suppress(*request.suppression);

  Report report;
  report.coverage = request.mode == FixRequest::Apply || request.suppression
                        ? measure(repair.result())
                        : coverage;
  report.coverage.fixed = repair.fixedCount();
  report.findings = repair.findings();
  // A few findings bring their fix along; it is shown where fixes are wanted.
  if (request.mode == FixRequest::None)
    for (Finding &finding : report.findings)
      finding.fixes.clear();
  report.originals = repair.originals();
  report.withheldFixes = repair.withheld();
  report.sources = std::move(repair).takeAnalysis().sources;
  std::chrono::duration<double> taken =
      std::chrono::steady_clock::now() - start;
  report.coverage.seconds = taken.count();
  return report;
}
