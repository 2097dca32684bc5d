//===- Callables.h - what is handed to a library --------------------------===//
//
// A hand-over names its callable by a model: by a parameter of the call, or by
// one of the constructor whose object the call starts.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_CALLABLES_H
#define LOOPLINT_LIB_FIX_CALLABLES_H

#include "Workbench.h"

namespace looplint {

/// The function whose arguments the hand-over speaks of: a thread's `start`
/// runs what the constructor was given.
const ApiFunction *apiOf(const Workbench &bench, const FindingSubject &subject);

/// The parameter of the library function that a reference means, or null.
const ModelParameter *parameter(const ApiFunction &api,
                                const Reference &reference);

/// The argument that is the callable; null where the call has none.
const Argument *callableArgument(const Workbench &bench,
                                 const FindingSubject &subject);

/// It runs what it is given where no loop runs.
bool runsOffLoop(const Workbench &bench, const FindingSubject &subject);

/// The function that is handed over, behind methods and partials; invalid where
/// it is none of the program's.
FunctionKey functionBehind(const Workbench &bench, AtomId value);

/// A coroutine function, or what stands for one: a method, a partial.
bool isCoroutineFunction(const Workbench &bench, AtomId value);

/// Whatever is ever handed over there is a coroutine function.
bool areAllCoroutineFunctions(const Workbench &bench,
                              const FindingSubject &subject);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_CALLABLES_H
