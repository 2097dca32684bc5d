//===- AwaitDriven.cpp - await what a nested run would drive --------------===//

#include "Colouring.h"
#include "Cures.h"

using namespace looplint;

/// What may stand behind `await` without parentheses.
static bool isPrimary(const Value &value) {
  switch (value.kind) {
  case ValueKind::Result:
  case ValueKind::Local:
  case ValueKind::Outer:
  case ValueKind::Attribute:
  case ValueKind::Item:
    return true;
  default:
    return false;
  }
}

/// The function goes on to close the loop that it runs: what the run's receiver
/// is written as, or what is looked up for that. No execution comes to it,
/// since the run raises, so only what is written tells.
static bool closesLoop(const Workbench &bench, OperationKey run) {
  const Program &program = bench.input.program;
  FileId file = program.fileOf(run);
  const Summary &summary = program.summary(file);
  llvm::StringRef loop = bench.calleeOf(run).rsplit('.').first;
  IndexRange range = bench.function(bench.functionOf(run)).operations;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (summary.operations[i].kind != OperationKind::Call)
      continue;
    OperationKey call = program.key(file, i);
    auto [receiver, name] = bench.calleeOf(call).rsplit('.');
    const ApiFunction *method = bench.loopMethod(name);
    if (receiver == loop && method && method->find(EffectKind::CloseLoop))
      return true;
  }
  return false;
}

std::optional<Fix> cures::awaitDriven(Workbench &bench,
                                      const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  bool drivesArgument = subject.effect && subject.api &&
                        subject.effect->subject.kind == Reference::Parameter;
  if (!drivesArgument)
    return std::nullopt;
  const Argument *driven = bench.argument(subject.operation, *subject.api,
                                          subject.effect->subject.name);
  if (!driven)
    return std::nullopt;

  // The rest of the function may go on to close that loop.
  if (closesLoop(bench, subject.operation))
    return std::nullopt;
  Location call = bench.locationOf(subject.operation);
  const Summary &summary = bench.input.program.summary(call.file);
  Draft draft(bench);
  makeAwaitable(bench, draft, subject.operation);
  llvm::StringRef coroutine = bench.text(bench.valueOf(call.file, *driven));
  std::string awaited = isPrimary(summary.value(driven->value))
                            ? ("await " + coroutine).str()
                            : ("await (" + coroutine + ")").str();
  if (bench.layout(call.file).needsParentheses(call.span))
    awaited = "(" + awaited + ")";
  draft.replace(call, awaited);
  return draft.finish(Applicability::Unsafe,
                      "await the coroutine on the loop that runs already");
}
