//===- AwaitDropped.cpp - await a coroutine that is dropped ---------------===//

#include "Callables.h"
#include "Colouring.h"
#include "Cures.h"

using namespace looplint;

/// A script's own top level, where no loop runs, has to run the coroutine.
static bool isScript(const Workbench &bench, const FindingSubject &subject) {
  FunctionKey function = bench.functionOf(subject.operation);
  if (bench.function(function).kind != FunctionKind::Module ||
      !subject.instance)
    return false;
  const Contexts &contexts = bench.input.contexts;
  return contexts[contexts[subject.instance].context].running == Running::No;
}

std::optional<Fix> cures::awaitDropped(Workbench &bench,
                                       const Finding &finding) {
  Location call = bench.locationOf(finding.subject.operation);
  Draft draft(bench);
  AtomId value = finding.subject.value;
  const Atoms &atoms = bench.input.contexts.atoms;
  if (value && atoms[value].kind == AtomKind::Coroutine)
    value = AtomId(atoms[value].a);
  FunctionKey function = functionBehind(bench, value);
  if (function && bench.function(function).isGenerator)
    draft.giveUp("an async generator is not awaited, but read by `async for`");
  if (isScript(bench, finding.subject)) {
    draft.insert(call.file, call.span.begin,
                 draft.name(call.file, "asyncio", "run") + "(");
    draft.insert(call.file, call.span.end, ")");
    return draft.finish(Applicability::Unsafe, "run the coroutine");
  }
  makeAwaitable(bench, draft, finding.subject.operation);
  draft.await(call);
  return draft.finish(Applicability::Unsafe, "await the coroutine");
}
