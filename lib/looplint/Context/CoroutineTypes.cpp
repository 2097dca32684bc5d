//===- CoroutineTypes.cpp -------------------------------------------------===//
//
// A coroutine of Python is of one type. In C++ it is of the type that its
// function returns, mostly a library's, with members that wait for it, continue
// it or hand it on.
//
//===----------------------------------------------------------------------===//

#include "CoroutineTypes.h"

using namespace looplint;

/// The function that calling made the object of; null where it is a library's.
static const FunctionFacts *functionOf(Solver &solver, AtomId coroutine) {
  AtomId id = coroutine;
  for (unsigned i = 0; i < Atoms::deepestAtom; ++i) {
    const Atom &atom = solver.atoms[id];
    if (atom.kind == AtomKind::Function)
      return &solver.facts(FunctionKey(atom.a));
    if (atom.kind != AtomKind::Coroutine && atom.kind != AtomKind::Method &&
        atom.kind != AtomKind::Partial)
      return nullptr;
    id = AtomId(atom.a);
  }
  return nullptr;
}

const ApiType *looplint::typeOfCoroutine(Solver &solver, AtomId coroutine,
                                         Symbol member) {
  const FunctionFacts *facts = functionOf(solver, coroutine);
  if (!facts || !facts->definition->returnAnnotation)
    return solver.coroutineType;
  const Summary &summary = solver.program.summary(facts->file);
  const Value &returned = summary.value(facts->definition->returnAnnotation);
  if (summary.language != Language::Cpp || returned.kind != ValueKind::Entity)
    return solver.coroutineType;
  const ApiType *own = solver.models.type(
      solver.models.canonical(summary.string(StringId(returned.a))));
  if (!own)
    return solver.coroutineType;
  const ApiMember &known = solver.member(*own, member);
  return known.method || known.attribute ? own : solver.coroutineType;
}
