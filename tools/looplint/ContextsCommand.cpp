//===- ContextsCommand.cpp - `looplint contexts FILE[:LINE]` --------------===//

#include "Commands.h"
#include "ProgressLine.h"
#include "looplint/Driver/DescribeContexts.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace looplint;

namespace {

struct FilePlace {
  std::string file;
  std::uint32_t line = 0; // 0: all of it
};

} // namespace

/// A colon belongs to the name if there is a file of that name.
static FilePlace parsePlace(llvm::StringRef text) {
  auto [file, number] = text.rsplit(':');
  std::uint32_t line = 0;
  if (llvm::sys::fs::exists(text) || number.getAsInteger(10, line))
    return {.file = text.str()};
  return {.file = file.str(), .line = line};
}

/// By identity and not by name: `./a.py`, a link and `a.py` are one file.
static FileId findFile(const Sources &sources, llvm::StringRef path) {
  for (std::uint32_t f = 0; f < sources.size(); ++f) {
    llvm::StringRef disk = sources.file(FileId(f)).diskPath();
    if (!disk.empty() && llvm::sys::fs::equivalent(disk, path))
      return FileId(f);
  }
  return {};
}

llvm::Expected<int> looplint::runContexts(const ContextsRequest &request) {
  FilePlace place = parsePlace(request.place);
  if (!llvm::sys::fs::exists(place.file))
    return llvm::createStringError("`" + place.file + "` does not exist");

  // The file may lie outside of the program, or be excluded from it.
  Options options = request.options;
  if (options.paths.empty())
    options.paths = {"."};
  options.paths.push_back(place.file);
  llvm::Expected<Configuration> configuration = configure(options);
  if (!configuration)
    return configuration.takeError();

  Progress progress;
  std::optional<ProgressLine> line;
  line.emplace(progress, /*isWanted=*/true);
  llvm::Expected<Analysis> analysis = inferProgram(*configuration, progress);
  line.reset();
  if (!analysis)
    return analysis.takeError();

  FileId file = findFile(analysis->sources, place.file);
  if (!file)
    return llvm::createStringError("`" + place.file + "` is no source file");
  const Summary &summary = analysis->program->summary(file);
  if (summary.functions.empty())
    return llvm::createStringError(
        "`" + place.file +
        "` was not analysed: it has nothing to do with loops, or "
        "`looplint check` says why");
  if (place.line == 0) {
    for (FunctionKey function : functionsOf(*analysis, file))
      describeContexts(llvm::outs(), *analysis, function);
    return 0;
  }

  FunctionKey function = functionAtLine(*analysis, file, place.line);
  if (!function)
    return llvm::createStringError("`" + place.file + "` has no line " +
                                   std::to_string(place.line));
  describeContexts(llvm::outs(), *analysis, function);
  return 0;
}
