//===- Colouring.h - sync functions become coroutine functions ------------===//
//
// A function that has to await becomes `async def`, and then each of its
// callers has to await it. That goes on until a coroutine is reached, or a
// place where no loop runs: there the coroutine is run. It is possible only
// where every caller is known and may change.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_COLOURING_H
#define LOOPLINT_LIB_FIX_COLOURING_H

#include "Draft.h"

namespace looplint {

/// Lets `await` stand in \p function; gives the draft up where it cannot be.
void colour(Workbench &bench, Draft &draft, FunctionKey function);

/// The same for the place of \p at; not in a lambda or a comprehension.
void makeAwaitable(Workbench &bench, Draft &draft, OperationKey at);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_COLOURING_H
