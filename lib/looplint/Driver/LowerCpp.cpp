//===- LowerCpp.cpp - the C++ of a run, lowered ---------------------------===//
//
// Units are lowered in any order, by as many processes as there are threads,
// and joined in the order of their files, so that the result is the same for
// any number of them.
//
//===----------------------------------------------------------------------===//

#include "LowerCpp.h"

#include "CompileCommands.h"
#include "CompilerVersion.h"
#include "CppWorker.h"
#include "Parallel.h"
#include "Paths.h"
#include "UnitParts.h"
#include "looplint/Program/SummaryFile.h"
#include "looplint/Source/CppFiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include <mutex>

using namespace looplint;

namespace {

/// Idle processes, for whichever thread needs one next.
class WorkerPool {
public:
  explicit WorkerPool(const Configuration &configuration)
      : configuration(configuration) {}

  std::unique_ptr<CppWorker> take() {
    std::scoped_lock lock(mutex);
    if (idle.empty())
      return std::make_unique<CppWorker>(configuration.cppWorker,
                                         configuration.unitTimeout);
    std::unique_ptr<CppWorker> worker = std::move(idle.back());
    idle.pop_back();
    return worker;
  }

  void give(std::unique_ptr<CppWorker> worker) {
    std::scoped_lock lock(mutex);
    idle.push_back(std::move(worker));
  }

private:
  const Configuration &configuration;
  std::mutex mutex;
  std::vector<std::unique_ptr<CppWorker>> idle;
};

} // namespace

/// Fails where the unit cannot be analysed.
static llvm::Error lowerUnit(CppUnit &unit, CppWorker &worker,
                             const UnitRequest &request, UnitParts &parts) {
  llvm::Expected<std::vector<llvm::StringRef>> all = worker.lower(request);
  if (!all)
    return all.takeError();
  std::uint8_t gcc = gccVersion(unit.command);
  for (llvm::StringRef bytes : *all) {
    llvm::Expected<PartId> part = parts.add(bytes, gcc);
    if (!part)
      return part.takeError();
    unit.parts.push_back(*part);
  }
  return llvm::Error::success();
}

/// Where standard input would lie, which has no place on the disk.
static std::string placeOfInput(const Configuration &configuration) {
  return realPath(absolutePath(configuration.stdinFilename));
}

static bool isInput(const SourceFile &file) {
  return file.diskPath().empty() && isCppFile(file.path());
}

static std::string placeOf(const SourceFile &file,
                           const Configuration &configuration) {
  return isInput(file) ? placeOfInput(configuration)
                       : realPath(file.diskPath());
}

static FilesByPath filesByPath(const Sources &sources,
                               const Configuration &configuration) {
  FilesByPath byPath;
  RealPaths places;
  for (std::uint32_t f = 0; f < sources.fileCount(); ++f) {
    const SourceFile &file = sources.file(FileId(f));
    if (isInput(file))
      byPath[placeOfInput(configuration)] = FileId(f);
    else if (!file.diskPath().empty())
      byPath[places.of(file.diskPath())] = FileId(f);
  }
  return byPath;
}

static std::vector<CppUnit> unitsAmong(const FilesByPath &byPath,
                                       const Configuration &configuration) {
  std::vector<CppUnit> units;
  for (const CompileCommand &command : configuration.compileCommands)
    if (auto file = byPath.find(command.file); file != byPath.end())
      units.push_back({.file = file->second, .command = command});
  llvm::sort(units, [](const CppUnit &left, const CppUnit &right) {
    return left.file < right.file;
  });
  return units;
}

static std::vector<std::string>
projectRoots(const Configuration &configuration) {
  std::vector<std::string> roots;
  for (const std::string &path : configuration.paths)
    if (path != "-") {
      // A compiler names a header by the way it went there.
      roots.push_back(realPath(path));
      roots.push_back(absolutePath(path));
    }
  return roots;
}

namespace {

/// What the requests of a run have in common.
struct Requests {
  std::vector<std::string> roots;
  const std::vector<std::string> &defines;
  /// Standard input's, in the place of the file that it is called after.
  std::optional<std::string> contents;
  std::string changed;

  UnitRequest requestFor(const CompileCommand &command) const {
    return {.directory = command.directory,
            .file = command.file,
            .command = command.arguments,
            .projectRoots = roots,
            .defines = defines,
            .contents = contents,
            .changed = changed};
  }
};

} // namespace

static Requests requestsOf(const Configuration &configuration,
                           const std::vector<std::string> &defines,
                           const Sources &sources) {
  Requests requests = {projectRoots(configuration), defines, std::nullopt, {}};
  for (std::uint32_t f = 0; f < sources.fileCount(); ++f)
    if (const SourceFile &file = sources.file(FileId(f)); isInput(file)) {
      requests.contents = file.text().str();
      requests.changed = placeOfInput(configuration);
    }
  return requests;
}

/// What the unit is lowered to by a process of its own; nothing where it fails.
static std::vector<Summary> summariesOf(const UnitRequest &request,
                                        const Configuration &configuration) {
  CppWorker worker(configuration.cppWorker, configuration.unitTimeout);
  llvm::Expected<std::vector<llvm::StringRef>> all = worker.lower(request);
  std::vector<Summary> summaries;
  if (!all)
    llvm::consumeError(all.takeError());
  else
    for (llvm::StringRef bytes : *all) {
      llvm::Expected<Summary> summary = readSummary(bytes);
      if (summary)
        summaries.push_back(std::move(*summary));
      else
        llvm::consumeError(summary.takeError());
    }
  return summaries;
}

std::optional<Summary> looplint::lowerCppAgain(
    const Configuration &configuration, const std::vector<std::string> &defines,
    const Sources &sources, FileId unit, FileId file, llvm::StringRef text) {
  std::string main = placeOf(sources.file(unit), configuration);
  std::string path = placeOf(sources.file(file), configuration);
  std::optional<CompileCommand> command =
      Neighbours(configuration.compileCommands).commandFor(main);
  if (!command)
    return std::nullopt;
  Requests requests = {projectRoots(configuration), defines, std::nullopt, {}};
  UnitRequest request = requests.requestFor(*command);
  request.contents = text.str();
  if (path != main)
    request.changed = path;
  std::vector<Summary> parts = summariesOf(request, configuration);
  auto own = llvm::find_if(
      parts, [&](const Summary &part) { return realPath(part.path) == path; });
  if (own == parts.end())
    return std::nullopt;
  for (const Summary &part : parts)
    if (&part != &*own)
      for (const SyntaxError &error : part.errors)
        own->errors.push_back({{}, error.message});
  own->path = sources.file(file).path().str();
  own->gcc = gccVersion(*command);
  return std::move(*own);
}

/// Lowers the units, in processes beside this one.
static void lowerUnits(std::vector<CppUnit> &units,
                       const Configuration &configuration,
                       const Requests &requests, UnitParts &parts,
                       Progress &progress) {
  WorkerPool pool(configuration);
  progress.total += static_cast<unsigned>(units.size());
  inParallel(configuration.jobs, units.size(), [&](std::size_t i) {
    CppUnit &unit = units[i];
    std::unique_ptr<CppWorker> worker = pool.take();
    if (llvm::Error error =
            lowerUnit(unit, *worker, requests.requestFor(unit.command), parts))
      unit.failure = llvm::toString(std::move(error));
    pool.give(std::move(worker));
    ++progress.done;
  });
}

static llvm::StringSet<> pathsOf(const Configuration &configuration) {
  llvm::StringSet<> asked;
  for (const std::string &path : configuration.paths)
    asked.insert(path == "-" ? placeOfInput(configuration) : realPath(path));
  return asked;
}

/// Headers that no unit has read, and what the user has named though nothing is
/// known to build it, each as a unit of its own.
///
/// Where there are more of them than units, they are a library's that lies in
/// the project's folder, or the units are but a part of the project. Then they
/// would cost more than all the units do, and those that the user has not named
/// are left alone.
static std::vector<CppUnit> headersLeft(const FilesByPath &byPath,
                                        const Configuration &configuration,
                                        const std::vector<Summary> &summaries,
                                        std::size_t unitCount) {
  llvm::StringSet<> asked = pathsOf(configuration);
  std::vector<std::pair<FileId, llvm::StringRef>> left;
  for (const auto &entry : byPath) {
    llvm::StringRef path = entry.first();
    const Summary &known = summaries[entry.second.index()];
    bool isWanted =
        isCppHeader(path) || (isCppFile(path) && asked.contains(path));
    if (isWanted && known.functions.empty() && known.errors.empty())
      left.emplace_back(entry.second, path);
  }
  if (unitCount != 0 && left.size() > unitCount)
    llvm::erase_if(
        left, [&](const auto &each) { return !asked.contains(each.second); });
  llvm::sort(left);
  Neighbours neighbours(configuration.compileCommands);
  std::vector<CppUnit> units;
  for (auto [file, path] : left)
    if (auto command = neighbours.commandFor(path))
      units.push_back({.file = file, .command = std::move(*command)});
  return units;
}

/// Whether the compiler has something to complain of.
static bool isBroken(const CppUnit &unit, const UnitParts &parts) {
  return !unit.failure.empty() || llvm::any_of(unit.parts, [&](PartId id) {
    return parts.hasErrors(id);
  });
}

/// Beside units that do not include it, a header is most often for another
/// system, and one that cannot be read by itself is left alone. Where there are
/// none, or where the user has named it, that is a finding.
static void dropOthers(std::vector<CppUnit> &headers, bool isBesideUnits,
                       const Configuration &configuration,
                       const UnitParts &parts) {
  if (!isBesideUnits)
    return;
  llvm::StringSet<> asked = pathsOf(configuration);
  llvm::erase_if(headers, [&](const CppUnit &unit) {
    return !asked.contains(unit.command.file) && isBroken(unit, parts);
  });
}

void looplint::lowerCpp(const Configuration &configuration,
                        const std::vector<std::string> &defines,
                        Sources &sources, std::vector<Summary> &summaries,
                        std::vector<FileId> &unitOf, Progress &progress) {
  if (configuration.compileCommands.empty())
    return;
  FilesByPath byPath = filesByPath(sources, configuration);
  std::vector<CppUnit> units = unitsAmong(byPath, configuration);
  UnitParts parts;
  Requests requests = requestsOf(configuration, defines, sources);
  lowerUnits(units, configuration, requests, parts, progress);
  UnitJoiner joiner(sources, byPath, summaries, unitOf);
  for (const CppUnit &unit : units)
    joiner.add(unit, parts);

  // Beyond this point it is known which headers the units include.
  std::vector<CppUnit> headers =
      headersLeft(byPath, configuration, summaries, units.size());
  lowerUnits(headers, configuration, requests, parts, progress);
  dropOthers(headers, !units.empty(), configuration, parts);
  for (const CppUnit &header : headers)
    joiner.add(header, parts);
}
