//===- Retired.h - what later versions of the language do without ---------===//

#ifndef LOOPLINT_LIB_RULES_RETIRED_H
#define LOOPLINT_LIB_RULES_RETIRED_H

#include "looplint/Rules/Rules.h"

namespace looplint::rules {

/// Calls that use functions or parameters which are gone from some version on
/// that the project supports, as more \p findings of \p code. A function that
/// is a part of what another one is about is no finding of its own.
void addRetired(const RuleInput &input, std::uint16_t code, Findings &findings);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_RETIRED_H
