//===- NestedLoops.h - a loop run inside of a running one -----------------===//

#ifndef LOOPLINT_LIB_RULES_NESTEDLOOPS_H
#define LOOPLINT_LIB_RULES_NESTEDLOOPS_H

#include "Evidence.h"

namespace looplint::rules {

/// Which loop a run inside of a running loop runs.
enum class Nesting {
  SameLoop,
  OtherLoop, // it is right to run it, and blocks the outer one
  Unknown,
};

/// \p event runs a loop where one runs. Where the library refuses any second
/// loop on a thread it counts as the same.
Nesting nestingOf(const RuleInput &input, const Event &event);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_NESTEDLOOPS_H
