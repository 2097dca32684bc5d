//===- AwaitInJob.cpp - a job that drives coroutines becomes one ----------===//
//
//   def push_all(channels):                async def push_all(channels):
//       for channel in channels:               for channel in channels:
//           asyncio.ensure_future(push(channel))   await push(channel)
//
// Whoever is given the function takes coroutine functions as well. What ran a
// loop, or left tasks to one, awaits from now on.
//
//===----------------------------------------------------------------------===//

#include "Callables.h"
#include "Colouring.h"
#include "Cures.h"
#include "HandMadeLoop.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

namespace {

class Job {
public:
  Job(Workbench &bench, FunctionKey function, OperationKey first)
      : bench(bench), draft(bench), loop(bench, first), function(function) {}

  std::optional<Fix> awaitAll();

private:
  const Argument *drivenBy(std::uint32_t call) const;
  bool rewrite(std::uint32_t operation);

  Workbench &bench;
  Draft draft;
  HandMadeLoop loop;
  FunctionKey function;
  OperationKey awaiting; // the first that awaits
};

} // namespace

static bool drives(const Effect &effect) {
  return effect.kind == EffectKind::RunLoop ||
         effect.kind == EffectKind::Task ||
         (effect.kind == EffectKind::Invokes &&
          effect.accepts == Accepts::CoroutineObject);
}

/// The coroutine that the call runs or makes a task of; null where it does
/// something else.
const Argument *Job::drivenBy(std::uint32_t index) const {
  const Operation &call = loop.summary.operations[index];
  if (call.kind != OperationKind::Call)
    return nullptr;
  OperationKey at = bench.input.program.key(loop.file, index);
  const ApiFunction *api = bench.libraryFunction(at);
  ValueId receiver = loop.receiverOf(call);
  if (!api && receiver && (loop.isLoop(receiver) || loop.looksUp(receiver)))
    api = bench.loopMethod(
        loop.summary.string(StringId(loop.summary.value(call.value).b)));
  llvm::ArrayRef<Argument> arguments = loop.summary.argumentsOf(call);
  bool isDriving = api && llvm::any_of(api->effects, drives);
  if (!isDriving || arguments.empty() ||
      arguments.front().kind != Argument::Positional ||
      !bench.callBehind(loop.file, arguments.front().value))
    return nullptr;
  return &arguments.front();
}

/// Lets the operation await, or takes it away with the loop; false where the
/// function does something else with what it drives.
bool Job::rewrite(std::uint32_t index) {
  const Operation &op = loop.summary.operations[index];
  bool putsAway =
      loop.isBind(op) ? loop.looksUp(op.value) : loop.isHousekeeping(index);
  if (putsAway) {
    if (!loop.isStatement(op.span))
      return false;
    draft.removeStatement(loop.file,
                          bench.layout(loop.file).statementAt(op.span.begin));
    return true;
  }
  const Argument *driven = drivenBy(index);
  if (!driven)
    return !loop.mentionsLoop(op) || loop.isInHousekeeping(index);
  // A task is there at once, and may be needed before it is done.
  if (!op.isDiscarded && !loop.does(index, EffectKind::RunLoop))
    return false;
  std::string coroutine = bench.text({loop.file, driven->span}).str();
  bool isOperand = bench.layout(loop.file).needsParentheses(op.span);
  draft.replace({loop.file, op.span},
                isOperand ? "(await " + coroutine + ")" : "await " + coroutine);
  if (!awaiting)
    awaiting = bench.input.program.key(loop.file, index);
  return true;
}

std::optional<Fix> Job::awaitAll() {
  if (bench.function(function).kind != FunctionKind::Plain || loop.isShared())
    return std::nullopt;
  for (std::uint32_t i = loop.operations.begin; i < loop.operations.end; ++i)
    if (!rewrite(i))
      return std::nullopt;
  if (!awaiting)
    return std::nullopt;
  makeAwaitable(bench, draft, awaiting, Formerly::RanLoop);
  return draft.finish(Applicability::Unsafe,
                      "make the job a coroutine function");
}

std::optional<Fix> cures::awaitInJob(Workbench &bench, const Finding &finding) {
  FunctionKey job = functionBehind(bench, finding.subject.value);
  if (!job || bench.function(job).operations.size() == 0)
    return std::nullopt;
  const Program &program = bench.input.program;
  OperationKey first =
      program.key(program.fileOf(job), bench.function(job).operations.begin);
  return Job(bench, job, first).awaitAll();
}
