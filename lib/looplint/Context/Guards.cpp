//===- Guards.cpp - conditions on a state that is not known ---------------===//
//
// `if self.asynchronous:`, `if state.stage is not STOPPED:`, `if
// in_browser():`. What such a field holds is the join of all that is ever
// stored there, and what a predicate of the program finds depends on where it
// runs, so the condition stays open, while in the program it is just what keeps
// a function's two ways apart: one for callers on a loop, one for others.
// Behind it a proof that this code runs with or without a loop is no proof any
// more.
//
// A field that holds an object or None is no state: asking for it fills it
// (`if self.loop is None:`).
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// Whether a part of the condition that is not decided asks for such a state.
bool Interpreter::asksForState(ValueId id, unsigned depth) {
  if (!id || depth > deepestExpression)
    return false;
  const Value &value = summary.value(id);
  switch (value.kind) {
  case ValueKind::Not:
    return asksForState(ValueId(value.a), depth + 1);
  case ValueKind::And:
  case ValueKind::Or:
    return llvm::any_of(summary.operandsOf(value), [&](ValueId operand) {
      return asksForState(operand, depth + 1);
    });
  case ValueKind::Is:
  case ValueKind::Equal:
    return isState(ValueId(value.a)) &&
           (isOwnState(ValueId(value.a)) || holdsFlag(ValueId(value.a))) &&
           summary.value(ValueId(value.b)).kind != ValueKind::None &&
           truth(id) == Truth::Unknown;
  case ValueKind::Contains:
    return isOwnState(ValueId(value.b));
  default:
    return isOpenFlag(value) || (isState(id) && holdsFlag(id));
  }
}

/// A parameter that is a flag by its default, and may have been given in
/// keywords that are not known: `serve(**settings)`.
bool Interpreter::isOpenFlag(const Value &value) {
  if (value.kind != ValueKind::Local || value.a >= function.parameters.size())
    return false;
  SetId held = local(value.a);
  return atoms.mayBeAnything(held) &&
         llvm::any_of(atoms.members(held), [&](AtomId id) {
           return atoms[id].kind == AtomKind::True ||
                  atoms[id].kind == AtomKind::False;
         });
}

/// The variable behind `v.x`, `v.x.y`, `v.x()`, `module_function()`; invalid
/// for anything else, such as a callable that the function was given.
ValueId Interpreter::rootOfState(ValueId place) {
  bool isMember = false;
  for (unsigned i = 0; place && i < 8; ++i) {
    const Value &value = summary.value(place);
    if (value.kind == ValueKind::Local || value.kind == ValueKind::Outer) {
      bool isModules = value.kind == ValueKind::Outer &&
                       FunctionId(value.a) == FunctionId(0);
      return isMember || (i != 0 && isModules) ? place : ValueId();
    }
    isMember |= value.kind == ValueKind::Attribute;
    if (value.kind == ValueKind::Attribute)
      place = ValueId(value.a);
    else if (value.kind == ValueKind::Result)
      place = summary.operation(OperationId(value.a)).value;
    else
      return ValueId();
  }
  return ValueId();
}

bool Interpreter::isState(ValueId place) {
  return static_cast<bool>(rootOfState(place));
}

/// … of the receiver.
bool Interpreter::isOwnState(ValueId place) {
  ValueId root = rootOfState(place);
  return root && function.classOfMethod &&
         summary.value(root).kind == ValueKind::Local &&
         summary.value(root).a == 0;
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
