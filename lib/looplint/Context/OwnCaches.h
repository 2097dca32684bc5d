//===- OwnCaches.h - coroutines that remember what they have loaded -------===//

#ifndef LOOPLINT_LIB_CONTEXT_OWNCACHES_H
#define LOOPLINT_LIB_CONTEXT_OWNCACHES_H

#include "OwnMethods.h"

#include "llvm/ADT/DenseSet.h"

namespace looplint {

/// The coroutines among the methods of a class that answer from a field which
/// nothing in the class ever empties, by their keys: each asks it for its
/// parameter, or else waits for the answer and puts that there.
///
/// A field that anything else in the class looks at is not counted: whoever
/// does may drop what is too old or too much. So is one whose entries are
/// tested when they are found, since they may tell their age.
llvm::DenseSet<std::uint32_t>
rememberingLoads(const Program &program, llvm::ArrayRef<OwnMethod> methods);

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_OWNCACHES_H
