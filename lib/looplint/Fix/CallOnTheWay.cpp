//===- CallOnTheWay.cpp - from a finding's place up to who leads there ----===//

#include "CallOnTheWay.h"

using namespace looplint;

OperationKey
looplint::callOnTheWay(const Contexts &contexts, OperationKey at,
                       InstanceId instance,
                       llvm::function_ref<bool(OperationKey)> isWanted) {
  while (!isWanted(at)) {
    PathStep step = instance ? contexts.paths[instance.index()] : PathStep();
    if (!step.from)
      return OperationKey();
    const Edge &edge = contexts[step.from].edges[step.edge];
    if (edge.kind != EdgeKind::Call)
      return OperationKey();
    at = edge.at;
    instance = step.from;
  }
  return at;
}
