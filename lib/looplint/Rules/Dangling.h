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

/// A coroutine lambda that goes on without its captures once the closure is
/// gone.
inline bool mayLoseCaptures(const Function &function) {
  return function.kind == FunctionKind::Lambda && function.isAsync &&
         !function.ownsCaptures;
}

/// The first variable that a coroutine lambda, or a function in it, takes from
/// outside of it when the closure may be gone; empty where there is none.
std::string firstCapture(const Summary &summary, FunctionId lambda);

/// Coroutine lambdas given to what does not keep their closures for as long as
/// the coroutine goes on.
void findLentClosures(const RuleInput &input, Findings &findings);

/// Coroutines that are handed to a loop with references to what ends before
/// they do.
void findLentArguments(const RuleInput &input, Findings &findings);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_DANGLING_H
