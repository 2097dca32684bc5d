//===- ConfigurationFile.h - looplint.toml and pyproject.toml -------------===//

#ifndef LOOPLINT_LIB_DRIVER_CONFIGURATIONFILE_H
#define LOOPLINT_LIB_DRIVER_CONFIGURATIONFILE_H

#include "looplint/Driver/RuleSelection.h"
#include "looplint/Models/Effect.h"
#include "looplint/Report/Report.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace looplint {

using Strings = std::vector<std::string>;

/// What one file says; a key that it does not contain is not set.
struct FileSettings {
  std::string file; // absolute
  std::optional<Strings> select;
  std::optional<Strings> ignore;
  std::optional<Strings> exclude;
  std::optional<Strings> extendExclude;
  std::optional<Strings> models;
  std::optional<Strings> blockingTiers;
  std::optional<Version> targetVersion;
  std::optional<Confidence> confidence;
  std::optional<OutputFormat> outputFormat;
  std::optional<bool> respectGitignore;
  std::vector<std::pair<std::string, Strings>> perFileIgnores;
  std::vector<std::pair<std::string, Version>> perFileTargetVersions;
};

std::optional<Confidence> parseConfidence(llvm::StringRef text);
/// Categories of blocking calls of which models call some opt-in.
llvm::ArrayRef<llvm::StringLiteral> blockingTierSpellings();

/// Reads \p file: the table `tool.looplint` of a pyproject.toml, or all of any
/// other file. Nothing where a pyproject.toml does not have that table.
llvm::Expected<std::optional<FileSettings>>
readConfigurationFile(llvm::StringRef file);

/// Reads the nearest configuration in \p folder (absolute) or above it; of one
/// folder's two files looplint.toml. A pyproject.toml that is broken and does
/// not mention looplint is somebody else's: it is passed over and \p warnings
/// gets the reason.
llvm::Expected<std::optional<FileSettings>>
findConfigurationFile(llvm::StringRef folder, Strings &warnings);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_CONFIGURATIONFILE_H
