//===- Callables.cpp ------------------------------------------------------===//

#include "Callables.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

const ApiFunction *looplint::apiOf(const Workbench &bench,
                                   const FindingSubject &subject) {
  if (!subject.effect)
    return nullptr;
  if (subject.effect->callable.kind == Reference::ReceiverField)
    return bench.libraryFunction(subject.operation);
  return subject.api;
}

const ModelParameter *looplint::parameter(const ApiFunction &api,
                                          const Reference &reference) {
  if (reference.kind != Reference::Parameter &&
      reference.kind != Reference::ReceiverField)
    return nullptr;
  auto found = llvm::find_if(api.parameters, [&](auto &known) {
    return known.name == reference.name;
  });
  return found == api.parameters.end() ? nullptr : &*found;
}

const Argument *looplint::callableArgument(const Workbench &bench,
                                           const FindingSubject &subject) {
  const ApiFunction *api = apiOf(bench, subject);
  const ModelParameter *callable =
      api ? parameter(*api, subject.effect->callable) : nullptr;
  if (!callable ||
      bench.operation(subject.operation).kind != OperationKind::Call ||
      bench.operation(subject.operation).isDecorator)
    return nullptr;
  return bench.argument(subject.operation, *api, callable->name);
}

bool looplint::runsOffLoop(const Workbench &bench,
                           const FindingSubject &subject) {
  const Contexts &contexts = bench.input.contexts;
  Place on = subject.effect ? subject.effect->on : Place::Unspecified;
  // The context of such a hand-over is that of who gives the callable away.
  if (on == Place::Worker || on == Place::Process || on == Place::AtExit)
    return true;
  return subject.context && contexts[subject.context].running == Running::No;
}

FunctionKey looplint::functionBehind(const Workbench &bench, AtomId value) {
  const Atoms &atoms = bench.input.contexts.atoms;
  while (value && (atoms[value].kind == AtomKind::Method ||
                   atoms[value].kind == AtomKind::Partial))
    value = AtomId(atoms[value].a);
  return value && atoms[value].kind == AtomKind::Function
             ? FunctionKey(atoms[value].a)
             : FunctionKey();
}

bool looplint::isCoroutineFunction(const Workbench &bench, AtomId value) {
  const Atoms &atoms = bench.input.contexts.atoms;
  while (atoms[value].kind == AtomKind::Method ||
         atoms[value].kind == AtomKind::Partial ||
         atoms[value].kind == AtomKind::Coroutine)
    value = AtomId(atoms[value].a);
  return atoms[value].kind == AtomKind::Function &&
         bench.function(FunctionKey(atoms[value].a)).isAsync;
}

bool looplint::areAllCoroutineFunctions(const Workbench &bench,
                                        const FindingSubject &subject) {
  for (const Instance &instance : bench.input.contexts.instances)
    for (const Handover &handover : instance.handovers)
      if (handover.at == subject.operation &&
          handover.effect == subject.effect &&
          !isCoroutineFunction(bench, handover.value))
        return false;
  return true;
}
