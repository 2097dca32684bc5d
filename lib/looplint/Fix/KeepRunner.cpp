//===- KeepRunner.cpp - an object keeps a runner in place of a loop -------===//
//
//   self._loop = asyncio.new_event_loop()      self._runner = asyncio.Runner()
//   self._loop.run_until_complete(work())      self._runner.run(work())
//   self._loop.close()                         self._runner.close()
//
// Possible where nothing else is done with the attribute, in any file.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"
#include "HandMadeLoop.h"
#include "Overrides.h"

using namespace looplint;

/// The version that brought `asyncio.Runner`.
static constexpr Version runnerSince = 311;

namespace {

class KeptLoop {
public:
  KeptLoop(Workbench &bench, OperationKey made)
      : bench(bench), draft(bench), made(made),
        file(bench.input.program.fileOf(made)),
        summary(bench.input.program.summary(file)) {}

  std::optional<Fix> replaceByRunner();

private:
  bool findAttribute();
  bool isOurs(FileId file, FunctionKey user, ValueId value) const;
  bool isStranger(FunctionKey user) const;
  bool understandUses(FileId file, FunctionKey user);
  bool rewriteCall(const Operation &call);
  void rename(Span span);

  Workbench &bench;
  Draft draft;
  OperationKey made;
  FileId file;
  const Summary &summary;
  ClassId owner;
  std::string attribute;
  std::string wanted; // its name from now on
};

} // namespace

/// The attribute that the new loop is stored in, and a name for the runner:
/// `_loop` becomes `_runner`.
bool KeptLoop::findAttribute() {
  std::uint32_t call = bench.input.program.local(made).index();
  FunctionKey function = bench.functionOf(made);
  owner = bench.function(function).classOfMethod;
  IndexRange range = bench.function(function).operations;
  const Operation *store = nullptr;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = summary.operations[i];
    bool isStore = operation.kind == OperationKind::BindAttribute &&
                   operation.value &&
                   summary.value(operation.value).kind == ValueKind::Result &&
                   summary.value(operation.value).a == call;
    if (isStore)
      store = &operation;
  }
  if (!store || !owner)
    return false;
  attribute = summary.string(store->name).str();
  std::size_t loop = attribute.find("loop");
  if (loop == std::string::npos)
    return false;
  wanted = attribute;
  wanted.replace(loop, 4, "runner");
  std::size_t event = wanted.find("event_runner");
  if (event != std::string::npos)
    wanted.erase(event, 6);
  return !bench.freeName(file, {wanted}).empty();
}

/// `self.attribute` in a method of the class.
bool KeptLoop::isOurs(FileId where, FunctionKey user, ValueId id) const {
  const Summary &other = bench.input.program.summary(where);
  const Value &object = other.value(ValueId(other.value(id).a));
  const Function &function = bench.function(user);
  return where == file && function.classOfMethod == owner &&
         function.binding == Function::Method &&
         object.kind == ValueKind::Local && object.a == 0;
}

/// Its class has nothing to do with the one that keeps the loop.
bool KeptLoop::isStranger(FunctionKey user) const {
  const Program &program = bench.input.program;
  ClassId other = bench.function(user).classOfMethod;
  if (!other)
    return false;
  return !areRelated(bench, program.key(program.fileOf(user), other),
                     program.key(file, owner));
}

void KeptLoop::rename(Span span) {
  auto length = static_cast<std::uint32_t>(attribute.size());
  draft.replace({file, {span.end - length, span.end}}, wanted);
}

/// A call of the loop's method; false where a runner has no such thing.
bool KeptLoop::rewriteCall(const Operation &call) {
  const Value &callee = summary.value(call.value);
  const ApiFunction *method =
      bench.loopMethod(summary.string(StringId(callee.b)));
  if (!method)
    return false;
  if (method->find(EffectKind::CloseLoop))
    return true;
  if (!method->find(EffectKind::RunLoop) ||
      !runsOneCoroutine(bench, file, call))
    return false;
  std::uint32_t object = summary.value(ValueId(callee.a)).span.end;
  draft.replace({file, {object, call.inner.end}}, ".run");
  return true;
}

/// Rewrites what the function does with the attribute; false where it does what
/// cannot be done with a runner.
bool KeptLoop::understandUses(FileId where, FunctionKey user) {
  const Summary &other = bench.input.program.summary(where);
  IndexRange range = bench.function(user).operations;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = other.operations[i];
    if (operation.kind == OperationKind::BindAttribute &&
        other.string(operation.name) == attribute && !isStranger(user)) {
      bool isStore = where == file && operation.value &&
                     other.value(operation.value).kind == ValueKind::Result &&
                     other.value(operation.value).a ==
                         bench.input.program.local(made).index();
      if (!isStore)
        return false;
      rename(operation.inner);
    }
    for (ValueId id : subvalues(other, operation)) {
      const Value &value = other.value(id);
      if (value.kind != ValueKind::Attribute ||
          other.string(StringId(value.b)) != attribute)
        continue;
      if (!isOurs(where, user, id)) {
        if (!isStranger(user))
          return false;
        continue;
      }
      bool isCalled =
          operation.kind == OperationKind::Call && operation.value &&
          other.value(operation.value).kind == ValueKind::Attribute &&
          ValueId(other.value(operation.value).a) == id;
      if (!isCalled || !rewriteCall(operation))
        return false;
      rename(value.span);
    }
  }
  return true;
}

std::optional<Fix> KeptLoop::replaceByRunner() {
  const Program &program = bench.input.program;
  const Operation &call = bench.operation(made);
  if (bench.input.targetVersion < runnerSince ||
      call.kind != OperationKind::Call || !findAttribute())
    return std::nullopt;
  for (std::uint32_t i = 0; i < program.fileCount(); ++i)
    for (std::uint32_t f = 0; f < program.summary(FileId(i)).functions.size();
         ++f)
      if (!understandUses(FileId(i), program.key(FileId(i), FunctionId(f))))
        return std::nullopt;
  draft.replace({file, call.span},
                draft.name(file, "asyncio", "Runner") + "()");
  return draft.finish(Applicability::Unsafe, "keep a runner for the loop");
}

std::optional<Fix> cures::keepRunner(Workbench &bench, const Finding &finding) {
  const ApiFunction *api = bench.libraryFunction(finding.subject.operation);
  if (!api || !api->find(EffectKind::NewLoop))
    return std::nullopt;
  return KeptLoop(bench, finding.subject.operation).replaceByRunner();
}
