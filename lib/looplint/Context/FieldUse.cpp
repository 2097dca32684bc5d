//===- FieldUse.cpp - what a method does with its object's fields ---------===//
//
// Values are traced backwards, to a field of `this` or to what was taken out of
// one: an element, what a container's method returned, a local that either was
// bound to, perhaps after it was made empty. A call with one argument
// (std::move, a conversion) is taken to return it.
//
//===----------------------------------------------------------------------===//

#include "FieldUse.h"

#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

// Real chains of values are far from it.
static constexpr unsigned deepestTrace = 24;
// A local may be bound to what is made of itself, several times.
static constexpr unsigned mostSteps = 200;

namespace {

/// Where a value comes from.
struct Origin {
  enum Kind { Elsewhere, Field, Taken } kind = Elsewhere;
  StringId field;
};

class FieldReader {
public:
  FieldReader(const Summary &summary, FunctionId method)
      : summary(summary), function(summary.function(method)), id(method) {}

  FieldUse read();

private:
  /// Without its declared type; null for no value.
  const Value *valueAt(ValueId id) const {
    return id ? &behindType(summary, id) : nullptr;
  }
  /// Of one step of a trace, which begins at depth 0.
  bool isTooFar(unsigned depth) const {
    steps = depth == 0 ? 0 : steps + 1;
    return depth > deepestTrace || steps > mostSteps;
  }
  void findAliases();
  void noteAlias(const Operation &call);
  void noteReturned(ValueId value);
  void noteWeighed(ValueId value, unsigned depth = 0);
  void noteEmptied(const Operation &call, const Value &callee);
  void readCall(const Operation &call);
  void readStore(const Operation &call);
  Origin trace(ValueId value, unsigned depth = 0) const;
  Origin traceAttribute(const Value &value, unsigned depth) const;
  Origin traceResult(const Operation &call, unsigned depth) const;
  ValueId onlyArgument(const Operation &call) const;
  /// The key or the answer of what a map holds.
  bool isPartOfPair(const Value &attribute) const {
    llvm::StringRef name = summary.string(StringId(attribute.b));
    return name == "first" || name == "second";
  }
  bool isThis(ValueId value) const;
  /// The parameter that the value is or contains; 0 for none.
  std::uint32_t parameterIn(ValueId value, unsigned depth = 0) const;
  std::uint32_t parameterCaptured(FunctionId lambda) const;

  const Summary &summary;
  const Function &function;
  FunctionId id;
  FieldUse use;
  mutable unsigned steps = 0; // of the trace that goes on
  llvm::DenseMap<std::uint32_t, llvm::SmallVector<ValueId, 2>> bound; // locals
  llvm::DenseMap<std::uint32_t, Origin> aliases; // locals that a call filled
  llvm::SmallVector<bool, 4> loops; // around here; goes over what is there?
  llvm::SmallVector<StringId, 4> guarding; // fields that objects are made of
  llvm::SmallVector<StringId, 4> emptied; // fields that something is taken from
};

} // namespace

/// Of the call's arguments, without those of templates; invalid where there are
/// more, or none.
ValueId FieldReader::onlyArgument(const Operation &call) const {
  ValueId only;
  for (const Argument &argument : summary.argumentsOf(call)) {
    if (argument.kind != Argument::Positional)
      continue;
    if (only)
      return {};
    only = argument.value;
  }
  return only;
}

bool FieldReader::isThis(ValueId id) const {
  const Value *value = valueAt(id);
  return value && value->kind == ValueKind::Local && value->a == 0;
}

Origin FieldReader::traceAttribute(const Value &value, unsigned depth) const {
  if (isThis(ValueId(value.a)))
    return {Origin::Field, StringId(value.b)};
  return trace(ValueId(value.a), depth + 1);
}

Origin FieldReader::traceResult(const Operation &call, unsigned depth) const {
  const Value *callee = valueAt(call.value);
  if (callee && callee->kind == ValueKind::Attribute &&
      !isThis(ValueId(callee->a))) {
    Origin receiver = trace(ValueId(callee->a), depth + 1);
    if (receiver.kind != Origin::Elsewhere)
      return {Origin::Taken, receiver.field};
  }
  bool isPassedOn = callee && callee->kind == ValueKind::Entity;
  return isPassedOn ? trace(onlyArgument(call), depth + 1) : Origin();
}

Origin FieldReader::trace(ValueId id, unsigned depth) const {
  const Value *value = valueAt(id);
  if (!value || isTooFar(depth))
    return {};
  switch (value->kind) {
  case ValueKind::Attribute:
    return traceAttribute(*value, depth);
  case ValueKind::Item:
  case ValueKind::Element: {
    Origin whole = trace(ValueId(value->a), depth + 1);
    if (whole.kind != Origin::Elsewhere)
      whole.kind = Origin::Taken;
    return whole;
  }
  case ValueKind::Result:
    return traceResult(summary.operation(OperationId(value->a)), depth);
  case ValueKind::Local: {
    if (auto alias = aliases.find(value->a); alias != aliases.end())
      return alias->second;
    for (ValueId each : bound.lookup(value->a))
      if (Origin from = trace(each, depth + 1); from.kind != Origin::Elsewhere)
        return from;
    return {};
  }
  default:
    return {};
  }
}

std::uint32_t FieldReader::parameterCaptured(FunctionId lambda) const {
  const Function &inner = summary.function(lambda);
  if (inner.kind != FunctionKind::Lambda || inner.parent != id)
    return 0;
  for (std::uint32_t i = inner.operations.begin; i < inner.operations.end; ++i)
    if (ValueId callee = summary.operation(OperationId(i)).value) {
      const Value *value = valueAt(callee);
      if (value && value->kind == ValueKind::Outer &&
          FunctionId(value->a) == id && value->b != 0 &&
          value->b < function.parameters.size())
        return value->b;
    }
  return 0;
}

std::uint32_t FieldReader::parameterIn(ValueId id, unsigned depth) const {
  const Value *value = valueAt(id);
  if (!value || isTooFar(depth))
    return 0;
  switch (value->kind) {
  case ValueKind::Local: {
    if (value->a != 0 && value->a < function.parameters.size())
      return value->a;
    for (ValueId each : bound.lookup(value->a))
      if (std::uint32_t found = parameterIn(each, depth + 1))
        return found;
    return 0;
  }
  case ValueKind::Function:
    return parameterCaptured(FunctionId(value->a));
  case ValueKind::Result:
    for (const Argument &argument :
         summary.argumentsOf(summary.operation(OperationId(value->a))))
      if (std::uint32_t found = parameterIn(argument.value, depth + 1))
        return found;
    return 0;
  case ValueKind::Tuple:
  case ValueKind::List:
    // What is called stands last: a time, a key and so on come before it.
    for (ValueId operand : llvm::reverse(summary.operandsOf(*value)))
      if (std::uint32_t found = parameterIn(operand, depth + 1))
        return found;
    return 0;
  default:
    return 0;
  }
}

/// `batch.swap(queue)`, `queue.pop(job)`: a call fills a local.
void FieldReader::noteAlias(const Operation &call) {
  const Value *callee = valueAt(call.value);
  if (!callee || callee->kind != ValueKind::Attribute)
    return;
  auto localOf = [&](ValueId value) -> std::uint32_t {
    const Value *found = valueAt(value);
    bool isLocal = found && found->kind == ValueKind::Local &&
                   found->a >= function.parameters.size();
    return isLocal ? found->a : 0;
  };
  ValueId given = onlyArgument(call);
  if (!given)
    return;
  ValueId receiver(callee->a);
  if (std::uint32_t local = localOf(receiver)) {
    Origin swapped = trace(given);
    if (swapped.kind == Origin::Field) {
      aliases.try_emplace(local, swapped);
      emptied.push_back(swapped.field);
    }
  } else if (std::uint32_t filled = localOf(given)) {
    Origin from = trace(receiver);
    if (from.kind == Origin::Field) {
      aliases.try_emplace(filled, Origin{Origin::Taken, from.field});
      emptied.push_back(from.field);
    }
  }
}

void FieldReader::findAliases() {
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i) {
    const Operation &op = summary.operation(OperationId(i));
    if (op.kind == OperationKind::Bind && !op.scope)
      bound[op.variable].push_back(op.value);
  }
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i) {
    const Operation &op = summary.operation(OperationId(i));
    if (op.kind == OperationKind::Call)
      noteAlias(op);
  }
}

/// The parameter goes where other fields' locks let it.
void FieldReader::readStore(const Operation &call) {
  const Value *callee = valueAt(call.value);
  if (!callee || callee->kind != ValueKind::Attribute)
    return;
  Origin into = trace(ValueId(callee->a));
  if (into.kind != Origin::Field)
    return;
  for (const Argument &argument : llvm::reverse(summary.argumentsOf(call)))
    if (std::uint32_t parameter = parameterIn(argument.value)) {
      use.stored.push_back(
          {into.field, parameter, llvm::any_of(guarding, [&](StringId guard) {
             return guard != into.field;
           })});
      return;
    }
}

/// `queue.pop()`, `queue.erase(it)`, `std::move(queue)`: what is called where
/// it stays is a listener and no job.
void FieldReader::noteEmptied(const Operation &call, const Value &callee) {
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(call);
  if (callee.kind == ValueKind::Attribute && !isThis(ValueId(callee.a))) {
    Origin receiver = trace(ValueId(callee.a));
    bool removes =
        call.isDiscarded || llvm::any_of(arguments, [&](const Argument &a) {
          return trace(a.value).kind == Origin::Taken;
        });
    if (receiver.kind == Origin::Field && removes)
      emptied.push_back(receiver.field);
  }
  if (callee.kind == ValueKind::Entity)
    if (Origin moved = trace(onlyArgument(call)); moved.kind == Origin::Field)
      emptied.push_back(moved.field);
}

void FieldReader::noteReturned(ValueId value) {
  Origin origin = trace(value);
  if (origin.kind == Origin::Taken)
    use.returned.push_back(origin.field);
}

/// `entry.isFresh()`, `if (entry.expires < now)`.
void FieldReader::noteWeighed(ValueId id, unsigned depth) {
  const Value *value = valueAt(id);
  if (!value || depth > deepestTrace)
    return;
  switch (value->kind) {
  case ValueKind::Attribute:
    if (!isPartOfPair(*value))
      if (Origin of = trace(ValueId(value->a)); of.kind == Origin::Taken)
        use.weighed.push_back(of.field);
    return;
  case ValueKind::Not:
    return noteWeighed(ValueId(value->a), depth + 1);
  case ValueKind::Is:
  case ValueKind::Equal:
  case ValueKind::Less:
    noteWeighed(ValueId(value->a), depth + 1);
    return noteWeighed(ValueId(value->b), depth + 1);
  default:
    for (ValueId operand : summary.operandsOf(*value))
      noteWeighed(operand, depth + 1);
  }
}

void FieldReader::readCall(const Operation &call) {
  const Value *callee = valueAt(call.value);
  if (!callee)
    return;
  noteEmptied(call, *callee);
  bool isOwn =
      callee->kind == ValueKind::Attribute && isThis(ValueId(callee->a));
  if (isOwn && llvm::is_contained(loops, false))
    use.calledInLoop.push_back(StringId(callee->b));
  // A method of what is taken out is no callable that was put in.
  bool isMethod =
      callee->kind == ValueKind::Attribute && !isPartOfPair(*callee);
  if (isMethod && summary.string(StringId(callee->b)) != language::destructor)
    noteWeighed(call.value);
  Origin origin = trace(call.value);
  if (origin.kind == Origin::Taken && !isMethod) {
    use.called.push_back(origin.field);
    use.callsInLoop |= llvm::is_contained(loops, false);
  }
  bool isMade = callee->kind == ValueKind::Entity;
  bool isLocked = callee->kind == ValueKind::Attribute &&
                  summary.string(StringId(callee->b)) == "lock";
  if (isLocked)
    if (Origin lock = trace(ValueId(callee->a)); lock.kind == Origin::Field)
      guarding.push_back(lock.field);
  if (isMade)
    for (const Argument &argument : summary.argumentsOf(call))
      if (Origin lock = trace(argument.value); lock.kind == Origin::Field)
        guarding.push_back(lock.field);
  readStore(call);
}

/// A \c for over what a container holds comes to an end by itself: it is a turn
/// of a loop at most.
static bool goesOverParts(const Summary &summary, std::uint32_t loop) {
  return loop + 1 < summary.operations.size() &&
         summary.operation(OperationId(loop + 1)).kind ==
             OperationKind::Iterate;
}

FieldUse FieldReader::read() {
  findAliases();
  for (std::uint32_t i = function.operations.begin; i < function.operations.end;
       ++i) {
    const Operation &op = summary.operation(OperationId(i));
    if (op.kind == OperationKind::Loop)
      loops.push_back(goesOverParts(summary, i));
    else if (op.kind == OperationKind::EndLoop && !loops.empty())
      loops.pop_back();
    else if (op.kind == OperationKind::Call)
      readCall(op);
    else if (op.kind == OperationKind::Return)
      noteReturned(op.value);
    else if (op.kind == OperationKind::If)
      noteWeighed(op.value);
  }
  llvm::erase_if(use.called, [&](StringId field) {
    return !llvm::is_contained(emptied, field);
  });
  use.callsInLoop = use.callsInLoop && !use.called.empty();
  return std::move(use);
}

FieldUse looplint::fieldUseOf(const Summary &summary, FunctionId method) {
  return FieldReader(summary, method).read();
}
