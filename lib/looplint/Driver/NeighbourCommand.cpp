//===- NeighbourCommand.cpp - how a header is compiled by itself ----------===//
//
// A header has no command of its own, nor has a unit that nothing builds yet,
// and what it needs is what those that include it were given. Who does so
// indirectly nobody knows before compiling, so of the units whose paths are
// nearest the first that names it counts, else the nearest of all. Reading all
// units for that was rejected: a project has thousands, and those far away are
// told other things.
//
//===----------------------------------------------------------------------===//

#include "CompileCommands.h"
#include "Paths.h"
#include "looplint/Source/CppFiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <tuple>

using namespace looplint;
namespace path = llvm::sys::path;

// So many units are looked into.
static constexpr std::size_t mostNeighbours = 64;

/// How far the paths go together; of two that go as far, what has the header's
/// name is nearer, and C++ than C. Of what is certainly C++, units of C tell
/// nothing, nor the other way round.
using Nearness = std::tuple<bool, unsigned, bool, bool>;

static Nearness nearness(llvm::StringRef unit, llvm::StringRef header) {
  unsigned shared = 0;
  auto folder = path::begin(header);
  for (auto at = path::begin(unit); at != path::end(unit); ++at, ++folder) {
    if (folder == path::end(header) || *folder != *at)
      break;
    ++shared;
  }
  bool isCpp = path::extension(unit) != ".c";
  bool isSameLanguage = path::extension(header) == ".h" ||
                        isCpp == (path::extension(header) != ".c");
  return {isSameLanguage, shared, path::stem(unit) == path::stem(header),
          isCpp};
}

/// The file that a line of the preprocessor includes, without its folders;
/// empty where it does not.
static llvm::StringRef includedFile(llvm::StringRef line) {
  line = line.ltrim();
  if (!line.consume_front("#") || !line.ltrim().starts_with("include"))
    return {};
  line = line.drop_front(std::min(line.find_first_of("\"<"), line.size()));
  return path::filename(
      line.drop_front(line.empty() ? 0 : 1).take_until([](char each) {
        return each == '"' || each == '>';
      }));
}

const llvm::StringSet<> &Neighbours::includedBy(llvm::StringRef unit) {
  auto [known, isNew] = included.try_emplace(unit);
  if (!isNew)
    return known->second;
  auto text = llvm::MemoryBuffer::getFile(unit);
  if (!text)
    return known->second;
  for (llvm::StringRef rest = (*text)->getBuffer(); !rest.empty();) {
    llvm::StringRef line;
    std::tie(line, rest) = rest.split('\n');
    if (llvm::StringRef file = includedFile(line); !file.empty())
      known->second.insert(file);
  }
  return known->second;
}

const CompileCommand &Neighbours::nearest(llvm::StringRef header) {
  std::vector<std::pair<Nearness, const CompileCommand *>> ranked;
  for (const CompileCommand &command : commands)
    ranked.emplace_back(nearness(command.file, header), &command);
  auto isNearer = [](const auto &left, const auto &right) {
    return std::tie(right.first, left.second->file) <
           std::tie(left.first, right.second->file);
  };
  std::size_t count = std::min(ranked.size(), mostNeighbours);
  std::partial_sort(ranked.begin(),
                    ranked.begin() + static_cast<std::ptrdiff_t>(count),
                    ranked.end(), isNearer);
  for (const auto &[rank, command] : llvm::ArrayRef(ranked).take_front(count))
    if (includedBy(command->file).contains(path::filename(header)))
      return *command;
  return *ranked.front().second;
}

static bool isC(llvm::StringRef file) { return path::extension(file) == ".c"; }

/// The unit's words with another file in the place of its own. Whatever other
/// files are left among them, the frontend reads none but that of the request.
static std::vector<std::string> wordsFor(const CompileCommand &unit,
                                         llvm::StringRef file) {
  bool isHeader = isCppHeader(file);
  bool isOtherLanguage = !isHeader && isC(unit.file) != isC(file);
  std::vector<std::string> words;
  for (const std::string &word : unit.arguments) {
    llvm::SmallString<256> absolute(word);
    path::make_absolute(unit.directory, absolute);
    bool isItsFile = path::filename(word) == path::filename(unit.file) &&
                     realPath(absolute) == unit.file;
    bool isItsStandard =
        isOtherLanguage && llvm::StringRef(word).starts_with("-std=");
    // Behind `--` there are no options.
    if (!isItsFile && !isItsStandard && word != "--")
      words.push_back(word);
  }
  bool speaksC = isHeader ? isC(unit.file) : isC(file);
  words.insert(words.end(), {"-x", speaksC ? "c" : "c++", file.str()});
  return words;
}

/// The unit that a line includes by its whole path; empty where it does not.
static llvm::StringRef includedUnit(llvm::StringRef line) {
  line = line.trim();
  if (!line.consume_front("#include"))
    return {};
  line = line.ltrim().trim("\"<>");
  bool isUnit = isCppFile(line) && !isCppHeader(line);
  return isUnit && path::is_absolute(line) ? line : llvm::StringRef();
}

std::vector<CompileCommand> looplint::partsOf(const CompileCommand &unit) {
  std::vector<CompileCommand> parts;
  if (!path::filename(unit.file).contains("unity"))
    return parts;
  auto text = llvm::MemoryBuffer::getFile(unit.file);
  if (!text)
    return parts;
  llvm::SmallVector<llvm::StringRef> lines;
  (*text)->getBuffer().split(lines, '\n');
  for (llvm::StringRef line : lines)
    if (llvm::StringRef part = includedUnit(line); !part.empty())
      parts.push_back({.directory = unit.directory,
                       .file = realPath(part),
                       .arguments = wordsFor(unit, realPath(part))});
  return parts;
}

std::optional<CompileCommand> Neighbours::commandFor(llvm::StringRef file) {
  auto own = llvm::find_if(
      commands, [&](const CompileCommand &each) { return each.file == file; });
  if (own != commands.end())
    return *own;
  if (commands.empty())
    return std::nullopt;
  const CompileCommand &unit = nearest(file);
  return CompileCommand{.directory = unit.directory,
                        .file = file.str(),
                        .arguments = wordsFor(unit, file)};
}
