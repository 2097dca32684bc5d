//===- WorkOfLoop.h - what a loop on another thread is at work with -------===//

#ifndef LOOPLINT_LIB_RULES_WORKOFLOOP_H
#define LOOPLINT_LIB_RULES_WORKOFLOOP_H

#include "Threads.h"

namespace looplint::rules {

/// Whether the loop's thread may be at work with the object that the place
/// uses: before, an operation of it was begun, or code that uses it was handed
/// to the loop, and since then nothing has waited for a thread, stopped the
/// loop or taken a lock.
bool isAtWorkWith(const RuleInput &input, const Threads &threads,
                  const Occurrence &place, ObjectId loop);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_WORKOFLOOP_H
