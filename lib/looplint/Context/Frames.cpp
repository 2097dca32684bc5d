//===- Frames.cpp - how far the calls of a function are told apart --------===//
//
// A function is executed once for each list of arguments, as long as these are
// few and the function is short: what a long one does seldom hangs on what it
// is given. Beyond that only what decides branches is kept of an argument.
//
//===----------------------------------------------------------------------===//

#include "Solver.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

// A function is told apart for so many argument lists; further ones share a
// frame whose parameters may be anything.
static constexpr unsigned mostFramesPerFunction = 24;
// Of a function with more operations than this fewer lists are told apart, so
// that the operations executed for all of them stay about the same.
static constexpr unsigned shortFunction = 10;
static constexpr unsigned fewestFramesPerFunction = 2;
// Decorators, and predicates on functions, are there to tell functions apart.
static constexpr unsigned mostFramesForCallables = 64;
// What is left of arguments then still tells hundreds of classes apart.
static constexpr unsigned mostFramesAtAll = 128;
// Callers that nobody is known to call prove little. In C++ they are most.
static constexpr unsigned mostFramesForUnknown = 4;
// What only answers yes or no of a callable ("is it a coroutine function?") is
// cheap to ask, and an answer for all of them together tells nothing.
static constexpr unsigned mostFramesOfPredicates = 4096;

// Conditions that nest deeper are not looked into.
static constexpr unsigned deepestCondition = 6;

/// Adds the variables that the condition compares to a text.
static void addCompared(const Summary &summary, ValueId id,
                        std::uint64_t &variables, unsigned depth = 0) {
  if (!id || depth > deepestCondition)
    return;
  const Value &value = summary.value(id);
  switch (value.kind) {
  case ValueKind::Not:
    return addCompared(summary, ValueId(value.a), variables, depth + 1);
  case ValueKind::And:
  case ValueKind::Or:
    for (ValueId operand : summary.operandsOf(value))
      addCompared(summary, operand, variables, depth + 1);
    return;
  case ValueKind::Equal: {
    const Value &left = summary.value(ValueId(value.a));
    const Value &right = summary.value(ValueId(value.b));
    bool isSwapped = left.kind == ValueKind::String;
    const Value &text = isSwapped ? left : right;
    const Value &variable = isSwapped ? right : left;
    if (text.kind == ValueKind::String && variable.kind == ValueKind::Local &&
        variable.a < 64)
      variables |= std::uint64_t{1} << variable.a;
    return;
  }
  default:
    return;
  }
}

/// Parameters are a function's first variables.
void Solver::findComparedToText(const Summary &summary,
                                FunctionFacts &known) const {
  const Function &function = *known.definition;
  if (summary.language != Language::Python || function.parameters.size() == 0)
    return;
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i)
    if (summary.operations[i].kind == OperationKind::If)
      addCompared(summary, summary.operations[i].value, known.comparedToText);
}

/// How many frames of a function are kept that is called with such arguments.
unsigned Solver::mostFramesFor(const FunctionFacts &known,
                               llvm::ArrayRef<SetId> arguments) const {
  bool hasFunction = llvm::any_of(arguments, [&](SetId argument) {
    llvm::ArrayRef<AtomId> members = atoms.members(argument);
    return members.size() == 1 &&
           (atoms[members[0]].kind == AtomKind::Function ||
            atoms[members[0]].kind == AtomKind::Method ||
            atoms[members[0]].kind == AtomKind::Partial);
  });
  if (hasFunction && known.answers == FunctionFacts::YesOrNo)
    return mostFramesOfPredicates;
  bool isUnknownCpp =
      isCallerUnknown && program.summary(known.file).language == Language::Cpp;
  unsigned most = hasFunction    ? mostFramesForCallables
                  : isUnknownCpp ? mostFramesForUnknown
                                 : mostFramesPerFunction;
  unsigned length =
      std::max(known.definition->operations.size(), shortFunction);
  return std::max(most * shortFunction / length, fewestFramesPerFunction);
}

FrameId Solver::frame(FunctionKey function, FrameId parent,
                      llvm::SmallVector<SetId, 8> arguments) {
  FunctionFacts &known = facts(function);
  for (unsigned attempt = 0;; ++attempt) {
    SequenceId sequence = atoms.sequence(arguments);
    std::uint64_t hash = (std::uint64_t{function.raw()} << 32 | parent.raw()) *
                             0x9E37'79B9'7F4A'7C15 +
                         sequence.raw();
    FrameId existing = frameIndex.find(hash, [&](FrameId id) {
      const Frame &frame = result.frames[id.index()];
      return frame.function == function && frame.parent == parent &&
             frame.arguments == sequence;
    });
    if (existing)
      return existing;
    if (attempt == 0 && known.frames >= mostFramesFor(known, arguments)) {
      for (SetId &argument : arguments)
        argument = generalised(argument);
      continue;
    }
    if (attempt == 1 && known.frames >= mostFramesAtAll) {
      arguments = unknownArguments(function, parent);
      continue;
    }
    ++known.frames;
    FrameId id(static_cast<std::uint32_t>(result.frames.size()));
    Frame &made = result.frames.emplace_back();
    made.function = function;
    made.parent = parent;
    made.arguments = sequence;
    frameIndex.insert(hash, id);
    if (!known.firstFrame)
      known.firstFrame = id;
    return id;
  }
}

/// What is left of an argument where argument lists are no longer told apart:
/// flags, which decide branches, and the class of an object.
SetId Solver::generalised(SetId argument) {
  SetId general = atoms.emptySet();
  for (AtomId id : atoms.members(argument)) {
    const Atom atom = atoms[id];
    switch (atom.kind) {
    case AtomKind::None:
    case AtomKind::True:
    case AtomKind::False:
    case AtomKind::Data:
    case AtomKind::Class:
    case AtomKind::ApiType:
      general = atoms.join(general, atoms.only(id));
      break;
    case AtomKind::String:
      general = atoms.join(general, atoms.withoutConstants(atoms.only(id)));
      break;
    case AtomKind::Object: {
      AtomId type = heap[ObjectId(atom.a)].type;
      bool isOfProgram = type && atoms[type].kind == AtomKind::Class;
      general = atoms.join(
          general, isOfProgram
                       ? atoms.only({.kind = AtomKind::Object,
                                     .a = heap.genericObject(type).index()})
                       : atoms.anything());
      break;
    }
    default:
      general = atoms.join(general, atoms.anything());
    }
  }
  return general;
}

/// Whether all that the function has ever returned is a truth.
void Solver::noteAnswer(FunctionFacts &known, const Outcome &outcome) const {
  if (!outcome.returns || known.answers == FunctionFacts::Other)
    return;
  bool isTruth = llvm::all_of(atoms.members(outcome.value), [&](AtomId id) {
    AtomKind kind = atoms[id].kind;
    return kind == AtomKind::True || kind == AtomKind::False ||
           kind == AtomKind::TestResult || kind == AtomKind::Data;
  });
  known.answers = isTruth ? FunctionFacts::YesOrNo : FunctionFacts::Other;
}
