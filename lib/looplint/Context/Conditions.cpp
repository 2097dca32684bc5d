//===- Conditions.cpp - what a condition tells about the state ------------===//
//
// A condition has an answer where the context decides it ("a loop runs here").
// Where it does not, each side of the branch learns from it: behind
// `if running():` a loop runs, whoever the caller is.
//
//===----------------------------------------------------------------------===//

#include "ExactValues.h"
#include "Interpreter.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

static Truth negated(Truth truth) {
  if (truth == Truth::Unknown)
    return truth;
  return truth == Truth::Yes ? Truth::No : Truth::Yes;
}

/// A container may be empty, and a class may define what is true of it. An
/// object that is only declared may not be there at all.
bool Interpreter::mayCountAsFalse(ObjectId id) {
  const Object &object = heap[id];
  if (object.isLoop)
    return false;
  if (!object.site || !object.type ||
      atoms[object.type].kind != AtomKind::Class)
    return true;
  auto defines = [&](AtomId each, llvm::StringRef name) {
    Symbol known = program.symbols.find(name);
    return known && classVariable(each, known) != atoms.emptySet();
  };
  auto isKnownBase = [&](AtomId base) {
    AtomKind kind = atoms[base].kind;
    if (kind != AtomKind::External)
      return kind == AtomKind::Class || kind == AtomKind::ApiType;
    llvm::StringRef name = program.symbols[Symbol(atoms[base].a)];
    return llvm::is_contained(language::plainBases, name) ||
           name.starts_with(language::annotationPrefix);
  };
  auto hasUnknownBase = [&](AtomId each) {
    auto bases = solver.bases.find(atoms[each].a);
    return bases != solver.bases.end() &&
           llvm::any_of(bases->second, [&](SetId base) {
             return !llvm::all_of(atoms.members(base), isKnownBase);
           });
  };
  llvm::SmallVector<AtomId, 4> order(linearise(object.type));
  return llvm::any_of(order, [&](AtomId each) {
    return atoms[each].kind != AtomKind::Class || hasUnknownBase(each) ||
           defines(each, "__bool__") || defines(each, "__len__");
  });
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
      mayBeTrue = true;
      mayBeFalse |= mayCountAsFalse(ObjectId(atoms[id].a));
      break;
    default:
      mayBeTrue = mayBeFalse = true;
    }
  }
  if (mayBeTrue == mayBeFalse)
    return Truth::Unknown;
  return mayBeTrue ? Truth::Yes : Truth::No;
}

/// What the atom is compared to may be something else, and equal to it.
static bool mayEqualAny(const Atom &atom) {
  return atom.kind == AtomKind::Anything || atom.kind == AtomKind::TestResult ||
         atom.kind == AtomKind::Data;
}

/// Whether values of the one set are, or equal, those of the other.
Truth Interpreter::equality(SetId left, SetId right) {
  llvm::ArrayRef<AtomId> lefts = atoms.members(left);
  llvm::ArrayRef<AtomId> rights = atoms.members(right);
  if (lefts.empty() || rights.size() != 1)
    return Truth::Unknown;
  if (lefts.size() > 1) {
    bool mayBe = llvm::any_of(lefts, [&](AtomId id) {
      bool isOpen = summary.language == Language::Cpp && !isExact(atoms[id]) &&
                    atoms[rights[0]].kind != AtomKind::None;
      bool isSame =
          yesOrNo(atoms[id]) && yesOrNo(atoms[id]) == yesOrNo(atoms[rights[0]]);
      return isOpen || mayEqualAny(atoms[id]) || id == rights[0] || isSame;
    });
    return mayBe ? Truth::Unknown : Truth::No;
  }
  const Atom &a = atoms[lefts[0]];
  const Atom &b = atoms[rights[0]];
  // C++ writes to texts in many ways, and what they were first says little.
  bool isText = a.kind == AtomKind::String || b.kind == AtomKind::String;
  if (isText && summary.language == Language::Cpp)
    return Truth::Unknown;
  auto isThread = [](const Atom &atom) {
    return atom.kind == AtomKind::CurrentThread ||
           atom.kind == AtomKind::MainThread;
  };
  if (isThread(a) && isThread(b) && a.kind != b.kind)
    return testTruth(TestSubject::MainThread, SetId());
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
  // `True == 1`, but no `True is 1`.
  if (yesOrNo(a) && yesOrNo(a) == yesOrNo(b))
    return Truth::Unknown;
  bool isNoneAgainstObject =
      (a.kind == AtomKind::None && b.kind == AtomKind::Object) ||
      (b.kind == AtomKind::None && a.kind == AtomKind::Object);
  if ((isExact(a) && isExact(b)) || isNoneAgainstObject)
    return Truth::No;
  return Truth::Unknown;
}

Truth Interpreter::truth(ValueId id, unsigned depth) {
  if (!id || depth > deepestExpression)
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
  case ValueKind::Equal:
    if (Truth known = compareVersionMember(value); known != Truth::Unknown)
      return known;
    return equality(
        settled(ValueId(value.a), evaluate(ValueId(value.a), depth + 1)),
        evaluate(ValueId(value.b), depth + 1));
  case ValueKind::Less:
    return compareVersions(value);
  case ValueKind::Contains:
    return Truth::Unknown;
  default:
    return truthOf(settled(id, evaluate(id, depth + 1)));
  }
}

std::optional<bool> Interpreter::isCoroutineFunction(AtomId id) {
  const Atom atom = atoms[id];
  switch (atom.kind) {
  case AtomKind::Function: {
    const Function &callee = *solver.facts(FunctionKey(atom.a)).definition;
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
  // What binds arguments to a callable makes partial applications.
  bool isOfPartials = llvm::all_of(wanted, [&](AtomId type) {
    return atoms[type].kind == AtomKind::ApiFunction &&
           atoms.apiFunction(atoms[type]).returned.kind == Returned::Partial;
  });
  if (isOfPartials && !wanted.empty() && atom.kind != AtomKind::Anything &&
      atom.kind != AtomKind::External)
    return atom.kind == AtomKind::Partial ? Truth::Yes : Truth::No;
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
  case TestSubject::Empty:
  case TestSubject::Alive:
  case TestSubject::PythonBelow:
  case TestSubject::PythonFrom:
    return Truth::Unknown;
  }
  return Truth::Unknown;
}
