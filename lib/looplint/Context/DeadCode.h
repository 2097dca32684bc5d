//===- DeadCode.h - what only older versions come to ----------------------===//
//
// A branch that no supported version of the language takes, or none at all, is
// not executed. What it calls and nobody else does is there for older versions
// as well, or for nobody, though its own text does not say so.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_DEADCODE_H
#define LOOPLINT_LIB_CONTEXT_DEADCODE_H

#include "Solver.h"

namespace looplint {

class Interpreter;

/// The part of an Interpreter that looks at branches that are not taken.
class DeadCode {
public:
  explicit DeadCode(Interpreter &around) : in(around) {}

  /// Leaves out the side of the `if` at \p index where its condition holds, or
  /// does not, after that was assumed and found to be impossible. Where the
  /// other side does not come back, that is so for what is behind as well.
  void leave(std::uint32_t index, bool holds);

private:
  void noteCalls(const Operation &call, Version below);
  SetId functionsOf(ValueId callee);
  SetId membersOf(AtomId holder, Symbol name);

  Interpreter &in;
};

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_DEADCODE_H
