//===- Files.h - the project's files in a translation unit ----------------===//

#ifndef LOOPLINT_FRONTEND_CPP_FILES_H
#define LOOPLINT_FRONTEND_CPP_FILES_H

#include "looplint/Frontend/Cpp/Lower.h"

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseMap.h"

#include <optional>

namespace clang {
class FileEntry;
class LangOptions;
class SourceManager;
} // namespace clang

namespace looplint::cpp {

class Files {
public:
  Files(const clang::SourceManager &sources,
        const clang::LangOptions &languageOptions, const UnitRequest &request);

  /// The number of the project's file in which \p place stands (for a macro,
  /// where it is expanded); none outside of the project. Files are numbered as
  /// they are asked for.
  std::optional<unsigned> projectFile(clang::SourceLocation place);
  /// Also an absolute path for files outside of the project.
  std::string pathOf(clang::SourceLocation place) const;
  const std::string &path(unsigned file) const { return paths[file]; }
  unsigned count() const { return static_cast<unsigned>(paths.size()); }

  /// The bytes of \p range. A macro's are those of its expansion; a range over
  /// several files is its beginning's token.
  Span span(clang::SourceRange range) const;

private:
  struct Known {
    std::optional<unsigned> number;
  };
  std::optional<unsigned> number(clang::FileID file);
  std::string pathOf(clang::FileID file) const;
  bool isBelowRoot(llvm::StringRef path) const;

  const clang::SourceManager &sources;
  const clang::LangOptions &languageOptions;
  const UnitRequest &request;
  llvm::DenseMap<clang::FileID, Known> known;
  /// A file that is included twice is one file.
  llvm::DenseMap<const clang::FileEntry *, unsigned> numbers;
  std::vector<std::string> paths;
  /// Questions come in runs about one file.
  clang::FileID lastFile;
  std::optional<unsigned> lastNumber;
};

} // namespace looplint::cpp

#endif // LOOPLINT_FRONTEND_CPP_FILES_H
