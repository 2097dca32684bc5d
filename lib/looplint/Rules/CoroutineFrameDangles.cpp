//===- CoroutineFrameDangles.cpp - LOOP704 --------------------------------===//
//
// A coroutine lambda keeps its captures in the closure, and not in the frame
// that outlives the call. Where the lambda is called where it is written, the
// closure is gone at the end of the statement, and a coroutine that is not
// awaited until then goes on with captures that are no more. The place proves
// it, whoever runs the coroutine. A coroutine that begins when it is called has
// its captures until it first waits, and may copy there what it needs. What is
// handed over without being called is kept by whom it is given to, and a
// closure without captures has nothing to lose. Arguments that end too early
// are in LentArguments.cpp.
//
//===----------------------------------------------------------------------===//

#include "Dangling.h"
#include "Evidence.h"
#include "looplint/Program/DeclaredType.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace looplint;

namespace {

/// Looks for variables of enclosing functions among the values of a function.
class CaptureFinder {
public:
  explicit CaptureFinder(const Summary &summary) : summary(summary) {}

  /// The first variable that the function, or one in it, takes from outside of
  /// \p lambda when the closure may be gone; empty where there is none.
  std::string firstCapture(FunctionId lambda);

private:
  bool isOutside(FunctionId owner, FunctionId lambda) const;
  void openOperation(const Operation &op);
  std::string nameOf(const Value &value) const;
  void open(ValueId value);
  void openAll(const Function &function);

  const Summary &summary;
  llvm::SmallVector<ValueId, 32> pending;
  llvm::DenseSet<std::uint32_t> seen;
};

} // namespace

void CaptureFinder::open(ValueId value) {
  if (value && seen.insert(value.raw()).second)
    pending.push_back(value);
}

void CaptureFinder::openOperation(const Operation &op) {
  for (ValueId value : {op.value, op.target, op.key})
    open(value);
  for (const Argument &argument : summary.argumentsOf(op))
    open(argument.value);
}

void CaptureFinder::openAll(const Function &function) {
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i)
    openOperation(summary.operation(OperationId(i)));
}

/// Globals are nobody's captures.
bool CaptureFinder::isOutside(FunctionId owner, FunctionId lambda) const {
  if (summary.function(owner).kind == FunctionKind::Module)
    return false;
  for (FunctionId at = summary.function(lambda).parent; at;
       at = summary.function(at).parent)
    if (at == owner)
      return true;
  return false;
}

std::string CaptureFinder::nameOf(const Value &value) const {
  const Function &owner = summary.function(FunctionId(value.a));
  return summary.string(summary.variablesOf(owner)[value.b].name).str();
}

std::string CaptureFinder::firstCapture(FunctionId lambda) {
  const Function &function = summary.function(lambda);
  if (function.isEager)
    rules::forEachBehindWait(summary, function,
                             [&](const Operation &op) { openOperation(op); });
  else
    openAll(function);
  while (!pending.empty()) {
    const Value &value = summary.value(pending.pop_back_val());
    switch (value.kind) {
    case ValueKind::Outer:
      if (isOutside(FunctionId(value.a), lambda))
        return nameOf(value);
      break;
    case ValueKind::Function:
      openAll(summary.function(FunctionId(value.a)));
      break;
    case ValueKind::Attribute:
    case ValueKind::Element:
    case ValueKind::Typed:
    case ValueKind::Not:
    case ValueKind::Unpacked:
      open(ValueId(value.a));
      break;
    case ValueKind::Item:
    case ValueKind::Is:
    case ValueKind::Equal:
    case ValueKind::Less:
      open(ValueId(value.a));
      open(ValueId(value.b));
      break;
    default:
      break;
    }
    for (ValueId operand : summary.operandsOf(value))
      open(operand);
  }
  return {};
}

/// The coroutine lambda that the operation calls where it is written.
static FunctionId lambdaCalledAt(const Summary &summary, const Operation &op) {
  if (op.kind != OperationKind::Call || !op.value)
    return {};
  const Value &callee = behindType(summary, op.value);
  if (callee.kind != ValueKind::Function)
    return {};
  const Function &called = summary.function(FunctionId(callee.a));
  bool isCoroutine = called.kind == FunctionKind::Lambda && called.isAsync;
  return isCoroutine ? FunctionId(callee.a) : FunctionId();
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
      std::string captured = CaptureFinder(summary).firstCapture(lambda);
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
  rules::findLentArguments(input, findings);
  return findings;
}
