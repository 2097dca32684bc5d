//===- DeadCode.cpp - what only older versions come to --------------------===//

#include "DeadCode.h"

#include "Interpreter.h"

using namespace looplint;

// No version is below it.
static constexpr Version firstVersion = 1;

/// `if 0:` and the like, which switch code off.
static bool isLiteral(const Value &condition) {
  return condition.kind == ValueKind::True ||
         condition.kind == ValueKind::False ||
         condition.kind == ValueKind::None ||
         condition.kind == ValueKind::Integer;
}

void DeadCode::leave(std::uint32_t index, bool holds) {
  ValueId condition = in.summary.operations[index].value;
  bool isForNobody = condition && isLiteral(in.summary.value(condition));
  Version below = isForNobody ? firstVersion : in.state.versionsBelow;
  bool isForOlder = below != 0 && below <= in.solver.options.versionIn(in.file);
  unsigned open = 0;
  bool isDead = holds;
  bool isBehind = false; // of the whole `if`
  bool comesBack = true; // the side that is taken
  for (std::uint32_t i = index + 1;
       isForOlder && i < in.function.operations.end; ++i) {
    const Operation &op = in.summary.operations[i];
    bool isOutermost = open == 0;
    if (op.kind == OperationKind::EndIf && open-- == 0) {
      if (isBehind || comesBack)
        break;
      isBehind = isDead = true;
      open = 0;
      continue;
    }
    if (op.kind == OperationKind::If)
      ++open;
    if (op.kind == OperationKind::Else && isOutermost) {
      if (isBehind)
        break;
      isDead = !holds;
      continue;
    }
    if (isDead && op.kind == OperationKind::Call)
      noteCalls(op, below);
    if (!isDead)
      comesBack = !isOutermost || (op.kind != OperationKind::Return &&
                                   op.kind != OperationKind::Raise);
  }
  in.unreachable();
}

/// What is passed is called sooner or later, too.
void DeadCode::noteCalls(const Operation &call, Version below) {
  auto note = [&](ValueId callee) {
    for (AtomId id : in.atoms.members(functionsOf(callee))) {
      if (in.atoms[id].kind != AtomKind::Function)
        continue;
      Version &known = in.result.calledBelow[in.atoms[id].a];
      known = std::max(known, below);
    }
  };
  note(call.value);
  for (const Argument &argument : in.summary.argumentsOf(call))
    note(argument.value);
}

/// Nothing that this looks up runs any code, as a property would.
SetId DeadCode::functionsOf(ValueId callee) {
  auto isName = [](const Value &value) {
    return value.kind == ValueKind::Local || value.kind == ValueKind::Outer;
  };
  if (!callee)
    return in.atoms.emptySet();
  const Value &value = in.summary.value(callee);
  if (isName(value))
    return in.evaluate(callee);
  if (value.kind != ValueKind::Attribute ||
      !isName(in.summary.value(ValueId(value.a))))
    return in.atoms.emptySet();
  SetId all = in.atoms.emptySet();
  SetId holders = in.evaluate(ValueId(value.a));
  for (AtomId id : in.atoms.members(holders))
    all = in.atoms.join(all, membersOf(id, in.symbolOf(StringId(value.b))));
  return all;
}

SetId DeadCode::membersOf(AtomId holder, Symbol name) {
  const Atom atom = in.atoms[holder];
  if (atom.kind == AtomKind::Module)
    return in.attributeOfModule(FileId(atom.a), name);
  AtomId type = atom.kind == AtomKind::Class ? holder : AtomId();
  if (atom.kind == AtomKind::Object)
    type = in.heap[ObjectId(atom.a)].type;
  if (!type)
    return in.atoms.emptySet();
  for (AtomId each : llvm::SmallVector<AtomId, 4>(in.linearise(type))) {
    SetId found = in.atoms[each].kind == AtomKind::Class
                      ? in.classVariable(each, name)
                      : in.atoms.emptySet();
    if (found != in.atoms.emptySet())
      return found;
  }
  return in.atoms.emptySet();
}

// Longer chains of such calls than this are not followed.
static constexpr unsigned longestChain = 16;

/// What other code calls, too, is for all versions; and what such code alone
/// calls is for older ones as well.
void Solver::findOlderCode() {
  bool hasChanged = !result.calledBelow.empty();
  for (unsigned i = 0; i < longestChain && hasChanged; ++i) {
    hasChanged = false;
    llvm::DenseMap<std::uint32_t, Version> callers;
    for (const Instance &instance : result.instances) {
      Version own =
          result.calledBelow.lookup(result.frameOf(instance).function.index());
      for (const Edge &edge : instance.edges) {
        std::uint32_t callee = result.functionOf(edge.to).index();
        auto [known, isNew] = callers.try_emplace(callee, own);
        known->second = std::min(known->second, own);
      }
    }
    for (auto [callee, below] : callers) {
      bool isKnown = result.calledBelow.contains(callee);
      hasChanged |= isKnown != (below != 0);
      if (below == 0)
        result.calledBelow.erase(callee);
      else if (!isKnown)
        result.calledBelow[callee] = below;
    }
  }
  // Nobody starts such a coroutine on the versions that are looked at.
  for (Instance &instance : result.instances)
    if (instance.root == RootKind::Coroutine &&
        result.calledBelow.contains(result.frameOf(instance).function.index()))
      instance.root = RootKind::None;
}
