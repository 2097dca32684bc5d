//===- LowerCpp.cpp - the C++ of a run, lowered ---------------------------===//
//
// Units are lowered in any order, by as many processes as there are threads,
// and joined in the order of their files, so that the result is the same for
// any number of them. A header comes back from every unit that includes it. It
// is read again only where a unit adds something to it: a template that it
// instantiates, a part that its macros switch on.
//
//===----------------------------------------------------------------------===//

#include "LowerCpp.h"

#include "CompileCommands.h"
#include "CompilerVersion.h"
#include "CppWorker.h"
#include "Parallel.h"
#include "Paths.h"
#include "looplint/Source/CppFiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"

#include <mutex>

using namespace looplint;

namespace {

/// By the path that is behind all symbolic links.
using FilesByPath = llvm::StringMap<FileId>;

struct Unit {
  FileId file;
  CompileCommand command;
  std::vector<Summary> parts;
  std::string failure; // empty where there is none
};

/// Idle processes, for whichever thread needs one next.
class WorkerPool {
public:
  explicit WorkerPool(std::string program) : program(std::move(program)) {}

  std::unique_ptr<CppWorker> take() {
    std::scoped_lock lock(mutex);
    if (idle.empty())
      return std::make_unique<CppWorker>(program);
    std::unique_ptr<CppWorker> worker = std::move(idle.back());
    idle.pop_back();
    return worker;
  }

  void give(std::unique_ptr<CppWorker> worker) {
    std::scoped_lock lock(mutex);
    idle.push_back(std::move(worker));
  }

private:
  std::string program;
  std::mutex mutex;
  std::vector<std::unique_ptr<CppWorker>> idle;
};

/// Puts what units made of files where the program looks for it.
class Joiner {
public:
  Joiner(Sources &sources, const FilesByPath &byPath,
         std::vector<Summary> &summaries, std::vector<FileId> &units);

  void add(Unit unit);

private:
  FileId fileAt(llvm::StringRef diskPath);
  bool addsSomething(FileId file, const Summary &part);

  Sources &sources;
  const FilesByPath &byPath;
  std::vector<Summary> &summaries;
  std::vector<FileId> &units;
  std::vector<llvm::StringSet<>> linkages; // known so far, by file
};

} // namespace

Joiner::Joiner(Sources &sources, const FilesByPath &byPath,
               std::vector<Summary> &summaries, std::vector<FileId> &units)
    : sources(sources), byPath(byPath), summaries(summaries), units(units),
      linkages(sources.fileCount()) {
  units.resize(summaries.size());
}

FileId Joiner::fileAt(llvm::StringRef diskPath) {
  auto known = byPath.find(diskPath);
  if (known == byPath.end())
    known = byPath.find(realPath(diskPath));
  return known == byPath.end() ? FileId() : known->second;
}

bool Joiner::addsSomething(FileId file, const Summary &part) {
  llvm::StringSet<> &known = linkages[file.index()];
  bool isNew = false;
  auto add = [&](StringId linkage) {
    if (linkage)
      isNew |= known.insert(part.string(linkage)).second;
  };
  for (const Function &function : part.functions)
    add(function.linkage);
  for (const Class &definition : part.classes)
    add(definition.linkage);
  if (!part.functions.empty())
    for (const Variable &global :
         part.variablesOf(part.function(FunctionId(0))))
      add(global.name);
  return isNew || !part.errors.empty();
}

void Joiner::add(Unit unit) {
  if (!unit.failure.empty())
    summaries[unit.file.index()].errors.push_back({{0, 0}, unit.failure});
  for (Summary &part : unit.parts) {
    FileId file = fileAt(part.path);
    if (!file || !addsSomething(file, part))
      continue;
    part.path = sources.file(file).path().str();
    if (summaries[file.index()].functions.empty()) {
      llvm::append_range(part.errors, summaries[file.index()].errors);
      summaries[file.index()] = std::move(part);
      units[file.index()] = unit.file;
      continue;
    }
    llvm::append_range(summaries[file.index()].errors,
                       std::exchange(part.errors, {}));
    sources.addReading(file);
    summaries.push_back(std::move(part));
    units.push_back(unit.file);
  }
}

static FilesByPath filesByPath(const Sources &sources) {
  FilesByPath byPath;
  for (std::uint32_t f = 0; f < sources.fileCount(); ++f)
    if (llvm::StringRef path = sources.file(FileId(f)).diskPath();
        !path.empty())
      byPath[realPath(path)] = FileId(f);
  return byPath;
}

static std::vector<Unit> unitsAmong(const FilesByPath &byPath,
                                    const Configuration &configuration) {
  std::vector<Unit> units;
  for (const CompileCommand &command : configuration.compileCommands)
    if (auto file = byPath.find(command.file); file != byPath.end())
      units.push_back({.file = file->second, .command = command});
  llvm::sort(units, [](const Unit &left, const Unit &right) {
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

/// Coroutines and what else is new there are what Clang has to be told of.
static bool isCpp20(llvm::ArrayRef<std::string> command) {
  bool isNew = false;
  for (llvm::StringRef word : command) {
    if (!word.consume_front("-std="))
      continue;
    llvm::StringRef year = word.rsplit('+').second;
    isNew = llvm::StringSwitch<bool>(year)
                .Cases({"20", "2a", "23", "2b", "26", "2c"}, true)
                .Default(false);
  }
  return isNew;
}

static UnitRequest requestFor(const CompileCommand &command,
                              const std::vector<std::string> &roots,
                              const std::vector<std::string> &defines) {
  return {.directory = command.directory,
          .file = command.file,
          .command = command.arguments,
          .projectRoots = roots,
          .defines =
              isCpp20(command.arguments) ? defines : std::vector<std::string>(),
          .contents = std::nullopt};
}

std::optional<Summary> looplint::lowerCppAgain(
    const Configuration &configuration, const std::vector<std::string> &defines,
    const Sources &sources, FileId unit, FileId file, llvm::StringRef text) {
  std::string main = realPath(sources.file(unit).diskPath());
  std::string path = realPath(sources.file(file).diskPath());
  std::optional<CompileCommand> command =
      commandFor(configuration.compileCommands, main);
  if (!command)
    return std::nullopt;
  UnitRequest request =
      requestFor(*command, projectRoots(configuration), defines);
  request.contents = text.str();
  if (path != main)
    request.changed = path;
  CppWorker worker(configuration.cppWorker);
  llvm::Expected<std::vector<Summary>> parts = worker.lower(request);
  if (!parts) {
    llvm::consumeError(parts.takeError());
    return std::nullopt;
  }
  auto own = llvm::find_if(
      *parts, [&](const Summary &part) { return realPath(part.path) == path; });
  if (own == parts->end())
    return std::nullopt;
  for (const Summary &part : *parts)
    if (&part != &*own)
      for (const SyntaxError &error : part.errors)
        own->errors.push_back({{}, error.message});
  own->path = sources.file(file).path().str();
  own->gcc = gccVersion(*command);
  return std::move(*own);
}

/// Lowers the units, in processes beside this one.
static void lowerUnits(std::vector<Unit> &units,
                       const Configuration &configuration,
                       const std::vector<std::string> &defines,
                       Progress &progress) {
  std::vector<std::string> roots = projectRoots(configuration);
  WorkerPool pool(configuration.cppWorker);
  progress.total += static_cast<unsigned>(units.size());
  inParallel(configuration.jobs, units.size(), [&](std::size_t i) {
    Unit &unit = units[i];
    std::unique_ptr<CppWorker> worker = pool.take();
    llvm::Expected<std::vector<Summary>> parts =
        worker->lower(requestFor(unit.command, roots, defines));
    if (parts) {
      unit.parts = std::move(*parts);
      std::uint8_t gcc = gccVersion(unit.command);
      for (Summary &part : unit.parts)
        part.gcc = gcc;
    } else {
      unit.failure = llvm::toString(parts.takeError());
    }
    pool.give(std::move(worker));
    ++progress.done;
  });
}

/// Headers that no unit has read, each as a unit of its own.
static std::vector<Unit> headersLeft(const FilesByPath &byPath,
                                     const Configuration &configuration,
                                     const std::vector<Summary> &summaries) {
  std::vector<Unit> units;
  for (const auto &entry : byPath) {
    FileId file = entry.second;
    const Summary &known = summaries[file.index()];
    if (!isCppHeader(entry.first()) || !known.functions.empty() ||
        !known.errors.empty())
      continue;
    if (auto command = commandFor(configuration.compileCommands, entry.first()))
      units.push_back({.file = file, .command = std::move(*command)});
  }
  llvm::sort(units, [](const Unit &left, const Unit &right) {
    return left.file < right.file;
  });
  return units;
}

/// Whether the compiler has something to complain of.
static bool isBroken(const Unit &unit) {
  return !unit.failure.empty() ||
         llvm::any_of(unit.parts,
                      [](const Summary &part) { return !part.errors.empty(); });
}

/// Beside units that do not include it, a header is most often for another
/// system, and one that cannot be read by itself is left alone. Where there are
/// none, or where the user has named it, that is a finding.
static void dropOthers(std::vector<Unit> &headers, bool isBesideUnits,
                       const Configuration &configuration) {
  if (!isBesideUnits)
    return;
  llvm::StringSet<> asked;
  for (const std::string &path : configuration.paths)
    asked.insert(realPath(path));
  llvm::erase_if(headers, [&](const Unit &unit) {
    return !asked.contains(unit.command.file) && isBroken(unit);
  });
}

void looplint::lowerCpp(const Configuration &configuration,
                        const std::vector<std::string> &defines,
                        Sources &sources, std::vector<Summary> &summaries,
                        std::vector<FileId> &unitOf, Progress &progress) {
  if (configuration.compileCommands.empty())
    return;
  FilesByPath byPath = filesByPath(sources);
  std::vector<Unit> units = unitsAmong(byPath, configuration);
  lowerUnits(units, configuration, defines, progress);
  Joiner joiner(sources, byPath, summaries, unitOf);
  for (Unit &unit : units)
    joiner.add(std::move(unit));

  // Beyond this point it is known which headers the units include.
  std::vector<Unit> headers = headersLeft(byPath, configuration, summaries);
  lowerUnits(headers, configuration, defines, progress);
  dropOthers(headers, !units.empty(), configuration);
  for (Unit &header : headers)
    joiner.add(std::move(header));
}
