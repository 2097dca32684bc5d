//===- Wrappers.h - coroutine functions as callables that return nothing --===//

#ifndef LOOPLINT_LIB_RULES_WRAPPERS_H
#define LOOPLINT_LIB_RULES_WRAPPERS_H

#include "Evidence.h"

#include "llvm/ADT/DenseSet.h"

namespace looplint::rules {

/// Whether the callable becomes one that returns nothing, which the program
/// itself calls.
bool isWrapping(const Handover &handover);

/// Functions that the program makes such callables of.
llvm::DenseSet<std::uint32_t> functionsInWrappers(const RuleInput &input);

/// Where the code that hands the callable over got it from.
Location giverOf(const RuleInput &input, InstanceId instance,
                 const Handover &handover);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_WRAPPERS_H
