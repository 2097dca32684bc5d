//===- Blocking.h - what the rules on blocking calls share ----------------===//

#ifndef LOOPLINT_LIB_RULES_BLOCKING_H
#define LOOPLINT_LIB_RULES_BLOCKING_H

#include "Evidence.h"

namespace looplint::rules {

/// Calls \p visit for every call that holds up a running loop and that the
/// configuration asks for.
void forEachBlockingCall(
    const RuleInput &input,
    llvm::function_ref<void(InstanceId, const Event &)> visit);

/// Whether the class or module that offers the call has its async form, too.
bool hasOwnTwin(const Event &event);

/// "stops the running loop for 5 s".
std::string describeStop(const RuleInput &input, const Event &event);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_BLOCKING_H
