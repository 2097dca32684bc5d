//===- Definitions.cpp - what `def` and `class` make ----------------------===//
//
// A function runs later, and a class's body at once. What is defined only for
// older versions of the language runs on those alone.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

SetId Interpreter::functionValue(FunctionId id) {
  FunctionFacts &known = solver.facts(program.key(file, id));
  known.versionsBelow = state.versionsBelow;
  known.isDefined = true;
  return atoms.only({.kind = AtomKind::Function,
                     .a = program.key(file, id).index(),
                     .b = frame.raw()});
}

/// A class statement executes the class's body, here and now.
SetId Interpreter::classValue(ClassId id) {
  ClassKey key = program.key(file, id);
  const Class &definition = summary.classOf(id);
  AtomId atom =
      atoms.atom({.kind = AtomKind::Class, .a = key.index(), .b = frame.raw()});

  solver.bases[key.index()].resize(definition.bases.size(), atoms.emptySet());
  for (std::size_t i = 0; i < definition.bases.size(); ++i) {
    importBase(definition.bases[i]);
    SetId base = evaluate(definition.bases[i]);
    SetId &known = solver.bases[key.index()][i];
    SetId joined = atoms.join(known, base);
    solver.basesEpoch += joined != known;
    known = joined;
  }
  bool isRemade = definition.metaclass &&
                  llvm::any_of(atoms.members(evaluate(definition.metaclass)),
                               [&](AtomId id) {
                                 return atoms[id].kind == AtomKind::Class;
                               });
  if (isRemade)
    solver.remade.insert(atom.index());
  for (AtomId base : llvm::SmallVector<AtomId, 4>(linearise(atom)))
    if (base != atom && atoms[base].kind == AtomKind::Class)
      solver.write(solver.subclasses(base), atoms.only(atom));
  FunctionKey body = program.key(file, definition.body);
  solver.facts(body).versionsBelow = state.versionsBelow;
  solver.facts(body).isDefined = true;
  FrameId bodyFrame = solver.frame(body, frame, {});
  OperationKey at(program.key(file, here));
  solver.enter(self, bodyFrame, solver.context(state.context),
               {.at = at, .kind = EdgeKind::Call});
  findHooks(atom);
  return atoms.only(atom);
}
