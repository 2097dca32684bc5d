//===- HandMadeLoop.cpp ---------------------------------------------------===//

#include "HandMadeLoop.h"

#include "looplint/Fix/UnusedImports.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

HandMadeLoop::HandMadeLoop(Workbench &bench, OperationKey place)
    : bench(bench), file(bench.input.program.fileOf(place)),
      summary(bench.input.program.summary(file)),
      function(bench.functionOf(place)),
      operations(bench.function(function).operations) {
  for (std::uint32_t i = operations.begin; i < operations.end; ++i) {
    const Operation &operation = summary.operations[i];
    if (operation.kind == OperationKind::Bind && !operation.scope &&
        looksUp(operation.value))
      variable = operation.variable;
  }
}

static ValueId receiverIn(const Summary &summary, const Operation &call) {
  if (call.kind != OperationKind::Call || !call.value)
    return ValueId();
  const Value &callee = summary.value(call.value);
  return callee.kind == ValueKind::Attribute ? ValueId(callee.a) : ValueId();
}

ValueId HandMadeLoop::receiverOf(const Operation &call) const {
  return receiverIn(summary, call);
}

bool HandMadeLoop::isLoop(ValueId value) const {
  return value && variable && summary.value(value).kind == ValueKind::Local &&
         summary.value(value).a == *variable;
}

bool HandMadeLoop::isBind(const Operation &operation) const {
  return variable && operation.kind == OperationKind::Bind &&
         !operation.scope && operation.variable == *variable;
}

bool HandMadeLoop::does(std::uint32_t operation, EffectKind kind) const {
  const Operation &call = summary.operations[operation];
  if (call.kind != OperationKind::Call)
    return false;
  const ApiFunction *api =
      bench.libraryFunction(bench.input.program.key(file, operation));
  ValueId receiver = receiverOf(call);
  if (!api && receiver && (isLoop(receiver) || looksUp(receiver)))
    api =
        bench.loopMethod(summary.string(StringId(summary.value(call.value).b)));
  return api && api->find(kind);
}

/// The method of what a library function returns, as in
/// `get_event_loop_policy().get_event_loop()`; null where it is none. What the
/// program makes itself may be of a kind that a run without it is not.
static const ApiFunction *methodOfResult(const Workbench &bench,
                                         OperationKey call) {
  const Summary &summary = bench.summaryOf(call);
  ValueId id = bench.operation(call).value;
  if (!id || summary.value(id).kind != ValueKind::Attribute)
    return nullptr;
  const Value &callee = summary.value(id);
  FileId file = bench.input.program.fileOf(call);
  FunctionId scope = bench.input.program.local(bench.functionOf(call));
  OperationKey made =
      bench.callBehind(file, bench.boundTo(file, scope, ValueId(callee.a)));
  const ApiFunction *maker = made ? bench.libraryFunction(made) : nullptr;
  if (!maker || maker->returned.kind != Returned::Instance)
    return nullptr;
  const ApiType *type = bench.input.models.type(maker->returned.type);
  if (!type || maker == &type->constructor)
    return nullptr;
  return bench.input.models.method(type->name,
                                   summary.string(StringId(callee.b)));
}

/// It gives the policy, of which a loop is then asked.
static bool isPolicy(const Workbench &bench, const ApiFunction &api) {
  const ApiType *type = api.returned.kind == Returned::Instance
                            ? bench.input.models.type(api.returned.type)
                            : nullptr;
  return type && llvm::any_of(type->methods, [](const auto &method) {
           return method.getValue().find(EffectKind::CurrentLoop);
         });
}

bool looplint::handsOutLoop(const Workbench &bench, FunctionKey function) {
  const Function &helper = bench.function(function);
  const Summary &summary = bench.summaryOf(function);
  FileId file = bench.input.program.fileOf(function);
  if (helper.kind != FunctionKind::Plain || helper.isAsync ||
      helper.isGenerator)
    return false;
  bool looksUp = false;
  bool returns = false;
  for (std::uint32_t i = helper.operations.begin; i < helper.operations.end;
       ++i) {
    const Operation &operation = summary.operations[i];
    bool isStored = operation.kind == OperationKind::BindAttribute ||
                    (operation.kind == OperationKind::Bind && operation.scope);
    returns |= operation.kind == OperationKind::Return && operation.value;
    if (isStored)
      return false;
    if (operation.kind != OperationKind::Call)
      continue;
    OperationKey call = bench.input.program.key(file, i);
    const ApiFunction *api = bench.libraryFunction(call);
    if (!api)
      api = methodOfResult(bench, call);
    // `loop.is_closed()`
    ValueId receiver = receiverIn(summary, operation);
    if (!api && receiver && summary.value(receiver).kind == ValueKind::Local)
      api = bench.loopMethod(
          summary.string(StringId(summary.value(operation.value).b)));
    const Effect *current = api ? api->find(EffectKind::CurrentLoop) : nullptr;
    bool isAboutLoops =
        api &&
        (current || api->find(EffectKind::NewLoop) ||
         api->find(EffectKind::SetLoop) || api->find(EffectKind::Tests)) &&
        !api->isCoroutine && !api->find(EffectKind::Task);
    if (!isAboutLoops && !(api && isPolicy(bench, *api)))
      return false;
    looksUp |=
        api->find(EffectKind::NewLoop) || (current && !current->needsRunning);
  }
  return looksUp && returns;
}

/// The call is one of a helper; also where no execution comes to it.
bool HandMadeLoop::isHandedOut(OperationKey call) const {
  llvm::ArrayRef<FunctionKey> helpers = bench.calledAt(call);
  if (!helpers.empty())
    return llvm::all_of(helpers, [&](FunctionKey helper) {
      return handsOutLoop(bench, helper);
    });
  const Value &callee = summary.value(
      bench.boundTo(file, bench.input.program.local(bench.functionOf(call)),
                    bench.operation(call).value));
  return callee.kind == ValueKind::Function &&
         handsOutLoop(bench,
                      bench.input.program.key(file, FunctionId(callee.a)));
}

bool HandMadeLoop::looksUp(ValueId value) const {
  if (!value || summary.value(value).kind != ValueKind::Result)
    return false;
  OperationKey call = bench.input.program.key(file, summary.value(value).a);
  const ApiFunction *api = bench.libraryFunction(call);
  if (!api)
    api = methodOfResult(bench, call);
  if (!api)
    return isHandedOut(call);
  if (api->isCoroutine || api->find(EffectKind::Task))
    return false;
  // What asks for the loop to make something of it, as `gather` does.
  bool isOther =
      api->returned.kind == Returned::Instance &&
      llvm::none_of(bench.input.models.loopTypes(), [&](const ApiType *type) {
        return type->name == api->returned.type;
      });
  if (isOther)
    return false;
  const Effect *current = api->find(EffectKind::CurrentLoop);
  return api->find(EffectKind::NewLoop) || (current && !current->needsRunning);
}

bool HandMadeLoop::mentionsLoop(const Operation &operation) const {
  return llvm::any_of(subvalues(summary, operation),
                      [&](ValueId value) { return isLoop(value); });
}

bool looplint::runsOneCoroutine(const Workbench &bench, FileId file,
                                const Operation &run) {
  const Summary &summary = bench.input.program.summary(file);
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(run);
  if (arguments.size() != 1 || arguments.front().kind != Argument::Positional)
    return false;
  const Value &value = summary.value(arguments.front().value);
  if (value.kind != ValueKind::Result)
    return value.kind == ValueKind::Local;
  const ApiFunction *api =
      bench.libraryFunction(bench.input.program.key(file, value.a));
  return !api || api->isCoroutine;
}

bool HandMadeLoop::isHousekeeping(std::uint32_t operation) const {
  if (does(operation, EffectKind::CloseLoop) ||
      does(operation, EffectKind::SetLoop))
    return true;
  const Operation &call = summary.operations[operation];
  if (!does(operation, EffectKind::RunLoop) ||
      summary.argumentsOf(call).empty())
    return false;
  const Value &driven = summary.value(summary.argumentsOf(call).front().value);
  if (driven.kind != ValueKind::Result)
    return false;
  // `loop.shutdown_asyncgens()`: what is told nothing has no work of others to
  // do, as a task or a call in an executor has.
  const Operation &made = summary.operations[driven.a];
  const Value &callee = summary.value(made.value);
  const ApiFunction *method =
      isLoop(receiverOf(made))
          ? bench.loopMethod(summary.string(StringId(callee.b)))
          : nullptr;
  return method && method->isCoroutine && summary.argumentsOf(made).empty();
}

bool HandMadeLoop::isInHousekeeping(std::uint32_t operation) const {
  if (operation + 1 >= operations.end || !isHousekeeping(operation + 1))
    return false;
  Span inner = summary.operations[operation].span;
  Span outer = summary.operations[operation + 1].span;
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

bool HandMadeLoop::runsOwnLoop(std::uint32_t operation) const {
  const ApiFunction *api =
      bench.libraryFunction(bench.input.program.key(file, operation));
  const Effect *runs = api ? api->find(EffectKind::RunLoop) : nullptr;
  return runs && runs->loop.kind == Reference::FreshLoop;
}

bool HandMadeLoop::isRun(std::uint32_t operation) const {
  const Operation &call = summary.operations[operation];
  ValueId receiver = receiverOf(call);
  if (!receiver || !(isLoop(receiver) || looksUp(receiver)) ||
      !runsOneCoroutine(bench, file, call))
    return false;
  // What the loop itself makes is a future or a task.
  const Value &driven = summary.value(summary.argumentsOf(call).front().value);
  return driven.kind != ValueKind::Result ||
         !isLoop(receiverOf(summary.operations[driven.a]));
}

bool HandMadeLoop::isStatement(Span span) const {
  const Layout &layout = bench.layout(file);
  std::uint32_t index = layout.statementAt(span.begin);
  return index != Statement::none && layout.statements()[index].span == span &&
         layout.hasLinesOfItsOwn(layout.statements()[index]);
}

bool HandMadeLoop::isShared() const {
  if (!variable || bench.function(function).kind != FunctionKind::Module)
    return false;
  for (const Value &value : summary.values)
    if (value.kind == ValueKind::Outer && value.a == 0 && value.b == *variable)
      return true;
  llvm::StringRef name = summary.string(
      summary.variablesOf(bench.function(function))[*variable].name);
  return isImportedElsewhere(bench.input.program, file, name);
}
