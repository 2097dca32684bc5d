//===- Lower.h - a translation unit of C or C++ to summaries --------------===//

#ifndef LOOPLINT_FRONTEND_CPP_LOWER_H
#define LOOPLINT_FRONTEND_CPP_LOWER_H

#include "looplint/Program/Summary.h"

#include <string>
#include <vector>

namespace looplint::cpp {

/// One entry of a compilation database, and what the analysis adds to it.
struct UnitRequest {
  /// Where the compiler is run. Absolute.
  std::string directory;
  /// The main file; relative to the directory where it is not absolute.
  std::string file;
  /// The compiler and its arguments, the file among them.
  std::vector<std::string> command;
  /// Absolute. A file below one of them belongs to the project, unless the
  /// command says that its folder is a system's.
  std::vector<std::string> projectRoots;
  /// Macros (`NAME` or `NAME=VALUE`) that are defined for the analysis.
  std::vector<std::string> defines;
};

/// Lowers one translation unit: a Summary for each of its files that belongs to
/// the project, with the absolute path of the file, the main file's first.
/// Spans are bytes of the file as it lies on the disk. Never fails: what the
/// compiler reports is in Summary::errors, of the main file where it has no
/// better place. Thread-safe, but a crash of Clang ends the process.
std::vector<Summary> lower(const UnitRequest &request);

} // namespace looplint::cpp

#endif // LOOPLINT_FRONTEND_CPP_LOWER_H
