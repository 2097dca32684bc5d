//===- RunOwnLoop.cpp - a run of its own instead of a shared loop ---------===//
//
// Several threads that run one loop get in each other's way. What each of them
// runs is a coroutine of its own, for which `asyncio.run` makes a loop.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

std::optional<Fix> cures::runOwnLoop(Workbench &bench, const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  bool runsCoroutine = subject.effect && subject.api &&
                       subject.effect->kind == EffectKind::RunLoop &&
                       subject.effect->subject.kind == Reference::Parameter;
  if (!runsCoroutine ||
      bench.operation(subject.operation).kind != OperationKind::Call)
    return std::nullopt;
  const Argument *coroutine = bench.argument(subject.operation, *subject.api,
                                             subject.effect->subject.name);
  Location call = bench.locationOf(subject.operation);
  // Only a coroutine can be run elsewhere: a task belongs to its loop.
  bool isMadeHere =
      coroutine && bench.callBehind(call.file, coroutine->value) &&
      llvm::any_of(bench.calledAt(subject.operation), [&](FunctionKey driven) {
        return bench.function(driven).isAsync;
      });
  if (!isMadeHere)
    return std::nullopt;
  Draft draft(bench);
  draft.replace(
      call, draft.name(call.file, "asyncio", "run") + "(" +
                bench.text(bench.valueOf(call.file, *coroutine)).str() + ")");
  return draft.finish(Applicability::Unsafe,
                      "run the coroutine on a loop of its own");
}
