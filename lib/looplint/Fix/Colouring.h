//===- Colouring.h - sync functions become coroutine functions ------------===//
//
// A function that has to await becomes `async def`, and then each of its
// callers has to await it. That goes on until a coroutine is reached, or a
// place where no loop runs: there the coroutine is run. A method takes along
// what overrides it and what it overrides. It is possible only where every
// caller is known and may change; where not, the draft's reason names what is
// in the way.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_COLOURING_H
#define LOOPLINT_LIB_FIX_COLOURING_H

#include "Draft.h"

namespace looplint {

/// What code did that awaits from now on.
enum class Formerly : std::uint8_t {
  Called,  // it waited, whether or not a loop ran
  RanLoop, // it ran a loop, so that its callers may do the same
};

/// Lets `await` stand at the place of \p at, which must not be in a lambda or a
/// comprehension; gives the draft up where it cannot be.
void makeAwaitable(Workbench &bench, Draft &draft, OperationKey at,
                   Formerly formerly = Formerly::Called);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_COLOURING_H
