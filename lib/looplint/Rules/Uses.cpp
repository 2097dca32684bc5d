//===- Uses.cpp - what becomes of a call's result -------------------------===//
//
// Counts reads of variables from the operations of a function, without
// executing it: a variable that no operation mentions holds what nobody needs.
// Names that are asked for at run time (`locals()`) count as reads of all.
//
//===----------------------------------------------------------------------===//

#include "Uses.h"

#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using namespace looplint::rules;

void rules::addParts(const Summary &summary, const Value &value,
                     llvm::SmallVectorImpl<ValueId> &open) {
  switch (value.kind) {
  case ValueKind::Typed:
  case ValueKind::Attribute:
  case ValueKind::Element:
  case ValueKind::Unpacked:
  case ValueKind::Not:
  case ValueKind::Conditional:
    open.emplace_back(value.a);
    break;
  case ValueKind::Item:
  case ValueKind::Is:
  case ValueKind::Equal:
  case ValueKind::Less:
  case ValueKind::Contains:
    open.emplace_back(value.a);
    open.emplace_back(value.b);
    break;
  default:
    break;
  }
  llvm::append_range(open, summary.operandsOf(value));
}

static bool readsAll(llvm::StringRef name) {
  return name == "locals" || name == "vars" || name == "eval" || name == "exec";
}

static void markReads(const Summary &summary, ValueId root,
                      llvm::BitVector &read) {
  llvm::SmallVector<ValueId, 16> open{root};
  while (!open.empty()) {
    ValueId id = open.pop_back_val();
    if (!id)
      continue;
    const Value &value = summary.value(id);
    if (value.kind == ValueKind::Local && value.a < read.size())
      read.set(value.a);
    if (value.kind == ValueKind::Unbound &&
        readsAll(summary.string(StringId(value.a))))
      read.set();
    addParts(summary, value, open);
  }
}

/// The end of an object is no use of it.
static bool isEnd(const Summary &summary, const Operation &op) {
  if (op.kind != OperationKind::Call || !op.value)
    return false;
  const Value &callee = behindType(summary, op.value);
  return callee.kind == ValueKind::Attribute &&
         summary.string(StringId(callee.b)) == language::destructor;
}

bool Uses::looksAtParts(const Summary &summary, const Value &value) const {
  switch (value.kind) {
  case ValueKind::Attribute:
    return !contexts.isOfAwaitables(summary.string(StringId(value.b)));
  case ValueKind::Unknown:
  case ValueKind::Item:
  case ValueKind::Element:
  case ValueKind::Not:
  case ValueKind::Is:
  case ValueKind::Equal:
  case ValueKind::Less:
  case ValueKind::Contains:
    return true;
  default:
    return false;
  }
}

void Uses::markUses(const Summary &summary, ValueId root, bool isLookedAt,
                    llvm::BitVector &used) const {
  llvm::SmallVector<std::pair<ValueId, bool>, 16> open{{root, isLookedAt}};
  while (!open.empty()) {
    auto [id, isLook] = open.pop_back_val();
    if (!id)
      continue;
    const Value &value = summary.value(id);
    if (!isLook && value.kind == ValueKind::Local && value.a < used.size())
      used.set(value.a);
    // What a condition asks of `x and y`, it asks of both.
    bool isChain = value.kind == ValueKind::And || value.kind == ValueKind::Or;
    bool looks = looksAtParts(summary, value) || (isLook && isChain);
    llvm::SmallVector<ValueId, 8> parts;
    addParts(summary, value, parts);
    for (ValueId part : parts)
      open.emplace_back(part, looks);
  }
}

void Uses::markUses(const Summary &summary, const Operation &op,
                    llvm::BitVector &used) const {
  bool isTest =
      op.kind == OperationKind::If || op.kind == OperationKind::LoopTest;
  bool isPlainLoop = op.kind == OperationKind::Iterate && !op.flag;
  markUses(summary, op.value, isTest || isPlainLoop, used);
  markUses(summary, op.target, false, used);
  markUses(summary, op.key, false, used);
  if (op.kind != OperationKind::Call)
    return;
  const Value &callee = summary.value(op.value);
  bool isConversion = callee.kind == ValueKind::Unbound &&
                      llvm::is_contained(language::conversions,
                                         summary.string(StringId(callee.a)));
  for (const Argument &argument : summary.argumentsOf(op))
    markUses(summary, argument.value, isConversion, used);
}

static void markReads(const Summary &summary, const Operation &op,
                      llvm::BitVector &read) {
  if (isEnd(summary, op))
    return;
  for (ValueId id : {op.value, op.target, op.key})
    markReads(summary, id, read);
  if (op.kind == OperationKind::Call)
    for (const Argument &argument : summary.argumentsOf(op))
      markReads(summary, argument.value, read);
}

/// What nested definitions evaluate where they stand: defaults, bases.
static void markDefinitions(const Summary &summary, FunctionId id,
                            llvm::BitVector &read) {
  for (const Function &nested : summary.functions) {
    if (nested.parent != id)
      continue;
    for (const Parameter &parameter : summary.parametersOf(nested))
      markReads(summary, parameter.defaultValue, read);
  }
  for (const Class &nested : summary.classes)
    if (nested.parent == id)
      for (ValueId base : nested.bases)
        markReads(summary, base, read);
}

static bool suspends(const Operation &op) {
  bool mayBeAsync =
      op.kind == OperationKind::With || op.kind == OperationKind::Iterate;
  return op.kind == OperationKind::Await || op.kind == OperationKind::Yield ||
         (mayBeAsync && op.flag);
}

void Uses::countUses(const Summary &summary, const Function &function,
                     Reads &reads) const {
  std::size_t count = function.variables.size();
  llvm::BitVector bound(count);
  reads.rebound.resize(count);
  reads.asItself.resize(count);
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i) {
    const Operation &op = summary.operations[i];
    markUses(summary, op, reads.asItself);
    if (suspends(op))
      reads.lastSuspension = i;
    if (op.kind != OperationKind::Bind || op.scope)
      continue;
    if (bound.test(op.variable))
      reads.rebound.set(op.variable);
    bound.set(op.variable);
  }
}

const Uses::Reads &Uses::readsOf(FunctionKey key) {
  auto [entry, inserted] = known.try_emplace(key.index());
  Reads &reads = entry->second;
  if (!inserted)
    return reads;
  const Summary &summary = program.summary(program.fileOf(key));
  const Function &function = program.function(key);
  reads.beforeReturn.resize(function.variables.size());
  markDefinitions(summary, program.local(key), reads.beforeReturn);
  llvm::BitVector returned(function.variables.size());
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i) {
    const Operation &op = summary.operations[i];
    markReads(summary, op,
              op.kind == OperationKind::Return ? returned : reads.beforeReturn);
  }
  reads.all = reads.beforeReturn;
  reads.all |= returned;
  countUses(summary, function, reads);
  return reads;
}

std::optional<std::uint32_t> Uses::bindOf(FunctionKey key, OperationKey call) {
  const Summary &summary = program.summary(program.fileOf(key));
  const Function &function = program.function(key);
  std::uint32_t made = program.local(call).index();
  for (std::uint32_t i = made + 1; i < function.operations.end; ++i) {
    const Operation &op = summary.operations[i];
    if (op.kind != OperationKind::Bind || op.scope || !op.value)
      continue;
    const Value &value = behindType(summary, op.value);
    if (value.kind == ValueKind::Result && value.a == made)
      return i;
  }
  return std::nullopt;
}

bool Uses::isRead(FunctionKey function, std::uint32_t bind) {
  const Summary &summary = program.summary(program.fileOf(function));
  return readsOf(function).all.test(summary.operations[bind].variable);
}

bool Uses::isReadBeforeReturn(FunctionKey function, std::uint32_t bind) {
  const Summary &summary = program.summary(program.fileOf(function));
  return readsOf(function).beforeReturn.test(summary.operations[bind].variable);
}

bool Uses::isOnlyLookedAt(FunctionKey key, std::uint32_t bind) {
  const Summary &summary = program.summary(program.fileOf(key));
  const Function &function = program.function(key);
  std::uint32_t variable = summary.operations[bind].variable;
  const Reads &reads = readsOf(key);
  return variable >= function.parameters.size() &&
         !reads.rebound.test(variable) && !reads.asItself.test(variable);
}

bool Uses::isSuspendedAfter(FunctionKey key, std::uint32_t operation) {
  return operation < readsOf(key).lastSuspension;
}

std::string Uses::nameOf(FunctionKey key, std::uint32_t bind) {
  const Summary &summary = program.summary(program.fileOf(key));
  llvm::ArrayRef<Variable> variables =
      summary.variablesOf(program.function(key));
  return summary.string(variables[summary.operations[bind].variable].name)
      .str();
}
