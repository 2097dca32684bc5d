//===- Guards.cpp - conditions on the receiver's own state ----------------===//
//
// `if self.asynchronous:`, `if self.stage is not STOPPED:`. What such a field
// holds is the join of all that is ever stored there, so the condition stays
// open, while in the program it is just what keeps a method's two ways apart:
// one for callers on a loop, one for others. Behind it a proof that this code
// runs with or without a loop is no proof any more.
//
// A field that holds an object or None is no state: asking for it fills it
// (`if self.loop is None:`).
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// Whether a part of the condition that is not decided asks for such a state.
bool Interpreter::asksForOwnState(ValueId id, unsigned depth) {
  if (!id || depth > deepestExpression || !function.classOfMethod)
    return false;
  const Value &value = summary.value(id);
  switch (value.kind) {
  case ValueKind::Not:
    return asksForOwnState(ValueId(value.a), depth + 1);
  case ValueKind::And:
  case ValueKind::Or:
    return llvm::any_of(summary.operandsOf(value), [&](ValueId operand) {
      return asksForOwnState(operand, depth + 1);
    });
  case ValueKind::Is:
  case ValueKind::Equal:
    return isOwnState(ValueId(value.a)) &&
           summary.value(ValueId(value.b)).kind != ValueKind::None &&
           truth(id) == Truth::Unknown;
  case ValueKind::Contains:
    return isOwnState(ValueId(value.b));
  default:
    return isOwnState(id) && holdsFlag(id);
  }
}

/// `self.x`, `self.x.y`, `self.x()`.
bool Interpreter::isOwnState(ValueId place) {
  for (unsigned i = 0; place && i < 8; ++i) {
    const Value &value = summary.value(place);
    if (value.kind == ValueKind::Local)
      return i != 0 && value.a == 0;
    if (value.kind == ValueKind::Attribute)
      place = ValueId(value.a);
    else if (value.kind == ValueKind::Result)
      place = summary.operation(OperationId(value.a)).value;
    else
      return false;
  }
  return false;
}

/// Whether what is there is neither an object nor the lack of one.
bool Interpreter::holdsFlag(ValueId place) {
  bool hasFlag = false;
  for (AtomId id : atoms.members(evaluate(place))) {
    switch (atoms[id].kind) {
    case AtomKind::None:
      break;
    case AtomKind::True:
    case AtomKind::False:
    case AtomKind::Data:
    case AtomKind::Integer:
    case AtomKind::String:
    case AtomKind::TestResult:
      hasFlag = true;
      break;
    default:
      return false;
    }
  }
  return hasFlag;
}
