//===- CompileCommands.cpp - how a project's C++ is compiled --------------===//
//
// LibTooling reads these files, too, but this side of the process wall links
// no Clang. https://clang.llvm.org/docs/JSONCompilationDatabase.html
//
//===----------------------------------------------------------------------===//

#include "CompileCommands.h"

#include "Paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

using namespace looplint;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static constexpr llvm::StringLiteral databaseName = "compile_commands.json";

std::string looplint::compileCommandsIn(llvm::StringRef folder) {
  if (path::filename(folder) == databaseName && fs::is_regular_file(folder))
    return folder.str();
  llvm::SmallString<256> file(folder);
  path::append(file, databaseName);
  return fs::exists(file) ? file.str().str() : std::string();
}

/// A folder that projects are built in, by what everybody calls it.
static bool isBuildFolder(llvm::StringRef name) {
  return name.starts_with_insensitive("build") || name == "out" ||
         name == "_build" || name == ".build" ||
         name.starts_with("cmake-build");
}

static std::vector<std::string> foldersIn(llvm::StringRef folder) {
  std::vector<std::string> folders;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error))
    if (at->type() != fs::file_type::regular_file &&
        fs::is_directory(at->path()))
      folders.push_back(at->path());
  return folders;
}

/// One of several build folders is where the work is: `build/debug`,
/// `out/build/x64`, `cmake-build-release`.
static std::string newestCompileCommands(llvm::StringRef folder) {
  std::pair<llvm::sys::TimePoint<>, std::string> newest;
  auto look = [&](llvm::StringRef in) {
    std::string file = compileCommandsIn(in);
    fs::file_status status;
    if (!file.empty() && !fs::status(file, status))
      newest = std::max(newest, {status.getLastModificationTime(), file});
  };
  for (const std::string &outer : foldersIn(folder)) {
    if (!isBuildFolder(path::filename(outer)))
      continue;
    look(outer);
    for (const std::string &inner : foldersIn(outer)) {
      look(inner);
      if (isBuildFolder(path::filename(inner)))
        for (const std::string &innermost : foldersIn(inner))
          look(innermost);
    }
  }
  return newest.second;
}

std::string looplint::findCompileCommands(llvm::StringRef folder) {
  for (; !folder.empty(); folder = path::parent_path(folder)) {
    std::string found = compileCommandsIn(folder);
    if (found.empty())
      found = compileCommandsIn((folder + "/build").str());
    if (found.empty())
      found = newestCompileCommands(folder);
    if (!found.empty())
      return found;
  }
  return {};
}

static std::vector<std::string> split(llvm::StringRef command) {
  llvm::BumpPtrAllocator memory;
  llvm::StringSaver saver(memory);
  llvm::SmallVector<const char *, 32> words;
  llvm::cl::TokenizeGNUCommandLine(command, saver, words);
  return {words.begin(), words.end()};
}

static bool readEntry(const llvm::json::Value &value, CompileCommand &entry) {
  const llvm::json::Object *object = value.getAsObject();
  if (!object)
    return false;
  auto directory = object->getString("directory");
  auto file = object->getString("file");
  if (!directory || !file)
    return false;
  entry.directory = directory->str();
  llvm::SmallString<256> absolute(*file);
  path::make_absolute(*directory, absolute);
  entry.file = realPath(absolute);
  if (auto command = object->getString("command"))
    entry.arguments = split(*command);
  else if (const llvm::json::Array *words = object->getArray("arguments"))
    for (const llvm::json::Value &word : *words)
      entry.arguments.push_back(word.getAsString().value_or("").str());
  return !entry.arguments.empty();
}

llvm::Expected<std::vector<CompileCommand>>
looplint::readCompileCommands(llvm::StringRef file) {
  auto fail = [&](const llvm::Twine &why) {
    return llvm::createStringError("`" + file + "` " + why);
  };
  auto text = llvm::MemoryBuffer::getFile(file);
  if (!text)
    return fail("cannot be read: " + text.getError().message());
  llvm::Expected<llvm::json::Value> database =
      llvm::json::parse((*text)->getBuffer());
  if (!database)
    return fail("is no compilation database: " +
                llvm::toString(database.takeError()));
  const llvm::json::Array *entries = database->getAsArray();
  if (!entries)
    return fail("is no compilation database: it is not a list of commands");

  std::vector<CompileCommand> commands;
  llvm::StringSet<> known;
  for (const llvm::json::Value &value : *entries) {
    CompileCommand command;
    if (!readEntry(value, command))
      return fail("has an entry without `directory`, `file` or `arguments`");
    std::vector<CompileCommand> units = partsOf(command);
    if (units.empty())
      units.push_back(std::move(command));
    for (CompileCommand &unit : units)
      if (known.insert(unit.file).second)
        commands.push_back(std::move(unit));
  }
  return commands;
}
