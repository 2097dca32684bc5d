//===- Blame.h - which of many fixes is behind a new finding --------------===//

#ifndef LOOPLINT_LIB_DRIVER_BLAME_H
#define LOOPLINT_LIB_DRIVER_BLAME_H

#include "looplint/Driver/Analyze.h"
#include "looplint/Fix/Edits.h"

namespace looplint {

struct Blame {
  /// Indices of the fixes that may have led to the finding; never empty where
  /// there are fixes.
  std::vector<std::size_t> fixes;
  /// They stand where the finding speaks of, and are not merely what is left
  /// to suspect.
  bool isSure = false;
};

/// Where the edits of one fix are in the texts with all of them.
using Traces = std::vector<Location>;

/// The fix, which is in \p edits, as it shows in the texts with \p edits.
Traces tracesOf(const Fix &fix, const EditSet &edits);

/// Tells which of \p fixes led to \p added: a finding of \p analysis, which is
/// that of the texts with them.
Blame blameFor(const Finding &added, llvm::ArrayRef<Traces> fixes,
               const Analysis &analysis);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_BLAME_H
