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
#include "HandMadeLoop.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

namespace {

class Waiting {
public:
  Waiting(Workbench &bench, Draft &draft, OperationKey place, Span within)
      : bench(bench), draft(draft), loop(bench, place), within(within) {}

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

  Workbench &bench;
  Draft &draft;
  HandMadeLoop loop;
  Span within;
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

bool Waiting::rewrite() {
  bool waits = false;
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
    if (operation.kind != OperationKind::Call || loop.isInHousekeeping(i))
      continue;
    if (loop.isHousekeeping(i)) {
      if (loop.isStatement(operation.span))
        draft.removeStatement(loop.file, bench.layout(loop.file).statementAt(
                                             operation.span.begin));
      else
        draft.giveUp();
      continue;
    }
    waits |= loop.does(i, EffectKind::RunLoop) ? awaitRun(i) : awaitSleep(i);
  }
  return waits && !draft.hasFailed();
}

bool looplint::waitOnLoop(Workbench &bench, Draft &draft, OperationKey place,
                          Span within) {
  return Waiting(bench, draft, place, within).rewrite();
}
