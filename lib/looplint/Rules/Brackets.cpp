//===- Brackets.cpp - what stands around an operation ---------------------===//

#include "Brackets.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <algorithm>

using namespace looplint;
using namespace looplint::rules;

/// The brackets that are open before the operation, the outermost first. `Else`
/// stands in the place of its `If`.
static llvm::SmallVector<std::uint32_t, 8>
bracketsAround(const Program &program, OperationKey at) {
  const Summary &summary = program.summary(program.fileOf(at));
  std::uint32_t end = program.local(at).index();
  llvm::SmallVector<std::uint32_t, 8> open;
  auto function =
      llvm::find_if(summary.functions, [&](const Function &candidate) {
        return end >= candidate.operations.begin &&
               end < candidate.operations.end;
      });
  if (function == summary.functions.end())
    return open;
  for (std::uint32_t i = function->operations.begin; i < end; ++i)
    switch (summary.operations[i].kind) {
    case OperationKind::If:
    case OperationKind::Loop:
    case OperationKind::Try:
    case OperationKind::With:
      open.push_back(i);
      break;
    case OperationKind::Else:
    case OperationKind::Except:
      if (!open.empty())
        open.back() = i;
      break;
    case OperationKind::EndIf:
    case OperationKind::EndLoop:
    case OperationKind::EndTry:
    case OperationKind::EndWith:
      if (!open.empty())
        open.pop_back();
      break;
    default:
      break;
    }
  return open;
}

bool rules::comesBefore(const Program &program, OperationKey earlier,
                        OperationKey later) {
  if (program.fileOf(earlier) != program.fileOf(later) ||
      earlier.index() >= later.index())
    return false;
  auto outer = bracketsAround(program, earlier);
  auto inner = bracketsAround(program, later);
  return outer.size() <= inner.size() &&
         std::equal(outer.begin(), outer.end(), inner.begin());
}

bool rules::isInLoop(const Program &program, OperationKey at) {
  const Summary &summary = program.summary(program.fileOf(at));
  return llvm::any_of(bracketsAround(program, at), [&](std::uint32_t bracket) {
    return summary.operations[bracket].kind == OperationKind::Loop;
  });
}
