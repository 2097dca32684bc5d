//===- Conditions.cpp - what a condition tells about the state ------------===//
//
// A condition has an answer where the context decides it ("a loop runs here").
// Where it does not, each side of the branch learns from it: behind
// `if running():` a loop runs, whoever the caller is.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

static constexpr unsigned deepestCondition = 60;

static Truth negated(Truth truth) {
  if (truth == Truth::Unknown)
    return truth;
  return truth == Truth::Yes ? Truth::No : Truth::Yes;
}

/// Whether values in the set count as true.
Truth Interpreter::truthOf(SetId value) {
  bool mayBeTrue = false;
  bool mayBeFalse = false;
  for (AtomId id : atoms.members(value)) {
    switch (atoms[id].kind) {
    case AtomKind::None:
    case AtomKind::False:
      mayBeFalse = true;
      break;
    case AtomKind::True:
    case AtomKind::Function:
    case AtomKind::Class:
    case AtomKind::Method:
    case AtomKind::Module:
    case AtomKind::ApiFunction:
    case AtomKind::ApiMethod:
    case AtomKind::ApiType:
    case AtomKind::Coroutine:
    case AtomKind::Partial:
      mayBeTrue = true;
      break;
    case AtomKind::Integer:
      (atoms[id].a ? mayBeTrue : mayBeFalse) = true;
      break;
    case AtomKind::Object:
      // A container may be empty, and a class may define what is true of it.
      mayBeTrue = true;
      mayBeFalse |= !heap[ObjectId(atoms[id].a)].isLoop;
      break;
    default:
      mayBeTrue = mayBeFalse = true;
    }
  }
  if (mayBeTrue == mayBeFalse)
    return Truth::Unknown;
  return mayBeTrue ? Truth::Yes : Truth::No;
}

Truth Interpreter::truth(ValueId id, unsigned depth) {
  if (!id || depth > deepestCondition)
    return Truth::Unknown;
  const Value &value = summary.value(id);
  switch (value.kind) {
  case ValueKind::Not:
    return negated(truth(ValueId(value.a), depth + 1));
  case ValueKind::And:
  case ValueKind::Or: {
    Truth deciding = value.kind == ValueKind::Or ? Truth::Yes : Truth::No;
    bool allDecided = true;
    for (ValueId operand : summary.operandsOf(value)) {
      Truth one = truth(operand, depth + 1);
      if (one == deciding)
        return deciding;
      allDecided &= one != Truth::Unknown;
    }
    return allDecided ? negated(deciding) : Truth::Unknown;
  }
  case ValueKind::Is:
  case ValueKind::Equal: {
    SetId left = evaluate(ValueId(value.a), depth + 1);
    SetId right = evaluate(ValueId(value.b), depth + 1);
    llvm::ArrayRef<AtomId> leftAtoms = atoms.members(left);
    llvm::ArrayRef<AtomId> rightAtoms = atoms.members(right);
    if (leftAtoms.size() != 1 || rightAtoms.size() != 1)
      return llvm::any_of(leftAtoms,
                          [&](AtomId atom) {
                            AtomKind kind = atoms[atom].kind;
                            return kind == AtomKind::Anything ||
                                   kind == AtomKind::TestResult ||
                                   kind == AtomKind::Data ||
                                   llvm::is_contained(rightAtoms, atom);
                          }) ||
                     rightAtoms.size() != 1 || leftAtoms.empty()
                 ? Truth::Unknown
                 : Truth::No;
    const Atom &a = atoms[leftAtoms[0]];
    const Atom &b = atoms[rightAtoms[0]];
    auto isThread = [](const Atom &atom) {
      return atom.kind == AtomKind::CurrentThread ||
             atom.kind == AtomKind::MainThread;
    };
    if (isThread(a) && isThread(b) && a.kind != b.kind)
      return testTruth(TestSubject::MainThread, SetId());
    auto isExact = [](const Atom &atom) {
      switch (atom.kind) {
      case AtomKind::None:
      case AtomKind::True:
      case AtomKind::False:
      case AtomKind::Integer:
      case AtomKind::String:
      case AtomKind::Function:
      case AtomKind::Class:
      case AtomKind::ApiFunction:
      case AtomKind::ApiType:
      case AtomKind::Coroutine:
      case AtomKind::Method:
        return true;
      default:
        return false;
      }
    };
    auto isLoop = [&](const Atom &atom) {
      return atom.kind == AtomKind::Object && heap[ObjectId(atom.a)].isLoop;
    };
    if (isLoop(a) && isLoop(b)) {
      ObjectId loop = loopOf(left);
      return loop == loopOf(right) && loop != ObjectId(Heap::anyLoop)
                 ? Truth::Yes
                 : Truth::Unknown;
    }
    if (a == b && isExact(a))
      return Truth::Yes;
    bool isNoneAgainstObject =
        (a.kind == AtomKind::None && b.kind == AtomKind::Object) ||
        (b.kind == AtomKind::None && a.kind == AtomKind::Object);
    if ((isExact(a) && isExact(b)) || isNoneAgainstObject)
      return Truth::No;
    return Truth::Unknown;
  }
  case ValueKind::Less:
    return compareVersions(value);
  case ValueKind::Contains:
    return Truth::Unknown;
  default:
    return truthOf(evaluate(id, depth + 1));
  }
}

/// `sys.version_info < (3, 10)`: decided where every version from the lowest
/// supported one on agrees.
Truth Interpreter::compareVersions(const Value &condition) {
  auto isVersion = [&](ValueId id) {
    llvm::ArrayRef<AtomId> all = atoms.members(evaluate(id));
    return all.size() == 1 && atoms[all[0]].kind == AtomKind::External &&
           program.symbols[Symbol(atoms[all[0]].a)] == "sys.version_info";
  };
  auto literal = [&](ValueId id) -> std::optional<Version> {
    const Value &value = summary.value(id);
    llvm::ArrayRef<ValueId> parts = summary.operandsOf(value);
    if (value.kind != ValueKind::Tuple || parts.empty())
      return std::nullopt;
    Version version = 0;
    for (std::size_t i = 0; i < 2; ++i) {
      const Value *part = i < parts.size() ? &summary.value(parts[i]) : nullptr;
      if (part && part->kind != ValueKind::Integer)
        return std::nullopt;
      std::uint32_t number = part ? part->a : 0;
      version = static_cast<Version>(i == 0 ? number * 100 : version + number);
    }
    return version;
  };
  ValueId left(condition.a);
  ValueId right(condition.b);
  Version lowest = solver.options.targetVersion;
  if (isVersion(left))
    if (std::optional<Version> bound = literal(right))
      return lowest >= *bound ? Truth::No : Truth::Unknown;
  if (isVersion(right))
    if (std::optional<Version> bound = literal(left))
      return lowest > *bound ? Truth::Yes : Truth::Unknown;
  return Truth::Unknown;
}

std::optional<bool> Interpreter::isCoroutineFunction(AtomId id) {
  const Atom atom = atoms[id];
  switch (atom.kind) {
  case AtomKind::Function: {
    const Function &callee = program.function(FunctionKey(atom.a));
    return callee.isAsync && !callee.isGenerator;
  }
  case AtomKind::Method:
  case AtomKind::Partial:
    return isCoroutineFunction(AtomId(atom.a));
  case AtomKind::ApiFunction:
  case AtomKind::ApiMethod:
    return atoms.apiFunction(atom).isCoroutine;
  case AtomKind::Object: {
    AtomId type = heap[ObjectId(atom.a)].type;
    if (!type || atoms[type].kind != AtomKind::Class)
      return std::nullopt;
    return false;
  }
  case AtomKind::Anything:
  case AtomKind::External:
  case AtomKind::Data:
    return std::nullopt;
  default:
    return false;
  }
}

/// The answer of a test in the present context.
Truth Interpreter::testTruth(TestSubject test, SetId subject) {
  const ExecutionContext &context = state.context;
  auto all = [&](auto &&predicate) {
    bool yes = false;
    bool no = false;
    for (AtomId id : atoms.members(subject)) {
      std::optional<bool> answer = predicate(id);
      yes |= !answer || *answer;
      no |= !answer || !*answer;
    }
    if (yes == no)
      return Truth::Unknown;
    return yes ? Truth::Yes : Truth::No;
  };
  switch (test) {
  case TestSubject::RunningLoop:
    if (context.running == Running::Unknown)
      return Truth::Unknown;
    return context.running == Running::Yes ? Truth::Yes : Truth::No;
  case TestSubject::LoopRunning:
  case TestSubject::LoopThread: {
    // Another thread may run the loop, so only its own thread is sure.
    ObjectId loop = loopOf(subject);
    if (context.running == Running::Yes && loop == context.runningLoop)
      return Truth::Yes;
    if (test == TestSubject::LoopThread && context.running == Running::No)
      return Truth::No;
    bool isThisThreads =
        context.running == Running::No &&
        (loop == context.currentLoop || loop == ObjectId(Heap::mainLoop));
    return isThisThreads ? Truth::No : Truth::Unknown;
  }
  case TestSubject::MainThread:
    switch (context.thread) {
    case ThreadKind::Main:
    case ThreadKind::Process:
    case ThreadKind::Signal:
    case ThreadKind::AtExit:
      return Truth::Yes;
    case ThreadKind::Worker:
      return Truth::No;
    default:
      return Truth::Unknown;
    }
  case TestSubject::CoroutineFunction:
    return all([&](AtomId id) { return isCoroutineFunction(id); });
  case TestSubject::Coroutine:
  case TestSubject::Awaitable:
    return all([&](AtomId id) -> std::optional<bool> {
      AtomKind kind = atoms[id].kind;
      if (kind == AtomKind::Coroutine)
        return true;
      if (kind == AtomKind::Anything || kind == AtomKind::Object ||
          kind == AtomKind::External)
        return std::nullopt;
      return false;
    });
  case TestSubject::Callable:
    return all([&](AtomId id) -> std::optional<bool> {
      switch (atoms[id].kind) {
      case AtomKind::Function:
      case AtomKind::Class:
      case AtomKind::Method:
      case AtomKind::Partial:
      case AtomKind::ApiFunction:
      case AtomKind::ApiMethod:
      case AtomKind::ApiType:
        return true;
      case AtomKind::None:
      case AtomKind::Coroutine:
      case AtomKind::Tuple:
      case AtomKind::String:
        return false;
      default:
        return std::nullopt;
      }
    });
  case TestSubject::LoopClosed:
  case TestSubject::Done:
    return Truth::Unknown;
  }
  return Truth::Unknown;
}

//===----------------------------------------------------------------------===//
// Assumptions
//===----------------------------------------------------------------------===//

bool Interpreter::assume(ValueId id, bool holds, unsigned depth) {
  if (!id || depth > deepestCondition)
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
    return assumeIs(value, holds, depth);
  case ValueKind::Less:
  case ValueKind::Contains:
    return truth(id, depth) != (holds ? Truth::No : Truth::Yes);
  default:
    return assumeTruthy(id, holds, depth);
  }
}

/// Keeps only \p value in the variable that the expression names.
void Interpreter::narrow(ValueId place, SetId value) {
  const Value &named = summary.value(place);
  if (named.kind == ValueKind::Local)
    state.variables[named.a] = value;
  if (named.kind == ValueKind::Attribute)
    narrowAttribute(ValueId(named.a), symbolOf(StringId(named.b)), value);
}

/// `self.x` holds \p value here, until it or `self` is bound again.
void Interpreter::narrowAttribute(ValueId base, Symbol name, SetId value) {
  const Value &owner = summary.value(base);
  if (owner.kind != ValueKind::Local)
    return;
  llvm::erase_if(state.attributes, [&](const NarrowedAttribute &known) {
    return known.variable == owner.a && known.name == name;
  });
  state.attributes.push_back({owner.a, name, value});
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
  case TestSubject::MainThread:
    if (context.thread == ThreadKind::Unknown && holds)
      context.thread = ThreadKind::Main;
    // A loop mostly runs on the main thread; where it does not is not known.
    if (context.thread == ThreadKind::LoopThread && !holds)
      context = ExecutionContext();
    return true;
  default:
    return true;
  }
}

bool Interpreter::assumeTruthy(ValueId id, bool holds, unsigned depth) {
  const Value &value = summary.value(id);
  if (value.kind == ValueKind::Result && !assumeInstance(id, holds))
    return false;
  SetId before = evaluate(id, depth + 1);
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
  return !test || kept.size() != 1 || assumeTest(Atom(*test), holds);
}

bool Interpreter::assumeIs(const Value &condition, bool holds, unsigned depth) {
  ValueId place(condition.a);
  SetId left = evaluate(place, depth + 1);
  SetId right = evaluate(ValueId(condition.b), depth + 1);
  llvm::ArrayRef<AtomId> wanted = atoms.members(right);
  if (wanted.size() != 1)
    return true;
  const Atom target = atoms[wanted[0]];
  auto isThread = [](AtomKind kind) {
    return kind == AtomKind::CurrentThread || kind == AtomKind::MainThread;
  };
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
    if (atom.kind == AtomKind::TestResult &&
        (target.kind == AtomKind::True || target.kind == AtomKind::False)) {
      if (assumeTest(atom, holds == (target.kind == AtomKind::True)))
        kept.push_back(member);
      continue;
    }
    bool isVague =
        atom.kind == AtomKind::Anything || atom.kind == AtomKind::Data ||
        atom.kind == AtomKind::External || atom.kind == AtomKind::TestResult;
    bool isSame = member == wanted[0];
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

Truth Interpreter::isInstance(AtomId id, SetId types) {
  llvm::SmallVector<AtomId, 8> wanted;
  for (AtomId type : atoms.members(types)) {
    if (atoms[type].kind == AtomKind::Tuple) {
      for (SetId member : atoms[SequenceId(atoms[type].a)])
        llvm::append_range(wanted, atoms.members(member));
      continue;
    }
    wanted.push_back(type);
  }
  const Atom atom = atoms[id];
  // A class counts as what its instances are (`server_class=`).
  bool isClass = atom.kind == AtomKind::Class || atom.kind == AtomKind::ApiType;
  bool isObject = atom.kind == AtomKind::Object && heap[ObjectId(atom.a)].type;
  if (isObject || isClass) {
    llvm::ArrayRef<AtomId> order =
        linearise(isClass ? id : heap[ObjectId(atom.a)].type);
    for (AtomId type : wanted) {
      if (llvm::is_contained(order, type))
        return Truth::Yes;
      for (AtomId base : order)
        if (atoms[base].kind == AtomKind::ApiType &&
            atoms[type].kind == AtomKind::ApiType &&
            models.derivesFrom(atoms.apiType(atoms[base]).name,
                               atoms.apiType(atoms[type]).name))
          return Truth::Yes;
    }
    bool isKnown = llvm::all_of(wanted, [&](AtomId type) {
      return atoms[type].kind == AtomKind::Class ||
             atoms[type].kind == AtomKind::ApiType;
    });
    return isKnown ? Truth::No : Truth::Unknown;
  }
  // A coroutine, a function or a constant is no object of a class of the
  // program.
  bool isPlain = atom.kind == AtomKind::Coroutine ||
                 atom.kind == AtomKind::Function ||
                 atom.kind == AtomKind::Method || atom.kind == AtomKind::None;
  bool areClasses = !wanted.empty() && llvm::all_of(wanted, [&](AtomId type) {
    return atoms[type].kind == AtomKind::Class;
  });
  return isPlain && areClasses ? Truth::No : Truth::Unknown;
}
