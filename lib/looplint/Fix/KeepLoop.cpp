//===- KeepLoop.cpp - a thread is told the loop ---------------------------===//
//
// A thread that asks for the current loop to hand work to it has none. The loop
// that is meant is the one under which the thread's object was made: an
// attribute or a variable holds it, or the constructor can keep it.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"
#include "HandMadeLoop.h"
#include "LoopInSight.h"

using namespace looplint;

/// The look-up as the constructor writes it, where a loop is sure to run.
static std::string lookupOnLoop(Workbench &bench, Draft &draft,
                                OperationKey lookup, const ApiFunction &api,
                                FileId file) {
  const ApiFunction *running =
      bench.input.models.function("asyncio.get_running_loop");
  if (running && running->library == api.library)
    return draft.name(file, "asyncio", "get_running_loop") + "()";
  return bench.text(bench.locationOf(lookup)).str();
}

/// Wherever it is known to run, the function is on a thread without a loop:
/// what it asks for is none that it could have kept itself.
static bool isOnlyOnWorkers(const Workbench &bench, FunctionKey function) {
  const Contexts &contexts = bench.input.contexts;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    const Instance &instance = contexts.instances[i];
    if (contexts.isReached[i] &&
        contexts.frameOf(instance).function == function &&
        !(contexts[instance.context].isWorker() &&
          contexts[instance.context].running == Running::No))
      return false;
  }
  return true;
}

/// The function itself stores something there.
static bool binds(const Workbench &bench, FunctionKey function,
                  llvm::StringRef place) {
  const Program &program = bench.input.program;
  FileId file = program.fileOf(function);
  const Summary &summary = program.summary(file);
  IndexRange range = bench.function(function).operations;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    bool isBind = operation.kind == OperationKind::Bind ||
                  operation.kind == OperationKind::BindAttribute;
    if (isBind && bench.text({file, operation.inner}) == place)
      return true;
  }
  return false;
}

/// What is asked of the loop in the same function goes to the loop's own thread
/// where it may be asked there only. True where the look-up itself is gone with
/// such a call: `get_event_loop().create_task(work())`.
static bool handOver(Workbench &bench, Draft &draft, OperationKey lookup,
                     const std::string &loop) {
  const Program &program = bench.input.program;
  HandMadeLoop held(bench, lookup);
  bool isGone = false;
  for (std::uint32_t i = held.operations.begin; i < held.operations.end; ++i) {
    const Operation &operation = held.summary.operations[i];
    ValueId receiver = held.receiverOf(operation);
    bool isDirect = receiver && bench.callBehind(held.file, receiver) == lookup;
    if (!isDirect && !held.isLoop(receiver))
      continue;
    OperationKey call = program.key(held.file, i);
    llvm::StringRef method = bench.calleeOf(call).rsplit('.').second;
    const ApiFunction *api = bench.loopMethod(method);
    const Effect *affine = api ? api->find(EffectKind::LoopAffine) : nullptr;
    if (!affine || affine->twin.empty() || bench.passesKeywords(call))
      continue;
    llvm::StringRef variable = bench.calleeOf(call).rsplit('.').first;
    handToLoop(bench, draft, call, isDirect ? loop : variable.str(),
               affine->twin);
    isGone |= isDirect;
  }
  return isGone;
}

/// `asyncio.ensure_future(work())` asks for the loop as well, to make a task on
/// it. Writes the call so that \p loop does; false where the
/// library has no such form.
static bool makeTaskOn(Workbench &bench, Draft &draft, OperationKey call,
                       const std::string &loop) {
  const ApiFunction *maker = bench.loopMethod("create_task");
  const Effect *affine = maker ? maker->find(EffectKind::LoopAffine) : nullptr;
  FileId file = bench.input.program.fileOf(call);
  bool isUsed = !bench.operation(call).isDiscarded ||
                !runsOneCoroutine(bench, file, bench.operation(call));
  if (!affine || affine->twin.empty() || isUsed)
    return false;
  handToLoop(bench, draft, call, loop, affine->twin);
  return true;
}

std::optional<Fix> cures::keepLoop(Workbench &bench, const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  Location call = bench.locationOf(subject.operation);
  bool isLookup = subject.effect && subject.api &&
                  subject.effect->kind == EffectKind::CurrentLoop &&
                  subject.api->returned.loop &&
                  bench.libraryFunction(subject.operation) == subject.api;
  FunctionKey function = bench.functionOf(subject.operation);
  if (!isLookup || !isOnlyOnWorkers(bench, function))
    return std::nullopt;
  Draft draft(bench);
  std::string loop = loopInSight(bench, subject, {});
  if (loop.empty())
    loop = keepInAttribute(
        bench, draft, function, FunctionKey(),
        lookupOnLoop(bench, draft, subject.operation, *subject.api, call.file));
  if (loop.empty())
    loop = loopAsArgument(bench, draft, function, {});
  if (loop.empty() || binds(bench, function, loop))
    return std::nullopt;
  if (subject.api->find(EffectKind::Task)) {
    if (!makeTaskOn(bench, draft, subject.operation, loop))
      return std::nullopt;
  } else if (!handOver(bench, draft, subject.operation, loop)) {
    draft.replace(call, loop);
  }
  return draft.finish(Applicability::Unsafe, "use the loop that is meant");
}
