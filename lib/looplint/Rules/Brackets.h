//===- Brackets.h - what stands around an operation -----------------------===//

#ifndef LOOPLINT_LIB_RULES_BRACKETS_H
#define LOOPLINT_LIB_RULES_BRACKETS_H

#include "looplint/Link/Program.h"

namespace looplint::rules {

/// Whether whoever executes the later operation has executed the earlier one.
bool comesBefore(const Program &program, OperationKey earlier,
                 OperationKey later);

/// Whether a `for` or `while` stands around the operation.
bool isInLoop(const Program &program, OperationKey at);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_BRACKETS_H
