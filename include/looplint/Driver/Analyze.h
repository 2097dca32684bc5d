//===- Analyze.h - the whole of looplint as one function ------------------===//

#ifndef LOOPLINT_DRIVER_ANALYZE_H
#define LOOPLINT_DRIVER_ANALYZE_H

#include "looplint/Context/Contexts.h"
#include "looplint/Driver/Configuration.h"
#include "looplint/Driver/Progress.h"
#include "looplint/Link/Program.h"
#include "looplint/Models/Models.h"
#include "looplint/Report/Report.h"
#include "looplint/Rules/Rules.h"

#include "llvm/Support/Error.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace looplint {

/// What is known of a program before any rule looks at it.
struct Analysis {
  Sources sources;
  // Each refers to what stands above it, so none may move.
  std::unique_ptr<const ModelSet> models;
  std::unique_ptr<Program> program;
  std::unique_ptr<const Contexts> contexts;
  /// LOOP900: the files that are not, or not wholly, part of the program.
  Findings unanalysed;
  /// For each file, whether it can change a finding.
  std::vector<bool> matters;
  /// For each file of C++, and each further reading of one, the main file of
  /// the translation unit that it was read in.
  std::vector<FileId> units;
  /// How many files were lowered in an earlier run.
  unsigned fromCache = 0;
};

/// A text that takes the place of what a file contains.
struct NewText {
  FileId file;
  std::string text;
};

/// Reads, lowers and links the files that \p configuration names, and finds
/// where their functions run. Fails where the request cannot be carried out: a
/// path that does not exist, a model that is wrong.
llvm::Expected<Analysis> inferProgram(const Configuration &configuration,
                                      Progress &progress);

/// The same program with other texts in some of its files. Nothing is read
/// again, and only those files are lowered again.
Analysis inferAgain(Analysis before, const std::vector<NewText> &texts,
                    const Configuration &configuration);

/// What is wrong in the program, as it is to be shown: without what is
/// suppressed, not selected or not sure enough, in the order of places.
Findings findingsOf(const Analysis &analysis,
                    const Configuration &configuration);

/// What is to be done about findings that can be repaired.
struct FixRequest {
  enum Mode : std::uint8_t {
    None,
    Offer, // each finding comes with its fix
    Apply, // to the texts in memory; the report holds what is left
  };
  Mode mode = None;
  /// Apply also what may change how the program behaves.
  bool unsafeToo = false;
  /// Silence what is left by comments that end with this reason, if any.
  std::optional<std::string> suppression;
};

/// Finds what is wrong in that program, and repairs it as far as it is asked
/// to. Fails as inferProgram() does.
llvm::Expected<Report> analyze(const Configuration &configuration,
                               Progress &progress,
                               const FixRequest &request = {});

} // namespace looplint

#endif // LOOPLINT_DRIVER_ANALYZE_H
