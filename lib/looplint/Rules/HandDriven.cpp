//===- HandDriven.cpp - coroutines without a loop -------------------------===//
//
// A library that has a blocking and an asynchronous client may write both as
// coroutines, and drive those of the first by hand: they never wait, and hold
// nobody up. A coroutine that is seen to run so, where no loop is, is no proof
// that a loop runs what it calls.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// Whether a library's call runs a coroutine on the way there, where no loop
/// is.
static bool startsByHand(const RuleInput &input, InstanceId instance) {
  const Contexts &contexts = input.contexts;
  return llvm::any_of(rules::wayTo(contexts, instance), [&](InstanceId at) {
    PathStep step = contexts.paths[at.index()];
    if (!step.from)
      return false;
    const Edge &edge = contexts[step.from].edges[step.edge];
    return edge.kind == EdgeKind::Invokes && edge.api &&
           input.program.function(contexts.functionOf(at)).isAsync &&
           contexts[contexts[at].context].running != Running::Yes;
  });
}

bool rules::isDrivenByHand(const RuleInput &input, InstanceId instance) {
  const Contexts &contexts = input.contexts;
  for (InstanceId at : rules::wayTo(contexts, instance)) {
    FunctionKey key = contexts.functionOf(at);
    FileId file = input.program.fileOf(key);
    bool isCoroutine = input.program.function(key).isAsync &&
                       input.program.summary(file).language == Language::Python;
    if (!isCoroutine)
      continue;
    for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
      if (contexts.functionOf(InstanceId(i)) == key &&
          contexts[contexts[InstanceId(i)].context].running != Running::Yes &&
          startsByHand(input, InstanceId(i)))
        return true;
    return false;
  }
  return false;
}
