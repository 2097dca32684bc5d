//===- Causes.h - findings that come from one cause -----------------------===//

#ifndef LOOPLINT_LIB_REPORT_CAUSES_H
#define LOOPLINT_LIB_REPORT_CAUSES_H

#include "looplint/Rules/Finding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace looplint::report {

/// The steps that lead to the finding's own place.
llvm::ArrayRef<WitnessStep> stepsTowards(const Finding &finding);

struct CauseGroup {
  const Finding *first = nullptr;
  llvm::SmallVector<const Finding *, 2> others;
};

/// Every finding once, groups in the order of their first findings. Refers to
/// \p findings.
std::vector<CauseGroup> groupsByCause(const Findings &findings);

/// The steps of \p other that \p first does not show.
llvm::ArrayRef<WitnessStep> furtherSteps(const Finding &first,
                                         const Finding &other);

} // namespace looplint::report

#endif // LOOPLINT_LIB_REPORT_CAUSES_H
