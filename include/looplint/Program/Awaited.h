//===- Awaited.h - calls whose results are awaited -----------------------===//
//
// What is awaited is an awaitable, whatever the callee seems to be: such a call
// does not block.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_PROGRAM_AWAITED_H
#define LOOPLINT_PROGRAM_AWAITED_H

#include "looplint/Program/Summary.h"

namespace looplint {

/// Whether the call, an operation of \p function, is awaited where it stands.
bool isAwaitedAtOnce(const Summary &summary, const Function &function,
                     std::uint32_t call);

/// Whether it is awaited there, or the variable that it is bound to is soon.
bool isAwaited(const Summary &summary, const Function &function,
               std::uint32_t call);

} // namespace looplint

#endif // LOOPLINT_PROGRAM_AWAITED_H
