//===- LibraryCall.h - a call of a function that a model describes --------===//

#ifndef LOOPLINT_LIB_CONTEXT_LIBRARYCALL_H
#define LOOPLINT_LIB_CONTEXT_LIBRARYCALL_H

#include "looplint/Context/Contexts.h"

namespace looplint {

struct LibraryCall {
  const ApiFunction &api;
  AtomId self; // invalid where there is none
  const CallArguments &arguments;
  OperationKey at;
  Confidence confidence;
  /// The function of the program that does it, where one does.
  AtomId body = AtomId();
};

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_LIBRARYCALL_H
