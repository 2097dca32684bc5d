//===- ReadSources.cpp - the files of a run, read -------------------------===//

#include "ReadSources.h"

#include "Parallel.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace looplint;

/// Adds standard input; it takes the place of the file that it is called
/// after, as an editor's unsaved text does.
static llvm::Error
addStandardInput(const Configuration &configuration,
                 std::vector<std::unique_ptr<SourceFile>> &files) {
  auto contents = llvm::MemoryBuffer::getSTDIN();
  if (!contents)
    return llvm::createStringError(contents.getError(),
                                   "cannot read standard input: " +
                                       contents.getError().message());
  llvm::StringRef name = configuration.stdinFilename;
  name.consume_front("./");
  llvm::erase_if(files, [&](const auto &file) { return file->path() == name; });
  files.push_back(
      std::make_unique<SourceFile>(name.str(), std::move(*contents)));
  return llvm::Error::success();
}

static std::unique_ptr<SourceFile> open(const FoundFile &found) {
  if (found.unreadable)
    return std::make_unique<SourceFile>(
        found.path, DecodeError{.message = *found.unreadable, .offset = 0});
  return std::make_unique<SourceFile>(found.path, found.diskPath);
}

llvm::Expected<Sources>
looplint::readSources(const Configuration &configuration) {
  std::vector<std::string> paths = configuration.paths;
  bool fromStandardInput = llvm::is_contained(paths, "-");
  llvm::erase(paths, "-");

  std::vector<std::unique_ptr<SourceFile>> files;
  if (!paths.empty()) {
    DiscoveryOptions options;
    options.exclude = configuration.exclude;
    options.extendExclude = configuration.extendExclude;
    options.excludeRoot = configuration.root;
    options.respectGitignore = configuration.respectGitignore;
    options.withCpp = !configuration.compileCommands.empty();
    llvm::Expected<DiscoveryResult> found = discover(paths, options);
    if (!found)
      return found.takeError();
    for (const FoundFile &file : found->files)
      files.push_back(open(file));
  }
  if (fromStandardInput)
    if (llvm::Error error = addStandardInput(configuration, files))
      return error;

  Sources sources(std::move(files));
  inParallel(configuration.jobs, sources.size(), [&](std::size_t f) {
    sources.file(FileId(static_cast<std::uint32_t>(f))).read();
  });
  return sources;
}
