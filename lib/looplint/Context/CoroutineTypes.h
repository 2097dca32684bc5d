//===- CoroutineTypes.h - what coroutine objects can do -------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_COROUTINETYPES_H
#define LOOPLINT_LIB_CONTEXT_COROUTINETYPES_H

#include "Solver.h"

namespace looplint {

/// The described type that gives the coroutine object the member; null where
/// none is known.
const ApiType *typeOfCoroutine(Solver &solver, AtomId coroutine, Symbol member);

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_COROUTINETYPES_H
