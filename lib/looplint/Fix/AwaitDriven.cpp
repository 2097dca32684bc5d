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

/// What the run drives, as it stands behind `await`; empty where that is not
/// written in the call.
static std::string awaited(const Workbench &bench,
                           const FindingSubject &subject) {
  const Effect &effect = *subject.effect;
  const Reference &reference =
      effect.subject ? effect.subject : effect.callable;
  const Argument *driven =
      reference.kind == Reference::Parameter
          ? bench.argument(subject.operation, *subject.api, reference.name)
          : nullptr;
  if (!driven)
    return "";
  FileId file = bench.input.program.fileOf(subject.operation);
  const Summary &summary = bench.input.program.summary(file);
  llvm::StringRef text = bench.text(bench.valueOf(file, *driven));
  const Value &value = summary.value(driven->value);
  bool isOnly =
      driven->kind == Argument::Positional &&
      summary.argumentsOf(bench.operation(subject.operation)).size() == 1;
  std::string commented;
  if (isOnly && effect.subject)
    commented =
        bench.withComments(subject.operation, bench.valueOf(file, *driven));
  if (commented.size() > text.size())
    return commented;
  if (effect.subject)
    return (isPrimary(value) ? text : "(" + text + ")").str();
  // A function that makes the coroutine.
  if (value.kind != ValueKind::Function)
    return isPrimary(value) ? (text + "()").str() : "";
  bool isBare = text.consume_front("lambda:");
  return isBare ? text.trim().str() : "";
}

std::optional<Fix> cures::awaitDriven(Workbench &bench,
                                      const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  if (!subject.effect || !subject.api)
    return std::nullopt;
  std::string driven = awaited(bench, subject);
  // The rest of the function may go on to close that loop.
  if (driven.empty() || closesLoop(bench, subject.operation))
    return std::nullopt;
  Location call = bench.locationOf(subject.operation);
  Draft draft(bench);
  makeAwaitable(bench, draft, subject.operation, Formerly::RanLoop);
  bool needsParentheses = bench.layout(call.file).needsParentheses(call.span);
  draft.replace(call, (needsParentheses ? "(await " : "await ") + driven +
                          (needsParentheses ? ")" : ""));
  return draft.finish(Applicability::Unsafe,
                      "await the coroutine on the loop that runs already");
}
