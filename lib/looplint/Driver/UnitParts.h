//===- UnitParts.h - what units make of the files they include
//-------------===//
//
// A header comes back from every unit that includes it, mostly as the same
// bytes, which are looked at once. It is read again only where a unit adds
// something to it: a template that it instantiates, a part that its macros
// switch on.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_UNITPARTS_H
#define LOOPLINT_LIB_DRIVER_UNITPARTS_H

#include "looplint/Driver/Configuration.h"
#include "looplint/Program/Summary.h"
#include "looplint/Source/Sources.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace looplint {

/// By the path that is behind all symbolic links.
using FilesByPath = llvm::StringMap<FileId>;

/// By the hash of a summary's bytes, which stands for them.
using PartId = std::pair<std::uint64_t, std::uint64_t>;

struct CppUnit {
  FileId file;
  CompileCommand command;
  std::vector<PartId> parts;
  std::string failure; // empty where there is none
};

/// What units send, each different summary once. For several threads.
class UnitParts {
public:
  /// Reads the summary, unless another unit has sent the same.
  llvm::Expected<PartId> add(llvm::StringRef bytes, std::uint8_t gcc);

  /// Each is taken once: behind the first unit that has it, nothing is new.
  std::optional<Summary> take(PartId id) {
    return std::exchange(known[id], std::nullopt);
  }

  bool hasErrors(PartId id) const {
    auto part = known.find(id);
    return part != known.end() && part->second && !part->second->errors.empty();
  }

private:
  std::mutex mutex;
  std::map<PartId, std::optional<Summary>> known;
};

/// Puts what units made of files where the program looks for it.
class UnitJoiner {
public:
  UnitJoiner(Sources &sources, const FilesByPath &byPath,
             std::vector<Summary> &summaries, std::vector<FileId> &units);

  void add(const CppUnit &unit, UnitParts &parts);

private:
  void addPart(Summary part, FileId unit);
  FileId fileAt(llvm::StringRef diskPath);
  bool addsSomething(FileId file, const Summary &part);

  Sources &sources;
  const FilesByPath &byPath;
  std::vector<Summary> &summaries;
  std::vector<FileId> &units;
  std::vector<llvm::StringSet<>> linkages; // known so far, by file
};

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_UNITPARTS_H
