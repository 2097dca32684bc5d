//===- ControlFlow.cpp - brackets: if, loops, with ------------------------===//

#include "DeadCode.h"
#include "Interpreter.h"

using namespace looplint;

// A loop's body is walked this often at most; what a variable holds only after
// more rounds is not found.
static constexpr unsigned mostPasses = 2;

Outcome looplint::interpret(Solver &solver, InstanceId instance) {
  return Interpreter(solver, instance).run();
}

Interpreter::Interpreter(Solver &solver, InstanceId instance)
    : solver(solver), result(solver.result), atoms(solver.atoms),
      heap(solver.heap), program(solver.program), models(solver.models),
      self(instance), frame(result[instance].frame),
      functionKey(result.functionOf(instance)),
      facts(solver.facts(functionKey)), file(facts.file),
      summary(program.summary(file)),
      function(summary.function(program.local(functionKey))) {
  state.context = result[result[instance].context];
  state.variables.assign(function.variables.size(), atoms.emptySet());
  results.assign(function.operations.size(), atoms.emptySet());
  outcome.exit = result[instance].context;
}

Outcome Interpreter::run() {
  bindParameters();
  if (isLeftToSubclasses())
    finish(atoms.anything());
  std::uint32_t end = function.operations.end;
  for (std::uint32_t index = function.operations.begin; index < end;
       index = nextIndex) {
    nextIndex = index + 1;
    here = index;
    if (!executeBracket(index) && state.isReachable)
      execute(index);
  }
  if (state.isReachable)
    finish(atoms.none());
  // Whoever enters a generator-based context manager goes on at its `yield`.
  if (yieldContext) {
    outcome.exit = yieldContext;
    outcome.returns = true;
  }
  outcome.value = declaredResult(outcome.value);
  result.instances[self.index()].shape = shape;
  return std::move(outcome);
}

/// The function returns here with \p value.
void Interpreter::finish(SetId value) {
  outcome.value = atoms.join(outcome.value, value);
  bool waitsForFinally = false;
  for (Bracket &bracket : brackets) {
    if (bracket.kind != OperationKind::Try || !bracket.hasFinally ||
        bracket.section == Bracket::Final)
      continue;
    locks.leaveBlocks(bracket.raised, &bracket - brackets.data(),
                      /*isRaising=*/false);
    bracket.hasPendingReturn = true;
    waitsForFinally = true;
  }
  if (!waitsForFinally) {
    ExecutionContext exit = state.context;
    locks.keep();
    if (outcome.returns)
      joinContext(exit, result[outcome.exit]);
    outcome.exit = solver.context(exit);
    outcome.returns = true;
    joinTimers(outcome.armed, state.armed);
    addMissing(outcome.pending,
               llvm::ArrayRef(state.pending).take_front(mostPendingToldOf));
    joinHistory(outcome.loops, state.loops);
  }
  unreachable();
}

void Interpreter::joinContext(ExecutionContext &into,
                              const ExecutionContext &from) {
  if (into.interpreter != from.interpreter)
    into.interpreter = InterpreterLock::Unknown;
  into.sharesLoops |= from.sharesLoops;
  if (into.running != from.running || into.runningLoop != from.runningLoop) {
    into.running =
        into.running == from.running ? into.running : Running::Unknown;
    into.runningLoop =
        into.running == Running::Yes ? ObjectId(Heap::anyLoop) : ObjectId();
  }
  if (into.current != from.current || into.currentLoop != from.currentLoop) {
    into.current = into.current == from.current && into.current == Current::Set
                       ? Current::Set
                       : Current::Unknown;
    into.currentLoop =
        into.current == Current::Set ? ObjectId(Heap::anyLoop) : ObjectId();
  }
}

void Interpreter::joinInto(State &into, const State &from) {
  if (!from.isReachable)
    return;
  if (!into.isReachable) {
    into = from;
    return;
  }
  if (into.versionsBelow != from.versionsBelow)
    into.versionsBelow = 0;
  into.isGuarded &= from.isGuarded;
  into.isForTypeCheckers &= from.isForTypeCheckers;
  joinContext(into.context, from.context);
  joinHistory(into.loops, from.loops);
  Locks::join(into, from);
  into.variables.joinWith(from.variables, [&](SetId left, SetId right) {
    return atoms.join(left, right);
  });
  joinTimers(into.armed, from.armed);
  addMissing(into.pending, from.pending);
  llvm::erase_if(into.finished, [&](AtomId done) {
    return !llvm::is_contained(from.finished, done);
  });
  llvm::erase_if(into.attributes, [&](NarrowedAttribute &known) {
    for (const NarrowedAttribute &other : from.attributes) {
      if (other.variable != known.variable || other.name != known.name)
        continue;
      known.value = atoms.join(known.value, other.value);
      return false;
    }
    return true;
  });
}

Bracket *Interpreter::innermost(OperationKind kind) {
  for (Bracket &bracket : llvm::reverse(brackets))
    if (bracket.kind == kind)
      return &bracket;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

void Interpreter::execute(std::uint32_t index) {
  const Operation &op = summary.operations[index];
  SetId &produced = results[index - function.operations.begin];
  findLosses(op);
  switch (op.kind) {
  case OperationKind::Call:
    produced = state.isForTypeCheckers ? atoms.anything() : call(index);
    mayRaise();
    // Where it raised, a loop has not come to its end.
    leaveOpen(std::exchange(exhausted, atoms.emptySet()));
    return;
  case OperationKind::Await:
    produced = await(op);
    loopHadTurn();
    mayRaise();
    return;
  case OperationKind::Bind:
    locks.noteBind(op);
    bind(op, declaredHere(evaluate(op.value)));
    return;
  case OperationKind::BindAttribute:
    shape.doesMore = true;
    bindAttribute(op);
    return;
  case OperationKind::BindItem:
    for (AtomId atom : atoms.members(evaluate(op.target)))
      if (atoms[atom].kind == AtomKind::Object)
        solver.write(heap.elements(ObjectId(atoms[atom].a)),
                     evaluate(op.value));
      else
        letGo(evaluate(op.value));
    return;
  case OperationKind::Annotate:
    if (op.target)
      storeAttribute(evaluate(op.target), symbolOf(op.name),
                     annotated(frame, op.value));
    else if (!op.scope && state.variables[op.variable] == atoms.emptySet())
      assign(op.variable, declaredVariable(op));
    return;
  case OperationKind::Unbind:
    return;
  case OperationKind::Evaluate:
    evaluate(op.value);
    return;
  case OperationKind::Return:
    noteBeginner(op);
    finish(op.value ? evaluate(op.value) : atoms.none());
    return;
  case OperationKind::Raise:
    mayRaise();
    unreachable();
    return;
  case OperationKind::Yield:
    noteFirstYield();
    if (function.isAsync)
      locks.noteSuspension(state.held);
    if (op.value)
      outcome.yielded = atoms.join(
          outcome.yielded, op.flag ? element(evaluate(op.value), noPosition)
                                   : evaluate(op.value));
    produced = atoms.anything();
    return;
  case OperationKind::ImportAll:
    importAll(op.value);
    return;
  default:
    return;
  }
}

/// Executes an operation that opens, divides or closes a bracket, also where
/// it is not reached: brackets have to stay balanced.
bool Interpreter::executeBracket(std::uint32_t index) {
  const Operation &op = summary.operations[index];
  switch (op.kind) {
  case OperationKind::If:
    beginIf(op, index);
    return true;
  case OperationKind::Else:
    std::swap(state, brackets.back().other);
    brackets.back().hasElse = true;
    return true;
  case OperationKind::EndIf:
    endIf();
    return true;
  case OperationKind::Loop:
    beginLoop(index);
    return true;
  case OperationKind::LoopTest: {
    if (state.isReachable)
      findLosses(op);
    State outside = state;
    std::swap(state, outside);
    bool mayEnd = state.isReachable && assume(op.value, false);
    if (mayEnd)
      joinInto(brackets.back().other, state);
    state = std::move(outside);
    if (state.isReachable && !assume(op.value, true))
      unreachable();
    return true;
  }
  case OperationKind::Iterate: {
    if (!state.isReachable)
      return true;
    Holds before = state.held;
    findLosses(op);
    SetId iterated = evaluate(op.value);
    SetId iterator = callProtocol(
        iterated, op.flag ? solver.names.asyncIter : solver.names.iter, false);
    callProtocol(iterator == atoms.emptySet() ? iterated : iterator,
                 op.flag ? solver.names.asyncNext : solver.names.next, op.flag);
    if (op.flag) {
      locks.noteSuspension(before);
      loopHadTurn();
    }
    joinInto(brackets.back().other, state);
    return true;
  }
  case OperationKind::Break:
    if (Bracket *loop = innermost(OperationKind::Loop)) {
      locks.endBlocks(loop - brackets.data(), /*isRaising=*/false);
      joinInto(loop->after, state);
      loop->sawBreak = true;
    }
    unreachable();
    return true;
  case OperationKind::Continue:
    if (Bracket *loop = innermost(OperationKind::Loop)) {
      locks.endBlocks(loop - brackets.data(), /*isRaising=*/false);
      joinInto(loop->entry, state);
    }
    unreachable();
    return true;
  case OperationKind::LoopElse:
    endLoopBody();
    return true;
  case OperationKind::EndLoop:
    endLoop();
    return true;
  case OperationKind::Try:
    beginTry(index);
    return true;
  case OperationKind::Except:
    beginHandler(op);
    return true;
  case OperationKind::TryElse:
    leaveTrySection();
    brackets.back().section = Bracket::Otherwise;
    brackets.back().hasElse = true;
    state = brackets.back().other;
    return true;
  case OperationKind::Finally:
    beginFinally();
    return true;
  case OperationKind::EndTry:
    endTry();
    return true;
  case OperationKind::With:
    beginWith(index);
    return true;
  case OperationKind::EndWith:
    endWith();
    return true;
  default:
    return false;
  }
}

//===----------------------------------------------------------------------===//
// If and loops
//===----------------------------------------------------------------------===//

void Interpreter::beginIf(const Operation &op, std::uint32_t index) {
  shape.doesMore = true;
  if (state.isReachable)
    findLosses(op);
  bool wasGuarded = state.isGuarded;
  bool asks = state.isReachable && !wasGuarded && asksForState(op.value);
  State otherwise = state;
  if (state.isReachable) {
    std::swap(state, otherwise);
    if (!assume(op.value, false))
      DeadCode(*this).leave(index, false);
    std::swap(state, otherwise);
    if (!assume(op.value, true))
      DeadCode(*this).leave(index, true);
  }
  if (asks && state.isReachable && otherwise.isReachable)
    state.isGuarded = otherwise.isGuarded = true;
  Bracket &bracket = openBracket(brackets, OperationKind::If, index);
  bracket.wasGuarded = wasGuarded;
  bracket.other = std::move(otherwise);
}

/// Where one side does not come back, what follows is still guarded.
void Interpreter::endIf() {
  Bracket &bracket = brackets.back();
  bool comeBoth = state.isReachable && bracket.other.isReachable;
  joinInto(state, bracket.other);
  if (comeBoth)
    state.isGuarded = bracket.wasGuarded;
  brackets.pop_back();
}

void Interpreter::beginLoop(std::uint32_t index) {
  Bracket &bracket = openBracket(brackets, OperationKind::Loop, index);
  bracket.entry = state;
  bracket.other.isReachable = false;
  bracket.after.isReachable = false;
}

/// At the end of the body: once more from the head if that could bring
/// anything new, else on behind the loop.
void Interpreter::endLoopBody() {
  Bracket &loop = brackets.back();
  if (loop.hasElse)
    return; // the body is done; this is the end of the else part
  State head = loop.entry;
  joinInto(head, state);
  bool isNested = llvm::count_if(brackets, [](const Bracket &bracket) {
                    return bracket.kind == OperationKind::Loop;
                  }) > 2;
  bool hasChanged = head.variables != loop.entry.variables ||
                    head.context != loop.entry.context ||
                    head.loops != loop.entry.loops;
  if (head.isReachable && hasChanged && !isNested &&
      ++loop.passes < mostPasses) {
    loop.entry = head;
    state = std::move(head);
    nextIndex = loop.start + 1;
    return;
  }
  // A loop that never ends, with timers that wait for an event loop.
  if (!loop.other.isReachable && !loop.after.isReachable)
    for (const ArmedTimer &timer : state.armed)
      if (!timer.isServed)
        result.instances[self.index()].idleTimers.push_back(timer);
  // What the body does to timers may have been done when the loop ends.
  joinTimers(loop.other.armed, state.armed);
  loop.hasElse = true;
  state = loop.other;
}

void Interpreter::endLoop() {
  std::uint32_t next = nextIndex;
  endLoopBody();
  if (nextIndex != next)
    return;
  joinInto(state, brackets.back().after);
  brackets.pop_back();
}
