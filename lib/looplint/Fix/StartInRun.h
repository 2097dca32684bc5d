//===- StartInRun.h - what needs a running loop is started in one ---------===//

#ifndef LOOPLINT_LIB_FIX_STARTINRUN_H
#define LOOPLINT_LIB_FIX_STARTINRUN_H

#include "Draft.h"

namespace looplint {

/// Has the call \p start take place in a coroutine, where what stands behind it
/// sleeps or runs a loop. With \p mayMoveAlone it may leave all else where it
/// is, and go into a coroutine that is run anyway. False where it cannot be;
/// the draft is of no use then.
bool startInRun(Workbench &bench, Draft &draft, OperationKey start,
                bool mayMoveAlone);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_STARTINRUN_H
