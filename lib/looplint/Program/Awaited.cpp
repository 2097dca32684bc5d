//===- Awaited.cpp - calls whose results are awaited ---------------------===//

#include "looplint/Program/Awaited.h"

#include "looplint/Program/DeclaredType.h"

#include <algorithm>

using namespace looplint;

// So many operations behind a call the await is looked for: it mostly is the
// next statement, and each call of a program asks.
static constexpr std::uint32_t farthestAwait = 64;

static const Value *awaitedBy(const Summary &summary,
                              const Operation &operation) {
  return operation.kind == OperationKind::Await && operation.value
             ? &behindType(summary, operation.value)
             : nullptr;
}

bool looplint::isAwaitedAtOnce(const Summary &summary, const Function &function,
                               std::uint32_t call) {
  if (call + 1 >= function.operations.end)
    return false;
  const Value *awaited = awaitedBy(summary, summary.operations[call + 1]);
  return awaited && awaited->kind == ValueKind::Result && awaited->a == call;
}

bool looplint::isAwaited(const Summary &summary, const Function &function,
                         std::uint32_t call) {
  if (isAwaitedAtOnce(summary, function, call))
    return true;
  std::uint32_t end =
      std::min(function.operations.end, call + 2 + farthestAwait);
  if (call + 1 >= end)
    return false;
  auto isBind = [](const Operation &operation) {
    return operation.kind == OperationKind::Bind && !operation.scope;
  };
  const Operation &next = summary.operations[call + 1];
  if (!isBind(next) || !next.value)
    return false;
  const Value &bound = summary.value(next.value);
  if (bound.kind != ValueKind::Result || bound.a != call)
    return false;
  // What is awaited only where it can be may be something else.
  unsigned conditions = 0;
  for (std::uint32_t i = call + 2; i < end; ++i) {
    const Operation &operation = summary.operations[i];
    conditions += operation.kind == OperationKind::If;
    conditions -= operation.kind == OperationKind::EndIf && conditions > 0;
    if (isBind(operation) && operation.variable == next.variable)
      return false;
    const Value *awaited = awaitedBy(summary, operation);
    if (awaited && conditions == 0 && awaited->kind == ValueKind::Local &&
        awaited->a == next.variable)
      return true;
  }
  return false;
}
