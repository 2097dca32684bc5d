//===- Offload.cpp - blocking calls go to a thread ------------------------===//
//
// What blocks may stand far below the coroutine. It is the coroutine's own call
// that is moved to a thread, with all that it leads to.
//
//===----------------------------------------------------------------------===//

#include "CallOnTheWay.h"
#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// The version that brought `asyncio.to_thread`.
static constexpr Version toThreadSince = 309;

/// The call in a coroutine that leads to the finding's place; invalid where
/// none does, or only by way of a library.
static OperationKey callOnLoop(const Workbench &bench,
                               const FindingSubject &subject) {
  return callOnTheWay(
      bench.input.contexts, subject.operation, subject.instance,
      [&](OperationKey operation) { return bench.mayAwait(operation); });
}

/// `f(a)` becomes `await asyncio.to_thread(f, a)`.
static void moveToThread(Workbench &bench, Draft &draft, OperationKey call) {
  const Operation &op = bench.operation(call);
  FileId file = bench.input.program.fileOf(call);
  const python::Layout &layout = bench.layout(file);
  if (op.kind != OperationKind::Call || op.isDecorator ||
      layout.refusesAwait(op.span) || bench.isAwaitedElsewhere(call) ||
      bench.isMeantAsCallable(call))
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

/// What blocks and names no other form is for this thread only, and so may be
/// what threads wait for each other by.
static bool isBoundToThread(const Effect &effect) {
  return effect.kind == EffectKind::Blocks && effect.offload.empty() &&
         (effect.twin.empty() || effect.category == "synchronization");
}

/// The call makes an object: what a loop of the thread's own has made for it
/// would be bound to that loop, which is closed by then.
static bool constructs(Workbench &bench, OperationKey call) {
  return llvm::any_of(bench.calledAt(call), [&](FunctionKey callee) {
    llvm::StringRef name =
        bench.summaryOf(callee).string(bench.function(callee).name);
    return name == "__init__" || name == "__new__";
  });
}

/// The place only hands on what blocks, to be called later: to do that
/// elsewhere changes nothing.
static bool onlyHandsOver(const Workbench &bench,
                          const FindingSubject &subject) {
  auto name = [](llvm::StringRef path) {
    std::size_t dot = path.rfind('.');
    return dot == llvm::StringRef::npos ? path : path.drop_front(dot + 1);
  };
  llvm::StringRef written = bench.calleeOf(subject.operation);
  return subject.api && written.contains('.') &&
         !bench.libraryFunction(subject.operation) &&
         name(written) != name(subject.api->name);
}

/// The call runs nothing of the function yet: that begins with a `for` or a
/// `with`.
static bool makesGenerator(Workbench &bench, OperationKey call) {
  return llvm::any_of(bench.calledAt(call), [&](FunctionKey callee) {
    return bench.function(callee).isGenerator;
  });
}

static std::optional<Fix> offloadCall(Workbench &bench,
                                      const FindingSubject &subject) {
  OperationKey call = callOnLoop(bench, subject);
  bool runsLoop = subject.effect && subject.effect->kind == EffectKind::RunLoop;
  if (!call || makesGenerator(bench, call) ||
      (runsLoop && constructs(bench, call)) ||
      (call == subject.operation && onlyHandsOver(bench, subject)))
    return std::nullopt;
  Draft draft(bench);
  moveToThread(bench, draft, call);
  // The other coroutines that call the same function block just as well.
  if (call != subject.operation)
    for (FunctionKey callee : bench.calledAt(call))
      for (const CallSite &site : bench.sitesOf(callee))
        if (site.at != call && site.kind == EdgeKind::Call && site.isOnLoop &&
            bench.mayAwait(site.at))
          moveToThread(bench, draft, site.at);
  return draft.finish(Applicability::Unsafe, "run the call in a thread");
}

/// Every call in a coroutine that leads to the place by plain functions; empty
/// where these are more than a reader can be expected to look at.
static llvm::SmallVector<OperationKey, 8> callsOnLoop(Workbench &bench,
                                                      OperationKey place) {
  static constexpr std::size_t mostFunctions = 32;
  static constexpr std::size_t mostCalls = 6;
  llvm::SmallVector<OperationKey, 8> calls;
  llvm::SmallVector<FunctionKey, 8> functions = {bench.functionOf(place)};
  for (std::size_t i = 0; i < functions.size(); ++i)
    for (const CallSite &site : bench.sitesOf(functions[i])) {
      if (!site.isOnLoop || site.kind != EdgeKind::Call)
        continue;
      bool isInCoroutine = bench.mayAwait(site.at);
      if (isInCoroutine && !llvm::is_contained(calls, site.at))
        calls.push_back(site.at);
      if (!isInCoroutine && !llvm::is_contained(functions, site.caller))
        functions.push_back(site.caller);
      if (calls.size() > mostCalls || functions.size() > mostFunctions)
        return {};
    }
  return calls;
}

/// Where the nearest call is not enough, all that lead there are moved.
static std::optional<Fix> offloadCalls(Workbench &bench,
                                       const FindingSubject &subject) {
  bool runsLoop = subject.effect && subject.effect->kind == EffectKind::RunLoop;
  if (bench.mayAwait(subject.operation))
    return std::nullopt;
  llvm::SmallVector<OperationKey, 8> calls =
      callsOnLoop(bench, subject.operation);
  if (calls.size() < 2)
    return std::nullopt;
  Draft draft(bench);
  for (OperationKey call : calls) {
    if (makesGenerator(bench, call) || (runsLoop && constructs(bench, call)))
      return std::nullopt;
    moveToThread(bench, draft, call);
  }
  return draft.finish(Applicability::Unsafe, "run the calls in threads");
}

/// The edge by which a loop calls back what leads to the finding's place; null
/// where something else does.
static const Edge *callbackEdge(const Workbench &bench,
                                const FindingSubject &subject) {
  const Contexts &contexts = bench.input.contexts;
  for (InstanceId at = subject.instance; at;) {
    PathStep step = contexts.paths[at.index()];
    if (!step.from)
      return nullptr;
    const Edge &edge = contexts[step.from].edges[step.edge];
    if (edge.kind == EdgeKind::Schedules)
      return &edge;
    if (edge.kind != EdgeKind::Call)
      return nullptr;
    at = step.from;
  }
  return nullptr;
}

/// `loop.call_later(1, f, x)` becomes
/// `loop.call_later(1, loop.run_in_executor, None, f, x)`.
static std::optional<Fix> moveCallback(Workbench &bench,
                                       const FindingSubject &subject) {
  const Edge *edge = callbackEdge(bench, subject);
  if (!edge || !edge->api ||
      bench.operation(edge->at).kind != OperationKind::Call)
    return std::nullopt;
  auto [loop, method] = bench.calleeOf(edge->at).rsplit('.');
  const ApiFunction *onLoop = bench.loopMethod(method);
  const Effect *invokes = edge->api->find(EffectKind::Invokes);
  bool isOfLoop = onLoop && onLoop->name == edge->api->name && invokes &&
                  invokes->callable.kind == Reference::Parameter &&
                  bench.loopMethod("run_in_executor") && !loop.contains('(');
  if (!isOfLoop)
    return std::nullopt;
  const Argument *callable =
      bench.argument(edge->at, *edge->api, invokes->callable.name);
  if (!callable || callable->kind != Argument::Positional)
    return std::nullopt;
  Draft draft(bench);
  draft.insert(bench.input.program.fileOf(edge->at), callable->span.begin,
               loop.str() + ".run_in_executor, None, ");
  return draft.finish(Applicability::Unsafe, "run the callback in a thread");
}

static bool mayOffload(const FindingSubject &subject) {
  bool isKnown = subject.effect || subject.twin;
  return isKnown && !(subject.effect && isBoundToThread(*subject.effect));
}

std::optional<Fix> cures::offload(Workbench &bench, const Finding &finding) {
  if (!mayOffload(finding.subject))
    return std::nullopt;
  return offloadCall(bench, finding.subject);
}

std::optional<Fix> cures::offloadAll(Workbench &bench, const Finding &finding) {
  if (!mayOffload(finding.subject))
    return std::nullopt;
  return offloadCalls(bench, finding.subject);
}

std::optional<Fix> cures::offloadCallback(Workbench &bench,
                                          const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  if (!subject.effect || isBoundToThread(*subject.effect))
    return std::nullopt;
  return moveCallback(bench, subject);
}
