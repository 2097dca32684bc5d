//===- StaleLoops.h - closed loops that stay installed --------------------===//

#ifndef LOOPLINT_LIB_RULES_STALELOOPS_H
#define LOOPLINT_LIB_RULES_STALELOOPS_H

#include "Threads.h"

namespace looplint::rules {

struct StaleLoop {
  ObjectId loop;
  Occurrence closed;
  /// Where the thread asks for its current loop and gets that one; no event
  /// where nobody is seen to.
  Occurrence asked;
};

/// Loops that are closed while they are their thread's current loop, and stay
/// so where the thread goes on.
std::vector<StaleLoop> staleLoops(const RuleInput &input,
                                  const Threads &threads);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_STALELOOPS_H
