//===- UnitParts.cpp - what units make of what they include ---------------===//

#include "UnitParts.h"

#include "Paths.h"
#include "looplint/Program/SummaryFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace looplint;

UnitJoiner::UnitJoiner(Sources &sources, const FilesByPath &byPath,
                       std::vector<Summary> &summaries,
                       std::vector<FileId> &units)
    : sources(sources), byPath(byPath), summaries(summaries), units(units),
      linkages(sources.fileCount()) {
  units.resize(summaries.size());
}

FileId UnitJoiner::fileAt(llvm::StringRef diskPath) {
  auto known = byPath.find(diskPath);
  if (known == byPath.end())
    known = byPath.find(realPath(diskPath));
  return known == byPath.end() ? FileId() : known->second;
}

bool UnitJoiner::addsSomething(FileId file, const Summary &part) {
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

void UnitJoiner::addPart(Summary part, FileId unit) {
  FileId file = fileAt(part.path);
  if (!file || !addsSomething(file, part))
    return;
  part.path = sources.file(file).path().str();
  if (summaries[file.index()].functions.empty()) {
    llvm::append_range(part.errors, summaries[file.index()].errors);
    summaries[file.index()] = std::move(part);
    units[file.index()] = unit;
    return;
  }
  llvm::append_range(summaries[file.index()].errors,
                     std::exchange(part.errors, {}));
  sources.addReading(file);
  summaries.push_back(std::move(part));
  units.push_back(unit);
}

void UnitJoiner::add(const CppUnit &unit, UnitParts &parts) {
  if (!unit.failure.empty())
    summaries[unit.file.index()].errors.push_back({{0, 0}, unit.failure});
  for (PartId id : unit.parts)
    if (std::optional<Summary> part = parts.take(id))
      addPart(std::move(*part), unit.file);
}

llvm::Expected<PartId> UnitParts::add(llvm::StringRef bytes, std::uint8_t gcc) {
  llvm::XXH128_hash_t hash =
      llvm::xxh3_128bits(llvm::arrayRefFromStringRef(bytes));
  // What GCC makes of it may be another thing than what Clang does.
  PartId id(hash.high64, hash.low64 + gcc);
  {
    std::scoped_lock lock(mutex);
    if (!known.try_emplace(id).second)
      return id;
  }
  llvm::Expected<Summary> summary = readSummary(bytes);
  if (!summary)
    return summary.takeError();
  summary->gcc = gcc;
  std::scoped_lock lock(mutex);
  known[id] = std::move(*summary);
  return id;
}
