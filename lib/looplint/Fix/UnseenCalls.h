//===- UnseenCalls.h - calls that no execution comes to -------------------===//
//
// Where a call raises, nobody knows the callers of what stands behind it: a
// program that fails at its first nested run has hidden the others. Once that
// one is repaired they are executed, and must fit. They are found by the names
// that are written, so only where these say for certain what is called.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_UNSEENCALLS_H
#define LOOPLINT_LIB_FIX_UNSEENCALLS_H

#include "Workbench.h"

namespace looplint {

/// The calls of \p function, a plain one, that no execution comes to.
std::vector<CallSite> unseenCallsOf(Workbench &bench, FunctionKey function);

/// A coroutine leads to the function by calls of which no execution comes to at
/// least one.
bool isHiddenFromLoop(Workbench &bench, FunctionKey function);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_UNSEENCALLS_H
