//===- WrapFuture.cpp - await a future of another thread ------------------===//
//
// `run_coroutine_threadsafe(work(), loop).result()` on the loop's own thread
// waits for itself. There the coroutine can simply be awaited; any other future
// of another thread can be awaited through `asyncio.wrap_future`.
//
//===----------------------------------------------------------------------===//

#include "Colouring.h"
#include "Cures.h"

using namespace looplint;

/// The coroutine that the call hands to a loop; empty where it hands none.
static llvm::StringRef coroutineOf(Workbench &bench, OperationKey call) {
  const Contexts &contexts = bench.input.contexts;
  for (const Instance &instance : contexts.instances)
    for (const Handover &handover : instance.handovers)
      if (handover.at == call &&
          handover.effect->accepts == Accepts::CoroutineObject)
        if (const Argument *argument = bench.argument(
                call, *handover.api, handover.effect->callable.name))
          return bench.text({bench.input.program.fileOf(call), argument->span});
  return "";
}

std::optional<Fix> cures::wrapFuture(Workbench &bench, const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  Location call = bench.locationOf(subject.operation);
  const Summary &summary = bench.input.program.summary(call.file);
  const Operation &op = bench.operation(subject.operation);
  const Value &callee = summary.value(op.value);
  if (op.kind != OperationKind::Call || callee.kind != ValueKind::Attribute)
    return std::nullopt;

  Draft draft(bench);
  makeAwaitable(bench, draft, subject.operation);
  llvm::StringRef future = bench.calleeOf(subject.operation).rsplit('.').first;
  OperationKey handover = bench.callBehind(call.file, ValueId(callee.a));
  llvm::StringRef coroutine = handover ? coroutineOf(bench, handover) : "";
  std::string awaited = coroutine.empty()
                            ? draft.name(call.file, "asyncio", "wrap_future") +
                                  "(" + future.str() + ")"
                            : coroutine.str();
  bool needsParentheses = bench.layout(call.file).needsParentheses(call.span);
  draft.replace(call, (needsParentheses ? "(await " : "await ") + awaited +
                          (needsParentheses ? ")" : ""));
  return draft.finish(Applicability::Unsafe, "await the work instead");
}
