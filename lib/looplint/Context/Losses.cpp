//===- Losses.cpp - coroutines and tasks that go nowhere ------------------===//
//
// A coroutine object that is dropped, or only asked whether it is true, is
// never awaited: its body does not run. The place itself proves that, whoever
// calls the function, so it is noted in every context. So is a task whose last
// reference is given up.
//
// Only results of calls are looked at. A variable may be asked for its truth
// and awaited afterwards.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"
#include "looplint/Program/DeclaredType.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace looplint;

/// Whether a rule can say anything of it.
bool Interpreter::isAwaitedLater(AtomId id) const {
  const Atom &atom = atoms[id];
  return atom.kind == AtomKind::Coroutine ||
         (atom.kind == AtomKind::Object &&
          result.tasks.contains(ObjectId(atom.a).index()));
}

/// The last part of the text that a `with` is given first
/// (`with patch("package.module.function"):`); empty for none.
static llvm::StringRef namedBy(const Summary &summary, const Operation &with) {
  if (with.kind != OperationKind::With || !with.value)
    return "";
  const Value &manager = behindType(summary, with.value);
  if (manager.kind != ValueKind::Result)
    return "";
  llvm::ArrayRef<Argument> arguments =
      summary.argumentsOf(summary.operation(OperationId(manager.a)));
  if (arguments.empty() || !arguments.front().value)
    return "";
  const Value &text = summary.value(arguments.front().value);
  return text.kind == ValueKind::String
             ? summary.string(StringId(text.a)).rsplit('.').second
             : "";
}

/// Whether a test has put something else in the place of the coroutine function
/// that the value is made by: a `with` around names it.
static bool isReplaced(Solver &solver, const Summary &summary,
                       llvm::ArrayRef<Bracket> brackets, SetId value) {
  const Atoms &atoms = solver.atoms;
  auto isCalled = [&](AtomId id, llvm::StringRef name) {
    if (atoms[id].kind == AtomKind::Coroutine)
      id = AtomId(atoms[id].a);
    if (atoms[id].kind == AtomKind::Method)
      id = AtomId(atoms[id].a);
    if (atoms[id].kind != AtomKind::Function)
      return false;
    const FunctionFacts &known = solver.facts(FunctionKey(atoms[id].a));
    return solver.program.summary(known.file).string(known.definition->name) ==
           name;
  };
  return llvm::any_of(brackets, [&](const Bracket &bracket) {
    if (bracket.kind != OperationKind::With)
      return false;
    llvm::StringRef name = namedBy(summary, summary.operations[bracket.start]);
    return !name.empty() && llvm::any_of(atoms.members(value), [&](AtomId id) {
      return isCalled(id, name);
    });
  });
}

void Interpreter::noteLoss(Loss::Kind kind, std::uint32_t index, SetId value) {
  FunctionKey begun = futureOf(index);
  bool isLoss = begun || llvm::any_of(atoms.members(value), [&](AtomId id) {
                  return isAwaitedLater(id);
                });
  if (!isLoss || !state.isReachable || isPassed(index, value) ||
      isReplaced(solver, summary, brackets, value))
    return;
  result.instances[self.index()].losses.push_back(
      {.kind = kind,
       .at = program.key(file, index),
       .value = value,
       .context = solver.context(state.context),
       .handled = handledHere(),
       .mayBeOther = mayReturnOther(index) ||
                     llvm::any_of(atoms.members(value),
                                  [&](AtomId id) {
                                    return atoms[id].kind ==
                                               AtomKind::Coroutine &&
                                           mayHaveStarted(id);
                                  }),
       .begun = begun});
}

/// The function that the call begins to run and whose future it returns,
/// whichever of several it calls; invalid where it may be another one.
FunctionKey Interpreter::futureOf(std::uint32_t call) {
  FunctionKey begun;
  if (result.futures.empty())
    return begun;
  for (AtomId id : atoms.members(evaluate(summary.operations[call].value))) {
    const Atom atom = atoms[id].kind == AtomKind::Method
                          ? atoms[AtomId(atoms[id].a)]
                          : atoms[id];
    if (atom.kind != AtomKind::Function || !result.futures.contains(atom.a))
      return FunctionKey();
    begun = FunctionKey(atom.a);
  }
  return begun;
}

/// `iter(pending)`: what the call returns was there before.
bool Interpreter::isPassed(std::uint32_t call, SetId value) {
  llvm::ArrayRef<Argument> arguments =
      summary.argumentsOf(summary.operations[call]);
  return llvm::any_of(arguments, [&](const Argument &argument) {
    llvm::ArrayRef<AtomId> passed = atoms.members(evaluate(argument.value));
    return llvm::any_of(atoms.members(value), [&](AtomId id) {
      return isAwaitedLater(id) && llvm::is_contained(passed, id);
    });
  });
}

/// Whether a plain function is called that returns in several ways: what it
/// returns here may be what is not known of the others.
bool Interpreter::mayReturnOther(std::uint32_t call) {
  SetId callees = evaluate(summary.operations[call].value);
  return llvm::any_of(atoms.members(callees), [&](AtomId id) {
    AtomId callee =
        atoms[id].kind == AtomKind::Method ? AtomId(atoms[id].a) : id;
    if (atoms[callee].kind != AtomKind::Function)
      return false;
    const FunctionFacts &known = solver.facts(FunctionKey(atoms[callee].a));
    const IndexRange &range = known.definition->operations;
    const Summary &text = program.summary(known.file);
    return !known.definition->isAsync &&
           std::count_if(text.operations.begin() + range.begin,
                         text.operations.begin() + range.end,
                         [](const Operation &op) {
                           return op.kind == OperationKind::Return;
                         }) > 1;
  });
}

/// Looks for results of calls in \p id that are used for nothing but \p kind:
/// all of it, or the parts that decide something. What is read from a result,
/// is read from the object that the call returns.
void Interpreter::findLosses(ValueId id, std::optional<Loss::Kind> kind,
                             unsigned depth) {
  if (!id || depth > deepestExpression)
    return;
  const Value &value = summary.value(id);
  // An object of C++ that is awaited may have any members.
  bool isPython = summary.language == Language::Python;
  auto visit = [&](std::uint32_t part, std::optional<Loss::Kind> use) {
    findLosses(ValueId(part), use, depth + 1);
  };
  switch (value.kind) {
  case ValueKind::Result:
    if (kind)
      noteLoss(*kind, value.a, results[value.a - function.operations.begin]);
    return;
  case ValueKind::Not:
    return visit(value.a, Loss::Tested);
  case ValueKind::Attribute:
    if (isPython &&
        !solver.result.isOfAwaitables(summary.string(StringId(value.b))))
      visit(value.a, Loss::Computed);
    return;
  case ValueKind::Element:
    // Of a loop's variable, `async for` is to be told from `for`: Iterate.
    if (value.b == noPosition)
      return;
    [[fallthrough]];
  case ValueKind::Item:
  case ValueKind::Unpacked:
    if (isPython)
      visit(value.a, Loss::Computed);
    return;
  case ValueKind::Is:
  case ValueKind::Equal:
  case ValueKind::Less:
  case ValueKind::Contains:
    visit(value.a, Loss::Compared);
    return visit(value.b, Loss::Compared);
  case ValueKind::Conditional:
    visit(value.a, Loss::Tested);
    for (ValueId operand : summary.operandsOf(value))
      visit(operand.raw(), kind);
    return;
  case ValueKind::Or:
  case ValueKind::And: {
    // The last operand is the result, as the others are where they decide.
    llvm::ArrayRef<ValueId> operands = summary.operandsOf(value);
    for (ValueId operand : operands.drop_back())
      visit(operand.raw(), Loss::Tested);
    return visit(operands.back().raw(), kind);
  }
  case ValueKind::Unknown:
    for (ValueId operand : summary.operandsOf(value))
      visit(operand.raw(), Loss::Computed);
    return;
  case ValueKind::Tuple:
  case ValueKind::List:
  case ValueKind::Set:
    // `[send(x) for x in users]` as a statement drops every one; added to
    // another list, it keeps them.
    for (ValueId operand : summary.operandsOf(value))
      visit(operand.raw(),
            kind == Loss::Dropped ? kind : std::optional<Loss::Kind>());
    return;
  case ValueKind::Dict:
    for (ValueId operand : summary.operandsOf(value))
      visit(operand.raw(), std::nullopt);
    return;
  default:
    return;
  }
}

/// What the operation's own expressions do with results of calls.
void Interpreter::findLosses(const Operation &op) {
  switch (op.kind) {
  case OperationKind::If:
  case OperationKind::LoopTest:
    return findLosses(op.value, Loss::Tested);
  case OperationKind::Evaluate:
    return findLosses(op.value, Loss::Dropped);
  case OperationKind::Bind:
    findUnread(op);
    [[fallthrough]];
  case OperationKind::BindAttribute:
  case OperationKind::BindItem:
  case OperationKind::Return:
    return findLosses(op.value, std::nullopt);
  case OperationKind::Iterate:
    if (!op.flag && summary.language == Language::Python)
      findLosses(op.value, Loss::Iterated);
    return;
  case OperationKind::Call: {
    findLosses(op.value, std::nullopt);
    const Value &callee = summary.value(op.value);
    bool isConversion = callee.kind == ValueKind::Unbound &&
                        solver.names.isConversion(symbolOf(StringId(callee.a)));
    for (const Argument &argument : summary.argumentsOf(op))
      findLosses(argument.value,
                 isConversion ? std::optional(Loss::Converted) : std::nullopt);
    return;
  }
  default:
    return;
  }
}

/// A result that is kept in a variable of this function alone; whether that is
/// ever read, the rule finds out.
void Interpreter::findUnread(const Operation &op) {
  if (op.scope || !op.value || facts.captured[op.variable])
    return;
  const Value &made = behindType(summary, op.value);
  if (made.kind != ValueKind::Result)
    return;
  std::uint32_t index = made.a;
  noteLoss(Loss::Unread, index, results[index - function.operations.begin]);
}
