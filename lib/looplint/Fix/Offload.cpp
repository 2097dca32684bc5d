//===- Offload.cpp - blocking calls go to a thread ------------------------===//
//
// What blocks may stand far below the coroutine. It is the coroutine's own call
// that is moved to a thread, with all that it leads to.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

using namespace looplint;

/// The version that brought `asyncio.to_thread`.
static constexpr Version toThreadSince = 309;

/// The call in a coroutine that leads to the finding's place; invalid where
/// none does, or only by way of a library.
static OperationKey callOnLoop(const Workbench &bench,
                               const FindingSubject &subject) {
  const Contexts &contexts = bench.input.contexts;
  OperationKey at = subject.operation;
  InstanceId instance = subject.instance;
  while (!bench.isCoroutine(bench.functionOf(at))) {
    PathStep step = instance ? contexts.paths[instance.index()] : PathStep();
    if (!step.from)
      return OperationKey();
    const Edge &edge = contexts[step.from].edges[step.edge];
    if (edge.kind != EdgeKind::Call)
      return OperationKey();
    at = edge.at;
    instance = step.from;
  }
  return at;
}

/// `f(a)` becomes `await asyncio.to_thread(f, a)`.
static void moveToThread(Workbench &bench, Draft &draft, OperationKey call) {
  const Operation &op = bench.operation(call);
  FileId file = bench.input.program.fileOf(call);
  const python::Layout &layout = bench.layout(file);
  if (op.kind != OperationKind::Call || op.isDecorator ||
      layout.isInNestedScope(op.span))
    return draft.giveUp();
  bool needsParentheses = layout.needsParentheses(op.span);
  std::string opener = needsParentheses ? "(await " : "await ";
  std::string closer = needsParentheses ? ")" : "";
  if (bench.input.targetVersion >= toThreadSince) {
    opener += draft.name(file, "asyncio", "to_thread") + "(";
  } else {
    opener += draft.name(file, "asyncio", "get_running_loop") +
              "().run_in_executor(None, ";
    if (bench.passesKeywords(call)) {
      opener += draft.name(file, "functools", "partial") + "(";
      closer = ")" + closer;
    }
  }
  draft.passOn(call, opener);
  if (!closer.empty())
    draft.insert(file, op.span.end, closer);
}

std::optional<Fix> cures::offload(Workbench &bench, const Finding &finding) {
  // What blocks and names no way to a thread is bound to this one.
  const Effect *effect = finding.subject.effect;
  if (!effect ||
      (effect->kind == EffectKind::Blocks && effect->offload.empty()))
    return std::nullopt;
  OperationKey call = callOnLoop(bench, finding.subject);
  if (!call)
    return std::nullopt;
  Draft draft(bench);
  moveToThread(bench, draft, call);
  // The other coroutines that call the same function block just as well.
  if (call != finding.subject.operation)
    for (FunctionKey callee : bench.calledAt(call))
      for (const CallSite &site : bench.sitesOf(callee))
        if (site.at != call && site.kind == EdgeKind::Call && site.isOnLoop &&
            bench.isCoroutine(bench.functionOf(site.at)))
          moveToThread(bench, draft, site.at);
  return draft.finish(Applicability::Unsafe, "run the call in a thread");
}
