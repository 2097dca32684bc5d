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

namespace looplint {

/// What is known of a program before any rule looks at it.
struct Analysis {
  Sources sources;
  // Each refers to what stands above it, so none may move.
  std::unique_ptr<const ModelSet> models;
  std::unique_ptr<const Program> program;
  std::unique_ptr<const Contexts> contexts;
  /// LOOP900: the files that are not, or not wholly, part of the program.
  Findings unanalysed;
};

/// Reads, lowers and links the files that \p configuration names, and finds
/// where their functions run. Fails where the request cannot be carried out: a
/// path that does not exist, a model that is wrong.
llvm::Expected<Analysis> inferProgram(const Configuration &configuration,
                                      Progress &progress);

/// Finds what is wrong in that program. Fails as inferProgram() does.
llvm::Expected<Report> analyze(const Configuration &configuration,
                               Progress &progress);

} // namespace looplint

#endif // LOOPLINT_DRIVER_ANALYZE_H
