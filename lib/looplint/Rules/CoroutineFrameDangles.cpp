//===- CoroutineFrameDangles.cpp - LOOP704 --------------------------------===//
//
// A coroutine lambda keeps its captures in the closure, and not in the frame
// that outlives the call. Where the lambda is called where it is written, the
// closure is gone at the end of the statement, and a coroutine that is not
// awaited until then goes on with captures that are no more. The place proves
// it, whoever runs the coroutine. A coroutine that begins when it is called has
// its captures until it first waits, and may copy there what it needs. A
// closure without captures has nothing to lose. What is handed over without
// being called is in LentClosures.cpp; arguments that end too early are in
// LentArguments.cpp.
//
//===----------------------------------------------------------------------===//

#include "Dangling.h"
#include "Evidence.h"
#include "looplint/Program/DeclaredType.h"

using namespace looplint;

/// The coroutine lambda that the operation calls where it is written.
static FunctionId lambdaCalledAt(const Summary &summary, const Operation &op) {
  if (op.kind != OperationKind::Call || !op.value)
    return {};
  const Value &callee = behindType(summary, op.value);
  if (callee.kind != ValueKind::Function)
    return {};
  const Function &called = summary.function(FunctionId(callee.a));
  return rules::mayLoseCaptures(called) ? FunctionId(callee.a) : FunctionId();
}

Findings rules::checkCoroutineFrameDangles(const RuleInput &input) {
  Findings findings;
  const Program &program = input.program;
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    FileId file(f);
    const Summary &summary = program.summary(file);
    if (summary.language != Language::Cpp)
      continue;
    for (std::uint32_t i = 0; i < summary.operations.size(); ++i) {
      const Operation &op = summary.operations[i];
      FunctionId lambda = lambdaCalledAt(summary, op);
      if (!lambda || isAwaitedAtOnce(input, program.key(file, i)))
        continue;
      std::string captured = firstCapture(summary, lambda);
      if (captured.empty())
        continue;
      Finding &finding = findings.emplace_back();
      finding.code = 704;
      finding.severity = Severity::Error;
      finding.message =
          "the coroutine goes on with the captures of a lambda that is gone at "
          "the end of this statement, `" +
          captured +
          "` among them: hand the lambda over without calling it, or pass what "
          "it needs as arguments";
      finding.at = {file, op.span};
      finding.subject.operation = program.key(file, i);
    }
  }
  rules::findLentClosures(input, findings);
  rules::findLentArguments(input, findings);
  return findings;
}
