//===- Captures.cpp - what a coroutine lambda takes from outside ----------===//

#include "Dangling.h"

#include "llvm/ADT/DenseSet.h"

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

std::string rules::firstCapture(const Summary &summary, FunctionId lambda) {
  return CaptureFinder(summary).firstCapture(lambda);
}
