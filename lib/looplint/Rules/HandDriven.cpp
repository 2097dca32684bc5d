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

/// Whether the coroutine awaits a method of that name, on whatever object.
static bool awaitsByName(const RuleInput &input, FunctionKey coroutine,
                         llvm::StringRef name) {
  const Summary &summary =
      input.program.summary(input.program.fileOf(coroutine));
  IndexRange operations = input.program.function(coroutine).operations;
  for (std::uint32_t i = operations.begin; i < operations.end; ++i) {
    const Operation &op = summary.operations[i];
    if (op.kind != OperationKind::Await || !op.value ||
        summary.value(op.value).kind != ValueKind::Result)
      continue;
    const Operation &call =
        summary.operation(OperationId(summary.value(op.value).a));
    const Value &callee = summary.value(call.value);
    if (callee.kind == ValueKind::Attribute &&
        summary.string(StringId(callee.b)) == name)
      return true;
  }
  return false;
}

/// Whether nobody is seen to run the coroutine, and one of its file that is
/// driven by hand awaits a method of its name.
static bool isAwaitedByHand(const RuleInput &input, InstanceId instance) {
  const Contexts &contexts = input.contexts;
  if (contexts[instance].root != RootKind::Coroutine)
    return false;
  FunctionKey key = contexts.functionOf(instance);
  FileId file = input.program.fileOf(key);
  llvm::StringRef name =
      input.program.summary(file).string(input.program.function(key).name);
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    InstanceId each(i);
    FunctionKey other = contexts.functionOf(each);
    if (input.program.fileOf(other) == file &&
        input.program.function(other).isAsync &&
        contexts[contexts[each].context].running != Running::Yes &&
        awaitsByName(input, other, name) && startsByHand(input, each))
      return true;
  }
  return false;
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
    return isAwaitedByHand(input, at);
  }
  return false;
}
