//===- ConcurrentHandlers.h - handlers of a loop that several threads run -===//

#ifndef LOOPLINT_LIB_RULES_CONCURRENTHANDLERS_H
#define LOOPLINT_LIB_RULES_CONCURRENTHANDLERS_H

#include "Threads.h"

namespace looplint::rules {

/// LOOP501 where two handlers of one loop use an object that is not made for
/// several threads, though several run that loop.
void findConcurrentHandlers(const RuleInput &input, const Threads &threads,
                            Findings &findings);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_CONCURRENTHANDLERS_H
