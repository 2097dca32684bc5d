//===- CallOnTheWay.h - from a finding's place up to whoever leads there --===//

#ifndef LOOPLINT_LIB_FIX_CALLONTHEWAY_H
#define LOOPLINT_LIB_FIX_CALLONTHEWAY_H

#include "Cures.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace looplint {

/// The nearest operation on the way to \p at, itself included, that
/// \p isWanted; \p instance is the one that executes \p at. Invalid where none
/// is, or where the way leads through more than plain calls.
OperationKey callOnTheWay(const Contexts &contexts, OperationKey at,
                          InstanceId instance,
                          llvm::function_ref<bool(OperationKey)> isWanted);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_CALLONTHEWAY_H
