//===- LostFutures.h - calls that begin, and are not waited for -----------===//

#ifndef LOOPLINT_LIB_RULES_LOSTFUTURES_H
#define LOOPLINT_LIB_RULES_LOSTFUTURES_H

#include "Uses.h"
#include "looplint/Rules/Rules.h"

#include <optional>

namespace looplint::rules {

/// What is to be said of a lost future: LOOP702 where nothing refers to it,
/// LOOP701 where it is taken for the result.
std::optional<Finding> judgeFuture(const RuleInput &input, Uses &uses,
                                   InstanceId instance, const Loss &loss);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_LOSTFUTURES_H
