//===- FieldTests.cpp - what a field tells about another one --------------===//
//
//   self.func = func
//   self.is_async = iscoroutinefunction(func)
//
// Each field holds the join of all that is ever stored there, and which flag
// belongs to which callable is lost. Where the flag is asked for, the answer is
// asked again of each callable, and only those stay that would give it.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

namespace {
/// The one store to the flag in a class.
struct Store {
  std::uint32_t operation = 0;
  FunctionId method;
};
} // namespace

static bool storesField(const Operation &op, const Summary &summary,
                        llvm::StringRef name) {
  return op.kind == OperationKind::BindAttribute && op.target &&
         summary.value(op.target).kind == ValueKind::Local &&
         summary.value(op.target).a == 0 && summary.string(op.name) == name;
}

/// None where several methods, or one of them several times, store it.
static std::optional<Store> onlyStore(const Summary &summary, ClassId owner,
                                      llvm::StringRef name) {
  std::optional<Store> found;
  for (std::uint32_t i = 0; i < summary.functions.size(); ++i) {
    const Function &method = summary.functions[i];
    if (method.classOfMethod != owner)
      continue;
    IndexRange range = method.operations;
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      if (!storesField(summary.operations[at], summary, name))
        continue;
      if (found)
        return std::nullopt;
      found = Store{at, FunctionId(i)};
    }
  }
  return found;
}

/// The field that holds what the method's variable, or the value itself, is.
static StringId fieldHolding(const Summary &summary, const Function &method,
                             const Value &value) {
  bool isField = value.kind == ValueKind::Attribute &&
                 summary.value(ValueId(value.a)).kind == ValueKind::Local &&
                 summary.value(ValueId(value.a)).a == 0;
  if (isField)
    return StringId(value.b);
  if (value.kind != ValueKind::Local)
    return StringId();
  for (std::uint32_t i = method.operations.begin; i < method.operations.end;
       ++i) {
    const Operation &op = summary.operations[i];
    if (op.kind != OperationKind::BindAttribute || !op.value ||
        !storesField(op, summary, summary.string(op.name)))
      continue;
    const Value &stored = summary.value(op.value);
    if (stored.kind == ValueKind::Local && stored.a == value.a)
      return op.name;
  }
  return StringId();
}

FieldTest Interpreter::findFieldTest(ClassKey owner, Symbol flag) {
  FieldTest test;
  FileId where = program.fileOf(owner);
  const Summary &text = program.summary(where);
  std::optional<Store> store =
      onlyStore(text, program.local(owner), program.symbols[flag]);
  if (!store)
    return test;
  const Function &method = text.function(store->method);
  const Value *stored = &text.value(text.operations[store->operation].value);
  test.isNegated = stored->kind == ValueKind::Not;
  if (test.isNegated)
    stored = &text.value(ValueId(stored->a));
  if (stored->kind != ValueKind::Result)
    return test;
  const Operation &call = text.operation(OperationId(stored->a));
  llvm::ArrayRef<Argument> arguments = text.argumentsOf(call);
  if (call.kind != OperationKind::Call || arguments.size() != 1 ||
      arguments[0].kind != Argument::Positional)
    return test;
  StringId field = fieldHolding(text, method, text.value(arguments[0].value));
  if (!field)
    return test;
  test.predicate = call.value;
  test.method = program.key(where, store->method);
  test.field = program.symbol(where, field);
  return test;
}

/// `if self.is_async:`: keeps those values of the field beside it that alone
/// would have given this answer.
bool Interpreter::assumeByField(ValueId id, bool holds) {
  const Value &place = summary.value(id);
  if (place.kind != ValueKind::Attribute ||
      summary.value(ValueId(place.a)).kind != ValueKind::Local)
    return true;
  SetId owners = evaluate(ValueId(place.a));
  if (atoms.members(owners).size() != 1)
    return true;
  const Atom owner = atoms[atoms.members(owners).front()];
  AtomId type =
      owner.kind == AtomKind::Object ? heap[ObjectId(owner.a)].type : AtomId();
  if (!type || atoms[type].kind != AtomKind::Class)
    return true;
  Symbol flag = symbolOf(StringId(place.b));
  for (AtomId each : llvm::SmallVector<AtomId, 4>(linearise(type))) {
    if (atoms[each].kind != AtomKind::Class)
      continue;
    ClassKey key(atoms[each].a);
    auto [known, isNew] =
        solver.fieldTests.try_emplace({key.raw(), flag.raw()}, FieldTest());
    if (isNew)
      known->second = findFieldTest(key, flag);
    FieldTest test = known->second;
    if (test.predicate)
      return assumeFieldTest(test, ValueId(place.a), holds != test.isNegated);
  }
  return true;
}

bool Interpreter::assumeFieldTest(const FieldTest &test, ValueId base,
                                  bool holds) {
  FrameId frameOfMethod = solver.facts(test.method).firstFrame;
  SetId held = attribute(evaluate(base), test.field);
  SetId callees = frameOfMethod ? evaluateIn(frameOfMethod, test.predicate)
                                : atoms.emptySet();
  if (atoms.members(callees).size() != 1 || !isPredicate(callees))
    return true;
  llvm::SmallVector<AtomId, 8> kept;
  for (AtomId member : atoms.members(held)) {
    CallArguments alone;
    alone.positional.push_back(atoms.only(member));
    State before = state;
    SetId answer = invokeAll(callees, alone, edgeHere(EdgeKind::Call, callees));
    state = std::move(before);
    if (truthOf(answer) != (holds ? Truth::No : Truth::Yes))
      kept.push_back(member);
  }
  if (kept.empty())
    return held == atoms.emptySet();
  if (kept.size() != atoms.members(held).size())
    narrowAttribute(base, test.field, atoms.set(kept));
  return true;
}

/// The comparison of threads that a variable was last bound to.
ValueId Interpreter::threadTestBehind(ValueId id) {
  const Value &value = summary.value(id);
  if (value.kind != ValueKind::Local)
    return ValueId();
  ValueId bound = lastBoundTo(value.a);
  if (!bound || (summary.value(bound).kind != ValueKind::Is &&
                 summary.value(bound).kind != ValueKind::Equal))
    return ValueId();
  const Value &test = summary.value(bound);
  SetId sides =
      atoms.join(evaluate(ValueId(test.a)), evaluate(ValueId(test.b)));
  bool asksForThread = llvm::any_of(atoms.members(sides), [&](AtomId side) {
    return atoms[side].kind == AtomKind::CurrentThread;
  });
  return asksForThread ? bound : ValueId();
}
