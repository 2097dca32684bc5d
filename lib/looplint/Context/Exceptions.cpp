//===- Exceptions.cpp - try, except, finally, with ------------------------===//
//
// Anything may raise anything, so a handler starts from every state of the
// body. One case is followed exactly, since so much code depends on it: asking
// for the running loop raises RuntimeError if and only if none runs.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

void Interpreter::beginTry(std::uint32_t index) {
  Bracket &bracket = openBracket(brackets, OperationKind::Try, index);
  bracket.raised = state;
  bracket.after.isReachable = false;
  bracket.withoutLoop.isReachable = false;
  unsigned open = 0;
  for (std::uint32_t i = index + 1; i < function.operations.end; ++i) {
    const Operation &op = summary.operations[i];
    if (op.kind == OperationKind::Try)
      ++open;
    if (op.kind == OperationKind::EndTry && open-- == 0)
      break;
    if (open != 0)
      continue;
    bracket.hasFinally |= op.kind == OperationKind::Finally;
    if (op.kind == OperationKind::Except)
      bracket.handled = std::max(bracket.handled, catchesMissingLoop(op));
  }
}

/// Whether what is raised now goes on behind, or in a handler of, the bracket.
bool Interpreter::catchesHere(const Bracket &bracket) {
  return bracket.kind == OperationKind::Try
             ? bracket.section == Bracket::Body
             : bracket.kind == OperationKind::With &&
                   bracket.handled != Handled::No;
}

/// What was just executed may have raised: handlers start from here, too.
void Interpreter::mayRaise() {
  if (!state.isReachable)
    return;
  for (Bracket &bracket : llvm::reverse(brackets)) {
    if (!catchesHere(bracket))
      continue;
    locks.leaveBlocks(bracket.raised, &bracket - brackets.data(),
                      /*isRaising=*/true);
    return;
  }
}

/// The end of the try's body or of a handler.
void Interpreter::leaveTrySection() {
  Bracket &bracket = brackets.back();
  if (bracket.section == Bracket::Body)
    bracket.other = state;
  else
    joinInto(bracket.after, state);
}

/// How the handler catches what a missing, or a running, loop raises.
Handled Interpreter::catchesMissingLoop(const Operation &handler) {
  if (!handler.value)
    return Handled::Broadly;
  const Value &type = summary.value(handler.value);
  llvm::SmallVector<ValueId, 4> types;
  if (type.kind == ValueKind::Tuple)
    llvm::append_range(types, summary.operandsOf(type));
  else
    types.push_back(handler.value);
  Handled best = Handled::No;
  for (ValueId id : types) {
    const Value &value = summary.value(id);
    if (value.kind != ValueKind::Unbound)
      continue;
    llvm::StringRef name = summary.string(StringId(value.a));
    if (name == "RuntimeError")
      return Handled::ByName;
    if (name == "Exception" || name == "BaseException")
      best = Handled::Broadly;
  }
  return best;
}

/// Whether the body of the try does nothing but one call.
bool Interpreter::doesOneCall(std::uint32_t start) const {
  unsigned calls = 0;
  for (std::uint32_t i = start + 1; i < function.operations.end; ++i) {
    switch (summary.operations[i].kind) {
    case OperationKind::Except:
      return calls == 1;
    case OperationKind::Call:
      ++calls;
      break;
    case OperationKind::Bind:
    case OperationKind::BindAttribute:
    case OperationKind::Evaluate:
    case OperationKind::Return:
      break;
    default:
      return false;
    }
  }
  return false;
}

void Interpreter::beginHandler(const Operation &op) {
  leaveTrySection();
  Bracket &bracket = brackets.back();
  bracket.section = Bracket::Handler;
  Handled catches = catchesMissingLoop(op);
  bool isMissing = bracket.withoutLoop.isReachable;
  bool isForMissing = catches == Handled::ByName ||
                      (catches == Handled::Broadly && bracket.isCaughtByTest);
  if (isForMissing && isMissing) {
    state = bracket.withoutLoop;
    return;
  }
  // The body asks for the running loop and gets it. What else might raise is
  // not what the handler was written for.
  bool isForNothingElse =
      catches == Handled::ByName || doesOneCall(bracket.start);
  if (isForNothingElse && bracket.testsLoop) {
    unreachable();
    return;
  }
  state = bracket.raised;
}

void Interpreter::beginFinally() {
  leaveTrySection();
  Bracket &bracket = brackets.back();
  if (!bracket.hasElse)
    joinInto(bracket.after, bracket.other);
  bracket.section = Bracket::Final;
  state = bracket.after.isReachable ? bracket.after : bracket.raised;
}

void Interpreter::endTry() {
  if (brackets.back().section != Bracket::Final) {
    leaveTrySection();
    Bracket &bracket = brackets.back();
    if (!bracket.hasElse)
      joinInto(bracket.after, bracket.other);
    bool goesOnAnyway = summary.operations[bracket.start].flag;
    state = goesOnAnyway && !bracket.after.isReachable
                ? std::move(bracket.raised)
                : std::move(bracket.after);
    brackets.pop_back();
    return;
  }
  Bracket bracket = std::move(brackets.back());
  brackets.pop_back();
  if (bracket.hasPendingReturn && state.isReachable) {
    State behind = state;
    finish(atoms.emptySet());
    state = std::move(behind);
  }
  if (!bracket.after.isReachable)
    unreachable();
}

void Interpreter::beginWith(std::uint32_t index) {
  const Operation &op = summary.operations[index];
  Holds before = state.held;
  Bracket &bracket = openBracket(brackets, OperationKind::With, index);
  bracket.hasElse = op.flag;
  bracket.raised.isReachable = false;
  bracket.withoutLoop.isReachable = false;
  bracket.manager = state.isReachable ? evaluate(op.value) : SetId(0);
  bracket.handled = suppressedBy(bracket.manager);
  if (state.isReachable)
    results[index - function.operations.begin] = callProtocol(
        bracket.manager, op.flag ? solver.names.asyncEnter : solver.names.enter,
        op.flag);
  if (op.flag) {
    loopHadTurn();
    locks.noteSuspension(before);
  }
  locks.holdByBlock(index, before.size());
}

/// A manager that suppresses what the body raises is left by that way, too.
void Interpreter::endWith() {
  Bracket bracket = std::move(brackets.back());
  brackets.pop_back();
  Holds before = state.held;
  if (state.isReachable)
    callProtocol(bracket.manager,
                 bracket.hasElse ? solver.names.asyncExit : solver.names.exit,
                 bracket.hasElse);
  if (state.isReachable && bracket.hasElse)
    locks.noteSuspension(before);
  locks.endBlocks(brackets.size(), /*isRaising=*/false);
  joinInto(state, bracket.testsLoop ? bracket.withoutLoop : bracket.raised);
}

/// What just ran asks for the thread's loop, so it raises where there is none:
/// certainly so here, or for callers that the handlers will see.
void Interpreter::noteLoopTest(bool mayBeMissing,
                               const ExecutionContext &without) {
  for (Bracket &bracket : llvm::reverse(brackets)) {
    if (!catchesHere(bracket))
      continue;
    bracket.testsLoop = true;
    // What is raised goes on to where it is caught.
    if (bracket.handled == Handled::No)
      continue;
    if (!mayBeMissing)
      return;
    bracket.isCaughtByTest |= state.context.running == Running::No;
    State raising = state;
    raising.context = without;
    std::swap(raising, state);
    locks.leaveBlocks(bracket.withoutLoop, &bracket - brackets.data(),
                      /*isRaising=*/true);
    std::swap(raising, state);
    return;
  }
}

/// Whether a handler of this function catches a RuntimeError raised here.
Handled Interpreter::handledHere() {
  Handled best = Handled::No;
  for (const Bracket &bracket : brackets)
    if (bracket.kind == OperationKind::With ||
        (bracket.kind == OperationKind::Try &&
         bracket.section == Bracket::Body))
      best = std::max(best, bracket.handled);
  return best;
}

/// Whether the object keeps exceptions from its caller (`suppress(…)`).
Handled Interpreter::suppressedBy(SetId managers) {
  Handled best = Handled::No;
  for (AtomId id : atoms.members(managers)) {
    const Atom &atom = atoms[id];
    if (atom.kind != AtomKind::Object || !heap[ObjectId(atom.a)].type)
      continue;
    const Atom &type = atoms[heap[ObjectId(atom.a)].type];
    if (type.kind != AtomKind::ApiType)
      continue;
    if (atoms.apiType(type).suppressesAll)
      return Handled::Expected;
    if (!atoms.apiType(type).suppressed.empty())
      best = Handled::ByName;
  }
  return best;
}
