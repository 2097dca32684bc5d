//===- Files.cpp ----------------------------------------------------------===//

#include "Files.h"

#include "clang/Basic/FileEntry.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

namespace looplint::cpp {

Files::Files(const clang::SourceManager &sources,
             const clang::LangOptions &languageOptions,
             const UnitRequest &request)
    : sources(sources), languageOptions(languageOptions), request(request) {}

bool Files::isBelowRoot(llvm::StringRef path) const {
  return llvm::any_of(request.projectRoots, [path](llvm::StringRef root) {
    root = root.rtrim('/');
    return path.starts_with(root) &&
           (path.size() == root.size() || path[root.size()] == '/');
  });
}

std::string Files::pathOf(clang::FileID file) const {
  clang::OptionalFileEntryRef entry = sources.getFileEntryRefForID(file);
  if (!entry)
    return {};
  llvm::SmallString<256> path(entry->getName());
  llvm::sys::path::make_absolute(request.directory, path);
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  return path.str().str();
}

std::string Files::pathOf(clang::SourceLocation place) const {
  return pathOf(sources.getFileID(sources.getExpansionLoc(place)));
}

std::optional<unsigned> Files::number(clang::FileID file) {
  auto [entry, isNew] = known.try_emplace(file);
  if (!isNew)
    return entry->second.number;
  clang::OptionalFileEntryRef reference = sources.getFileEntryRefForID(file);
  if (!reference)
    return {};
  bool isMain = file == sources.getMainFileID();
  std::string path = pathOf(file);
  bool isSystem = clang::SrcMgr::isSystem(
      sources.getFileCharacteristic(sources.getLocForStartOfFile(file)));
  if (!isMain && (isSystem || !isBelowRoot(path)))
    return {};

  auto [number, isNewFile] = numbers.try_emplace(
      &reference->getFileEntry(), static_cast<unsigned>(paths.size()));
  if (isNewFile)
    paths.push_back(path);
  entry->second.number = number->second;
  return number->second;
}

std::optional<unsigned> Files::projectFile(clang::SourceLocation place) {
  if (place.isInvalid())
    return {};
  clang::FileID file = sources.getFileID(sources.getExpansionLoc(place));
  if (file == lastFile)
    return lastNumber;
  lastFile = file;
  lastNumber = number(file);
  return lastNumber;
}

Span Files::span(clang::SourceRange range) const {
  if (range.isInvalid())
    return {};
  clang::CharSourceRange expanded = sources.getExpansionRange(range);
  auto [file, begin] = sources.getDecomposedLoc(expanded.getBegin());
  auto [endFile, end] = sources.getDecomposedLoc(expanded.getEnd());
  clang::SourceLocation last = expanded.getEnd();
  if (endFile != file || end < begin) {
    last = expanded.getBegin();
    end = begin;
  }
  if (expanded.isTokenRange())
    end += clang::Lexer::MeasureTokenLength(last, sources, languageOptions);
  return {begin, end};
}

} // namespace looplint::cpp
