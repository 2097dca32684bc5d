//===- KeepTask.cpp - a reference for a task that nobody keeps ------------===//
//
// A set of the module holds the task until it is done.
//
//===----------------------------------------------------------------------===//

#include "BackgroundTasks.h"
#include "Cures.h"
#include "LoopInSight.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// The call asks a future, by all that is known of it, for its outcome.
static bool asksOutcome(const Workbench &bench, FrameId frame,
                        const Operation &call) {
  const Contexts &contexts = bench.input.contexts;
  FunctionKey function = contexts.frames[frame.index()].function;
  const Summary &summary = bench.summaryOf(function);
  const Value &callee = summary.value(call.value);
  if (callee.kind != ValueKind::Attribute ||
      summary.string(StringId(callee.b)) != "result")
    return false;
  return llvm::any_of(
      knownValues(bench, frame, ValueId(callee.a)), [&](AtomId id) {
        const Atom &atom = contexts.atoms[id];
        if (atom.kind != AtomKind::Object)
          return false;
        const Atom &type = contexts.atoms[contexts.heap[ObjectId(atom.a)].type];
        return type.kind == AtomKind::ApiType &&
               bench.input.models.method(contexts.atoms.apiType(type).name,
                                         "__await__");
      });
}

/// What the task runs asks another future for its result, outside of any `try`:
/// it fails as that one did, and keeping it shows nobody.
static bool failsWithAnother(Workbench &bench, OperationKey makes) {
  const Contexts &contexts = bench.input.contexts;
  llvm::ArrayRef<FunctionKey> driven = bench.calledAt(makes);
  for (const Instance &instance : contexts.instances) {
    FunctionKey function = contexts.frameOf(instance).function;
    if (!llvm::is_contained(driven, function))
      continue;
    const Summary &summary = bench.summaryOf(function);
    IndexRange range = bench.function(function).operations;
    unsigned tries = 0;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Operation &operation = summary.operations[i];
      tries += operation.kind == OperationKind::Try;
      tries -= operation.kind == OperationKind::EndTry;
      if (tries == 0 && operation.kind == OperationKind::Call &&
          asksOutcome(bench, instance.frame, operation))
        return true;
    }
  }
  return false;
}

/// `lambda: loop.create_task(work())` has no room for a second statement: a
/// function of the module makes the task and keeps it.
static std::optional<Fix> keepInLambda(Workbench &bench,
                                       const FindingSubject &subject) {
  OperationKey at = subject.operation;
  const Contexts &contexts = bench.input.contexts;
  FunctionKey lambda = bench.functionOf(at);
  Location call = bench.locationOf(at);
  const Summary &summary = bench.input.program.summary(call.file);
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(bench.operation(at));
  bool isOnLoop =
      subject.context && contexts[subject.context].running == Running::Yes;
  if (bench.function(lambda).kind != FunctionKind::Lambda || !isOnLoop ||
      arguments.size() != 1 || arguments.front().kind != Argument::Positional)
    return std::nullopt;
  OperationKey made = bench.callBehind(call.file, arguments.front().value);
  bool isCoroutine =
      made && llvm::any_of(bench.calledAt(at), [&](FunctionKey callee) {
        return bench.function(callee).isAsync;
      });
  if (!isCoroutine || failsWithAnother(bench, at))
    return std::nullopt;
  Draft draft(bench);
  std::string argument = bench.text({call.file, arguments.front().span}).str();
  draft.replace(call, backgroundRunner(bench, draft, call.file) + "(" +
                          argument + ")");
  return draft.finish(Applicability::Unsafe,
                      "keep the task in a set until it is done");
}

std::optional<Fix> cures::keepTask(Workbench &bench, const Finding &finding) {
  OperationKey at = finding.subject.operation;
  if (bench.function(bench.functionOf(at)).kind == FunctionKind::Lambda)
    return keepInLambda(bench, finding.subject);
  Draft draft(bench);
  if (failsWithAnother(bench, at) || !keepInSet(bench, draft, at))
    return std::nullopt;
  return draft.finish(Applicability::Safe,
                      "keep the task in a set until it is done");
}
