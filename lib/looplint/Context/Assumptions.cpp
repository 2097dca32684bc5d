//===- Assumptions.cpp - what a branch learns from its condition ---------===//

#include "ExactValues.h"
#include "Interpreter.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

bool Interpreter::assume(ValueId id, bool holds, unsigned depth) {
  if (!id || depth > deepestExpression)
    return true;
  const Value &value = summary.value(id);
  switch (value.kind) {
  case ValueKind::Not:
    return assume(ValueId(value.a), !holds, depth + 1);
  case ValueKind::And:
  case ValueKind::Or: {
    // All operands of a true `and`, and of a false `or`, are known.
    if ((value.kind == ValueKind::And) != holds)
      return truth(id, depth) != (holds ? Truth::No : Truth::Yes);
    for (ValueId operand : summary.operandsOf(value))
      if (!assume(operand, holds, depth + 1))
        return false;
    return true;
  }
  case ValueKind::Is:
  case ValueKind::Equal:
    if (Truth known = compareVersionMember(value); known != Truth::Unknown)
      return known == (holds ? Truth::Yes : Truth::No);
    return assumeIs(value, holds, depth);
  case ValueKind::Less:
    if (holds)
      if (std::optional<Version> bound = upperVersion(value))
        state.versionsBelow = *bound;
    [[fallthrough]];
  case ValueKind::Contains:
    return truth(id, depth) != (holds ? Truth::No : Truth::Yes);
  default:
    if (ValueId asked = threadTestBehind(id))
      return assumeIs(summary.value(asked), holds, depth + 1);
    return assumeTruthy(id, holds, depth);
  }
}

/// Keeps only \p value in the variable that the expression names.
void Interpreter::narrow(ValueId place, SetId value) {
  const Value &named = summary.value(place);
  if (named.kind == ValueKind::Local) {
    // Where the variable does not hold the loop, the loop was not made.
    if (state.loops.open != atoms.emptySet())
      state.loops.open =
          without(state.loops.open,
                  onlyLoops(without(state.variables[named.a], value)));
    state.variables.set(named.a, value);
  }
  if (named.kind == ValueKind::Attribute)
    narrowAttribute(ValueId(named.a), symbolOf(StringId(named.b)), value);
}

bool Interpreter::assumeTest(const Atom &test, bool holds) {
  auto subject = static_cast<TestSubject>(test.a >> 8);
  auto form = static_cast<TestForm>(test.a & 0xFF);
  if (form == TestForm::Raises)
    return true;
  ExecutionContext &context = state.context;
  switch (subject) {
  case TestSubject::RunningLoop:
  case TestSubject::LoopThread:
    if (context.running != Running::Unknown)
      return true;
    context.running = holds ? Running::Yes : Running::No;
    context.runningLoop = holds ? ObjectId(Heap::anyLoop) : ObjectId();
    return true;
  case TestSubject::Done:
    if (holds && test.b != AtomId().raw())
      state.finished.push_back(AtomId(test.b));
    return true;
  case TestSubject::LoopRunning:
    // Of a loop that nobody knows, the program means the one that runs here.
    if (!holds && context.running == Running::Yes && test.b != AtomId().raw() &&
        loopOf(atoms.only(AtomId(test.b))) == ObjectId(Heap::anyLoop))
      return false;
    [[fallthrough]];
  case TestSubject::Empty:
  case TestSubject::Alive:
    if (!holds && test.b != AtomId().raw())
      state.finished.push_back(AtomId(test.b));
    return true;
  case TestSubject::MainThread:
    if (context.thread == ThreadKind::Unknown && holds)
      context.thread = ThreadKind::Main;
    // A loop mostly runs on the main thread; where it does not is not known.
    if ((context.thread == ThreadKind::LoopThread ||
         context.thread == ThreadKind::Unknown) &&
        !holds)
      context = ExecutionContext();
    return true;
  case TestSubject::PythonBelow:
  case TestSubject::PythonFrom:
    if (holds == (subject == TestSubject::PythonBelow))
      state.versionsBelow = static_cast<Version>(test.b);
    return true;
  default:
    return true;
  }
}

/// `typing.TYPE_CHECKING`, which is false wherever the program runs.
static bool isTypeChecking(const Atoms &atoms, const Program &program,
                           SetId value) {
  llvm::ArrayRef<AtomId> all = atoms.members(value);
  return all.size() == 1 && atoms[all[0]].kind == AtomKind::External &&
         llvm::is_contained(language::typeChecking,
                            program.symbols[Symbol(atoms[all[0]].a)]);
}

/// Whether loops were asked if they run, one of which is the one that runs here
/// and said so: the variable holds the others in other runs of the program.
static bool askedThisLoop(const Atoms &atoms, const ExecutionContext &context,
                          SetId answers) {
  bool hasYes = false;
  bool areTests = llvm::all_of(atoms.members(answers), [&](AtomId id) {
    hasYes |= atoms[id].kind == AtomKind::True;
    return atoms[id].kind == AtomKind::True ||
           (atoms[id].kind == AtomKind::TestResult &&
            static_cast<TestSubject>(atoms[id].a >> 8) ==
                TestSubject::LoopRunning);
  });
  return context.running == Running::Yes && hasYes && areTests;
}

bool Interpreter::assumeTruthy(ValueId id, bool holds, unsigned depth) {
  const Value &value = summary.value(id);
  if (value.kind == ValueKind::Result && !assumeInstance(id, holds))
    return false;
  if (value.kind == ValueKind::Result && holds)
    assumeMember(id);
  if (!assumeByArgument(id, holds))
    return false;
  SetId before = settled(id, evaluate(id, depth + 1));
  if (truthOf(before) == Truth::Unknown && !assumeByField(id, holds))
    return false;
  if (!holds && askedThisLoop(atoms, state.context, before))
    return false;
  llvm::SmallVector<AtomId, 8> kept;
  const Atom *test = nullptr;
  for (AtomId member : atoms.members(before)) {
    Truth one = truthOf(atoms.only(member));
    if (one == (holds ? Truth::No : Truth::Yes))
      continue;
    kept.push_back(member);
    if (atoms[member].kind == AtomKind::TestResult)
      test = &atoms[member];
  }
  if (kept.empty() && !atoms.members(before).empty())
    return false;
  narrow(id, atoms.set(kept));
  if (holds && isTypeChecking(atoms, program, before))
    state.isForTypeCheckers = true;
  return !test || kept.size() != 1 || assumeTest(Atom(*test), holds);
}

/// What holds the loop that runs here, and nothing before a loop ran, has been
/// filled by then.
SetId Interpreter::settled(ValueId place, SetId held) {
  if (state.context.running != Running::Yes ||
      !llvm::is_contained(atoms.members(held), atoms.members(atoms.none())[0]))
    return held;
  bool hasThisLoop = llvm::any_of(atoms.members(held), [&](AtomId id) {
    if (atoms[id].kind != AtomKind::Object ||
        !heap[ObjectId(atoms[id].a)].isLoop)
      return false;
    ObjectId loop = loopOf(atoms.only(id));
    return loop == state.context.runningLoop || loop == ObjectId(Heap::anyLoop);
  });
  const Value *value = &summary.value(place);
  if (value->kind == ValueKind::Local && hasThisLoop)
    if (ValueId bound = lastBoundTo(value->a))
      value = &summary.value(bound);
  bool isShared = value->kind == ValueKind::Attribute ||
                  value->kind == ValueKind::Outer ||
                  value->kind == ValueKind::ImportedName;
  return hasThisLoop && isShared ? without(held, atoms.none()) : held;
}

bool Interpreter::assumeIs(const Value &condition, bool holds, unsigned depth) {
  ValueId place(condition.a);
  SetId left = evaluate(place, depth + 1);
  SetId right = evaluate(ValueId(condition.b), depth + 1);
  // `0 == count`: what is asked about stands behind.
  if (isOneExact(atoms, left) && !isOneExact(atoms, right)) {
    place = ValueId(condition.b);
    std::swap(left, right);
  }
  // "Is this the thread of …?" was asked since the answer differs from caller
  // to caller: neither side proves anything.
  bool asksForOtherThread =
      llvm::any_of(atoms.members(atoms.join(left, right)),
                   [&](AtomId id) {
                     return atoms[id].kind == AtomKind::CurrentThread;
                   }) &&
      llvm::none_of(atoms.members(atoms.join(left, right)), [&](AtomId id) {
        return atoms[id].kind == AtomKind::MainThread;
      });
  if (asksForOtherThread) {
    bool isImporting = state.context.importing;
    state.context = ExecutionContext();
    state.context.importing = isImporting;
    return true;
  }
  llvm::ArrayRef<AtomId> wanted = atoms.members(right);
  // Where no loop runs, what asks for the running one is none of these.
  bool areObjects = llvm::all_of(
      wanted, [&](AtomId id) { return atoms[id].kind == AtomKind::Object; });
  if (wanted.size() > 1 && areObjects && left == atoms.none())
    return !holds;
  if (wanted.size() != 1)
    return true;
  const Atom target = atoms[wanted[0]];
  // Who writes to a text of C++ is not followed.
  if (target.kind == AtomKind::String && summary.language == Language::Cpp)
    return true;
  auto isThread = [](AtomKind kind) {
    return kind == AtomKind::CurrentThread || kind == AtomKind::MainThread;
  };
  bool areLoops = llvm::any_of(wanted, [&](AtomId id) {
    return atoms[id].kind == AtomKind::Object &&
           heap[ObjectId(atoms[id].a)].isLoop;
  });
  if (areLoops && left != atoms.none()) {
    llvm::ArrayRef<AtomId> members = atoms.members(left);
    bool isSameLoop = members.size() == 1 &&
                      atoms[members[0]].kind == AtomKind::Object &&
                      loopOf(left) == loopOf(right) &&
                      loopOf(left) != ObjectId(Heap::anyLoop);
    return holds || !isSameLoop;
  }
  if (target.kind == AtomKind::None && holds && settled(place, left) != left)
    return false;
  llvm::SmallVector<AtomId, 8> kept;
  for (AtomId member : atoms.members(left)) {
    const Atom atom = atoms[member];
    if (isThread(atom.kind) && isThread(target.kind) &&
        atom.kind != target.kind) {
      Truth answer = testTruth(TestSubject::MainThread, SetId());
      if (answer == (holds ? Truth::No : Truth::Yes))
        continue;
      Atom test{.kind = AtomKind::TestResult,
                .a = static_cast<unsigned>(TestSubject::MainThread) << 8};
      if (!assumeTest(test, holds))
        continue;
      kept.push_back(member);
      continue;
    }
    if (atom.kind == AtomKind::TestResult && target.kind == AtomKind::None &&
        static_cast<TestForm>(atom.a & 0xFF) == TestForm::None) {
      if (assumeTest(atom, !holds))
        kept.push_back(holds ? wanted[0] : member);
      continue;
    }
    std::optional<bool> answer = yesOrNo(target);
    if (atom.kind == AtomKind::TestResult && answer) {
      if (assumeTest(atom, holds == *answer))
        kept.push_back(member);
      continue;
    }
    bool isVague =
        atom.kind == AtomKind::Anything || atom.kind == AtomKind::Data ||
        atom.kind == AtomKind::External || atom.kind == AtomKind::TestResult;
    bool isSame = member == wanted[0] || (answer && yesOrNo(atom) == answer);
    // What may be anything is the target from here on, or stays open.
    if (isVague)
      kept.push_back(holds && target.kind == AtomKind::None ? wanted[0]
                                                            : member);
    else if (isSame == holds ||
             (target.kind != AtomKind::None && atom.kind != AtomKind::None &&
              !isSame && holds && atom.kind == AtomKind::Object))
      kept.push_back(member);
    else if (!holds && isSame && target.kind != AtomKind::None &&
             target.kind != AtomKind::True && target.kind != AtomKind::False &&
             target.kind != AtomKind::String &&
             target.kind != AtomKind::Integer)
      kept.push_back(member);
  }
  if (kept.empty() && !atoms.members(left).empty())
    return false;
  narrow(place, atoms.set(kept));
  return true;
}

/// `isinstance(x, T)`: keeps what can be one, or what cannot.
bool Interpreter::assumeInstance(ValueId id, bool holds) {
  const Operation &op = summary.operation(OperationId(summary.value(id).a));
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(op);
  if (op.kind != OperationKind::Call || arguments.size() != 2)
    return true;
  const Value &callee = summary.value(op.value);
  if (callee.kind != ValueKind::Unbound ||
      symbolOf(StringId(callee.a)) != solver.names.isinstance)
    return true;
  SetId types = evaluate(arguments[1].value);
  llvm::SmallVector<AtomId, 8> kept;
  SetId before = evaluate(arguments[0].value);
  for (AtomId member : atoms.members(before)) {
    Truth answer = isInstance(member, types);
    if (answer != (holds ? Truth::No : Truth::Yes))
      kept.push_back(member);
  }
  if (kept.empty() && !atoms.members(before).empty())
    return false;
  narrow(arguments[0].value, atoms.set(kept));
  return true;
}

/// The call whose result the condition is, directly or through a variable that
/// was last bound to it.
ValueId Interpreter::callBehind(ValueId id) {
  const Value &value = summary.value(id);
  if (value.kind == ValueKind::Result)
    return id;
  if (value.kind != ValueKind::Local)
    return ValueId();
  ValueId bound = lastBoundTo(value.a);
  bool isResult = bound && summary.value(bound).kind == ValueKind::Result;
  return isResult ? bound : ValueId();
}

/// What the variable was bound to last, not too far before: a test stands near
/// what it tests, and generated functions have thousands of both.
ValueId Interpreter::lastBoundTo(std::uint32_t variable) const {
  std::uint32_t begin = function.operations.begin;
  begin = std::max(begin, here - std::min(here, 1000U));
  for (std::uint32_t i = here; i-- > begin;) {
    const Operation &op = summary.operations[i];
    if (op.kind == OperationKind::Bind && !op.scope && op.variable == variable)
      return op.value;
  }
  return ValueId();
}

/// `if iscoroutinefunction(f):`, or a helper of the program that asks so: keeps
/// those values of an argument that alone would give this answer.
bool Interpreter::assumeByArgument(ValueId id, bool holds) {
  if (truthOf(evaluate(id)) != Truth::Unknown)
    return true;
  ValueId call = callBehind(id);
  if (!call)
    return true;
  const Operation &op = summary.operation(OperationId(summary.value(call).a));
  SetId callees =
      op.kind == OperationKind::Call ? evaluate(op.value) : atoms.emptySet();
  if (atoms.members(callees).size() != 1 || !isPredicate(callees))
    return true;
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(op);
  for (std::size_t i = 0; i < arguments.size() && i < 2; ++i) {
    llvm::SmallVector<AtomId, 8> members(
        atoms.members(evaluate(arguments[i].value)));
    bool hasCallable = llvm::any_of(members, [&](AtomId member) {
      return isCoroutineFunction(member).has_value();
    });
    if (arguments[i].kind != Argument::Positional || members.size() < 2 ||
        !hasCallable)
      continue;
    llvm::SmallVector<AtomId, 8> kept;
    for (AtomId member : members) {
      CallArguments alone = collectArguments(op);
      if (i >= alone.positional.size())
        return true;
      alone.positional[i] = atoms.only(member);
      State before = state;
      SetId answer =
          invokeAll(callees, alone, edgeHere(EdgeKind::Call, callees));
      state = std::move(before);
      if (truthOf(answer) != (holds ? Truth::No : Truth::Yes))
        kept.push_back(member);
    }
    if (kept.empty())
      return false;
    narrow(arguments[i].value, atoms.set(kept));
  }
  return true;
}

/// Whether it only answers: a library's test, or a plain function.
bool Interpreter::isPredicate(SetId callees) {
  const Atom atom = atoms[atoms.members(callees).front()];
  if (atom.kind == AtomKind::ApiFunction)
    return atoms.apiFunction(atom).find(EffectKind::Tests) != nullptr;
  if (atom.kind != AtomKind::Function)
    return false;
  const Function &callee = *solver.facts(FunctionKey(atom.a)).definition;
  return !callee.isAsync && !callee.isGenerator;
}
