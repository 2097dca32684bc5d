//===- Overrides.h - methods that stand for each other --------------------===//
//
// A call on an object whose class is not fixed reaches whatever its class
// defines under that name. Where one of these methods becomes a coroutine
// function, so must the others, whether or not an execution came to them.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_OVERRIDES_H
#define LOOPLINT_LIB_FIX_OVERRIDES_H

#include "Workbench.h"

namespace looplint {

/// The other methods of that name in classes of the program above and below
/// the method's own, and beside it where they share a class that defines one.
/// Empty for a function that is no method.
std::vector<FunctionKey> overridesOf(const Workbench &bench,
                                     FunctionKey method);

/// One of the classes derives from the other, or they are the same.
bool areRelated(const Workbench &bench, ClassKey first, ClassKey second);

/// The calls by which the method hands on to the one that it overrides:
/// `super().read(…)` in `read`.
std::vector<OperationKey> superCallsIn(const Workbench &bench,
                                       FunctionKey method);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_OVERRIDES_H
