//===- Generators.h - generators that others go through -------------------===//
//
// A generator's body is taken to run where the generator is made, as most are
// gone through at once. Where one is given to another thread, or kept by an
// object of a library that goes through it later, nothing is proved of the
// place that made it.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_GENERATORS_H
#define LOOPLINT_LIB_CONTEXT_GENERATORS_H

#include "looplint/Context/Contexts.h"

namespace looplint {

class Interpreter;

/// The part of an Interpreter that knows which generators have not begun.
class Generators {
public:
  explicit Generators(Interpreter &around) : in(around) {}

  /// Somebody else goes through these, as far as they are generators.
  void leave(SetId values);
  void leave(const CallArguments &arguments);

private:
  bool isMadeHere(OperationKey site) const;

  Interpreter &in;
};

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_GENERATORS_H
