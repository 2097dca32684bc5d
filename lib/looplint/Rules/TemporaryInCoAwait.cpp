//===- TemporaryInCoAwait.cpp - LOOP706 -----------------------------------===//
//
// GCC 12 keeps a closure that is a temporary of a `co_await` expression in the
// coroutine's frame, and destroys it there and where it was made. (Measured
// with 12.2, at -O0 and -O2, whether it is passed by value or by reference.
// Named closures and those with nothing to destroy are right.) The place proves
// it, and the command that compiles it.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"
#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

static bool isWrong(std::uint8_t gcc) { return gcc == 11 || gcc == 12; }

/// The lambda whose closure ends at the operation; invalid elsewhere.
static FunctionId closureEndedAt(const Summary &summary, const Operation &op) {
  if (op.kind != OperationKind::Call || !op.value)
    return {};
  const Value &callee = summary.value(op.value);
  if (callee.kind != ValueKind::Attribute ||
      summary.string(StringId(callee.b)) != language::destructor)
    return {};
  const Value &closure = summary.value(ValueId(callee.a));
  return closure.kind == ValueKind::Function ? FunctionId(closure.a)
                                             : FunctionId();
}

Findings rules::checkTemporaryInCoAwait(const RuleInput &input) {
  Findings findings;
  const Program &program = input.program;
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    FileId file(f);
    const Summary &summary = program.summary(file);
    if (!isWrong(summary.gcc))
      continue;
    for (const Operation &op : summary.operations) {
      if (!closureEndedAt(summary, op))
        continue;
      Finding &finding = findings.emplace_back();
      finding.code = 706;
      finding.severity = Severity::Error;
      finding.message = llvm::formatv(
          "GCC {0} destroys what this lambda captures twice, as it is a "
          "temporary of the expression that is awaited: give it a name before",
          summary.gcc);
      finding.at = {file, op.span};
    }
  }
  return findings;
}
