//===- Dangling.h - what a coroutine may find gone ------------------------===//

#ifndef LOOPLINT_LIB_RULES_DANGLING_H
#define LOOPLINT_LIB_RULES_DANGLING_H

#include "looplint/Rules/Rules.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace looplint::rules {

/// Calls \p visit for what may be executed after the function has waited. What
/// it waits for is evaluated before.
void forEachBehindWait(const Summary &summary, const Function &function,
                       llvm::function_ref<void(const Operation &)> visit);

/// Coroutines that are handed to a loop with references to what ends before
/// they do.
void findLentArguments(const RuleInput &input, Findings &findings);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_DANGLING_H
