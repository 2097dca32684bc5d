//===- Apart.h - what keeps code of several threads apart -----------------===//

#ifndef LOOPLINT_LIB_RULES_APART_H
#define LOOPLINT_LIB_RULES_APART_H

#include "Evidence.h"

#include <set>

namespace looplint::rules {

/// Whether the program has means of its own to keep handlers of the loop apart.
bool keepsHandlersApart(const RuleInput &input, ObjectId loop);

/// Functions that take a lock by making an object.
std::set<FunctionKey> functionsWithGuards(const RuleInput &input);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_APART_H
