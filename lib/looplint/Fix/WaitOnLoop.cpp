//===- WaitOnLoop.cpp -----------------------------------------------------===//
//
//   loop = asyncio.new_event_loop()        loop = asyncio.get_running_loop()
//   task = loop.create_task(work())        task = loop.create_task(work())
//   loop.run_until_complete(task)          await task
//   loop.close()
//
//===----------------------------------------------------------------------===//

#include "WaitOnLoop.h"

#include "AwaitTwin.h"
#include "BackgroundTasks.h"
#include "HandMadeLoop.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

static constexpr llvm::StringLiteral interrupt = "KeyboardInterrupt";
/// The version from which on a run that is interrupted cancels what it runs.
static constexpr Version cancelsSince = 311;

namespace {

class Waiting {
public:
  Waiting(Workbench &bench, Draft &draft, OperationKey place, Span within,
          llvm::StringRef shift)
      : bench(bench), draft(draft), loop(bench, place), within(within),
        shift(shift) {}

  bool rewrite();

private:
  bool isWithin(const Operation &operation) const {
    return within.begin <= operation.span.begin &&
           operation.span.end <= within.end;
  }
  void lookUpRunning(std::uint32_t bind);
  bool awaitRun(std::uint32_t run);
  bool awaitForever(const Operation &run);
  bool awaitSleep(std::uint32_t call);
  bool isDroppedTask(std::uint32_t call) const;
  void catchCancellation(const Operation &clause);
  void noteWait();
  void followTry(const Operation &operation);
  void rewriteCall(std::uint32_t call);

  Workbench &bench;
  Draft &draft;
  HandMadeLoop loop;
  Span within;
  llvm::StringRef shift;
  bool waits = false;
  struct OpenTry {
    bool isInBody = true;
    bool waits = false; // in its body
  };
  std::vector<OpenTry> tries;
};

} // namespace

/// The variable holds the running loop, or goes where nothing else needs it.
void Waiting::lookUpRunning(std::uint32_t bind) {
  const Operation &operation = loop.summary.operations[bind];
  if (!loop.looksUp(operation.value) || !loop.isStatement(operation.span))
    return draft.giveUp();
  bool isNeeded = false;
  for (std::uint32_t i = loop.operations.begin; i < loop.operations.end; ++i)
    isNeeded |= loop.mentionsLoop(loop.summary.operations[i]) &&
                !loop.isHousekeeping(i) && !loop.isInHousekeeping(i) &&
                !loop.does(i, EffectKind::RunLoop);
  OperationKey call = bench.callBehind(loop.file, operation.value);
  if (isNeeded)
    return draft.replace(bench.locationOf(call),
                         draft.name(loop.file, "asyncio", "get_running_loop") +
                             "()");
  draft.removeStatement(
      loop.file, bench.layout(loop.file).statementAt(operation.span.begin));
}

/// `loop.run_forever()`, where nothing in the program stops a loop, becomes
/// `await asyncio.Event().wait()`.
bool Waiting::awaitForever(const Operation &run) {
  ValueId receiver = loop.receiverOf(run);
  bool isOfLoop = receiver && (loop.isLoop(receiver) || loop.looksUp(receiver));
  const ApiFunction *method =
      isOfLoop ? bench.loopMethod(loop.summary.string(
                     StringId(loop.summary.value(run.value).b)))
               : nullptr;
  const Effect *runs = method ? method->find(EffectKind::RunLoop) : nullptr;
  if (!runs || !runs->forever || !loop.isStatement(run.span) ||
      bench.isWritten("stop"))
    return false;
  draft.replace({loop.file, run.span},
                "await " + draft.name(loop.file, "asyncio", "Event") +
                    "().wait()");
  return true;
}

/// `loop.run_until_complete(x)` and `asyncio.run(x)` become `await x`.
bool Waiting::awaitRun(std::uint32_t run) {
  const Operation &call = loop.summary.operations[run];
  if (awaitForever(call))
    return true;
  ValueId receiver = loop.receiverOf(call);
  bool isOfLoop = receiver && (loop.isLoop(receiver) || loop.looksUp(receiver));
  llvm::ArrayRef<Argument> arguments = loop.summary.argumentsOf(call);
  // A framework that runs without end is given what nobody can await.
  const ApiFunction *api =
      bench.libraryFunction(bench.input.program.key(loop.file, run));
  bool isEndless = api && api->find(EffectKind::RunLoop) &&
                   api->find(EffectKind::RunLoop)->forever;
  bool isUntilDone = arguments.size() == 1 &&
                     arguments.front().kind == Argument::Positional &&
                     !isEndless && (isOfLoop || loop.runsOwnLoop(run));
  if (!isUntilDone || bench.layout(loop.file).refusesAwait(call.span)) {
    draft.giveUp();
    return false;
  }
  const Argument &driven = arguments.front();
  ValueKind kind = loop.summary.value(driven.value).kind;
  bool isPrimary = kind == ValueKind::Result || kind == ValueKind::Local;
  bool needsParentheses = bench.layout(loop.file).needsParentheses(call.span);
  std::string before = needsParentheses ? "(await " : "await ";
  std::string behind = needsParentheses ? ")" : "";
  Location argument{loop.file, driven.span};
  std::string commented =
      bench.withComments(bench.input.program.key(loop.file, run), argument);
  if (commented != bench.text(argument)) {
    draft.replace({loop.file, call.span}, before + commented + behind);
    return true;
  }
  draft.replace({loop.file, {call.span.begin, driven.span.begin}},
                before + (isPrimary ? "" : "("));
  draft.replace({loop.file, {driven.span.end, call.span.end}},
                (isPrimary ? "" : ")") + behind);
  return true;
}

bool Waiting::awaitSleep(std::uint32_t call) {
  OperationKey at = bench.input.program.key(loop.file, call);
  const ApiFunction *api = bench.libraryFunction(at);
  const Effect *blocks = api ? api->find(EffectKind::Blocks) : nullptr;
  return blocks && awaitTwinFunction(bench, draft, at, *blocks, *api);
}

/// `loop.create_task(work())` whose task goes nowhere: what the loop that is
/// asked for raised hid from its own finding.
bool Waiting::isDroppedTask(std::uint32_t call) const {
  const Operation &operation = loop.summary.operations[call];
  return operation.isDiscarded && loop.does(call, EffectKind::Task) &&
         !loop.does(call, EffectKind::RunLoop) &&
         runsOneCoroutine(bench, loop.file, operation);
}

/// Ctrl-C raises where a loop is run. In the coroutine it arrives as a
/// cancellation from Python 3.11 on, and before that not at all.
void Waiting::catchCancellation(const Operation &clause) {
  llvm::StringRef type = bench.text({loop.file, clause.inner});
  std::string cancelled = draft.name(loop.file, "asyncio", "CancelledError");
  bool isAlone = type == interrupt;
  bool both = bench.input.targetVersion < cancelsSince;
  std::size_t at = type.find(interrupt);
  if (at == llvm::StringRef::npos || type.contains("CancelledError"))
    return;
  std::string wanted = both ? interrupt.str() + ", " + cancelled : cancelled;
  auto begin = clause.inner.begin + static_cast<std::uint32_t>(at);
  auto end = begin + static_cast<std::uint32_t>(interrupt.size());
  draft.replace({loop.file, {begin, end}},
                both && isAlone ? "(" + wanted + ")" : wanted);
}

/// Notes that what is looked at waits, for the `try` bodies around it.
void Waiting::noteWait() {
  waits = true;
  for (OpenTry &open : tries)
    open.waits |= open.isInBody;
}

void Waiting::followTry(const Operation &operation) {
  if (operation.kind == OperationKind::Try)
    tries.emplace_back();
  if (tries.empty())
    return;
  bool isClause = operation.kind == OperationKind::Except ||
                  operation.kind == OperationKind::TryElse ||
                  operation.kind == OperationKind::Finally;
  if (isClause)
    tries.back().isInBody = false;
  if (operation.kind == OperationKind::Except && tries.back().waits)
    catchCancellation(operation);
  if (operation.kind == OperationKind::EndTry)
    tries.pop_back();
}

void Waiting::rewriteCall(std::uint32_t call) {
  const Operation &operation = loop.summary.operations[call];
  if (loop.isHousekeeping(call)) {
    if (!loop.isStatement(operation.span))
      return draft.giveUp();
    return draft.removeStatement(
        loop.file, bench.layout(loop.file).statementAt(operation.span.begin));
  }
  if (isDroppedTask(call))
    keepInSet(bench, draft, bench.input.program.key(loop.file, call), shift);
  else if (loop.does(call, EffectKind::RunLoop) ? awaitRun(call)
                                                : awaitSleep(call))
    noteWait();
}

bool Waiting::rewrite() {
  for (std::uint32_t i = loop.operations.begin; i < loop.operations.end; ++i) {
    const Operation &operation = loop.summary.operations[i];
    bool isBind = loop.isBind(operation);
    if (!isWithin(operation)) {
      if (isBind || loop.mentionsLoop(operation))
        draft.giveUp();
      continue;
    }
    if (isBind)
      lookUpRunning(i);
    followTry(operation);
    if (operation.kind == OperationKind::Call && !loop.isInHousekeeping(i))
      rewriteCall(i);
  }
  return waits && !draft.hasFailed();
}

bool looplint::waitOnLoop(Workbench &bench, Draft &draft, OperationKey place,
                          Span within, llvm::StringRef shift) {
  return Waiting(bench, draft, place, within, shift).rewrite();
}
