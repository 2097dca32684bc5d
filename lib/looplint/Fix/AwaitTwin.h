//===- AwaitTwin.h - the async form of a blocking call --------------------===//

#ifndef LOOPLINT_LIB_FIX_AWAITTWIN_H
#define LOOPLINT_LIB_FIX_AWAITTWIN_H

#include "Draft.h"

namespace looplint {

/// Awaits the function that takes the same arguments as the blocking one, such
/// as `asyncio.sleep` for `time.sleep`, in its place; false where there is
/// none. `await` must be possible there.
bool awaitTwinFunction(Workbench &bench, Draft &draft, OperationKey call,
                       const Effect &blocks, const ApiFunction &api);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_AWAITTWIN_H
