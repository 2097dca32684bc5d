//===- LentClosures.cpp - LOOP704, closures -------------------------------===//
//
// What is given a lambda and calls it later moves the closure to a place of its
// own, which it may give up as soon as the call has returned. A coroutine
// returns when it first waits, and goes on without its captures. Others only
// refer to the closure, which the caller has until the end of the statement:
// there is nothing wrong with that where the statement waits for the coroutine.
// Models say who keeps what; a lambda that has a name may be kept by that.
//
//===----------------------------------------------------------------------===//

#include "Dangling.h"
#include "Evidence.h"
#include "looplint/Program/DeclaredType.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

/// The argument that is a coroutine lambda, written there, which is what is
/// handed over; null where there is none.
static const Argument *lambdaGiven(const RuleInput &input,
                                   const Handover &handover) {
  const Program &program = input.program;
  FileId file = program.fileOf(handover.at);
  const Summary &summary = program.summary(file);
  FunctionKey called = rules::functionBehind(input, handover.value);
  for (const Argument &argument :
       summary.argumentsOf(program.operation(handover.at))) {
    if (!argument.value)
      continue;
    const Value &value = behindType(summary, argument.value);
    if (value.kind != ValueKind::Function ||
        program.key(file, FunctionId(value.a)) != called)
      continue;
    const Function &lambda = summary.function(FunctionId(value.a));
    return rules::mayLoseCaptures(lambda) ? &argument : nullptr;
  }
  return nullptr;
}

/// Whether the call is a part of what its function awaits.
static bool isInAwaited(const RuleInput &input, OperationKey call) {
  const Program &program = input.program;
  const Summary &summary = program.summary(program.fileOf(call));
  const Function &function =
      program.function(rules::functionAround(input, call));
  Span span = program.operation(call).span;
  for (std::uint32_t i = program.local(call).index();
       i < function.operations.end; ++i) {
    const Operation &op = summary.operations[i];
    if (op.kind == OperationKind::Await && op.inner.begin <= span.begin &&
        span.end <= op.inner.end)
      return true;
  }
  return false;
}

void rules::findLentClosures(const RuleInput &input, Findings &findings) {
  const Program &program = input.program;
  llvm::DenseSet<std::uint64_t> reported;
  forEachHandover(input, [&](InstanceId, const Handover &handover) {
    ClosureLife life = handover.effect->closure;
    if (!handover.at || !handover.api || life == ClosureLife::Kept)
      return;
    const Argument *given = lambdaGiven(input, handover);
    if (!given ||
        (life == ClosureLife::Statement && isInAwaited(input, handover.at)))
      return;
    FileId file = program.fileOf(handover.at);
    const Summary &summary = program.summary(file);
    FunctionId lambda(behindType(summary, given->value).a);
    std::string captured = firstCapture(summary, lambda);
    if (captured.empty() ||
        !reported.insert(program.key(file, lambda).raw()).second)
      return;
    findings.push_back(
        {.code = 704,
         .severity = Severity::Error,
         .confidence = std::min(handover.confidence, Confidence::Likely),
         .message = llvm::formatv(
             "`{0}` does not keep this lambda until its coroutine is done, "
             "which goes on with captures that are gone, `{1}` among them",
             displayName(*handover.api), captured),
         .at = {file, summary.function(lambda).span},
         .subject = {.operation = handover.at,
                     .api = handover.api,
                     .effect = handover.effect,
                     .value = handover.value}});
  });
}
