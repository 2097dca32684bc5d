//===- KeepRunner.cpp - an object keeps a runner in place of a loop -------===//
//
//   self._loop = asyncio.new_event_loop()      self._runner = asyncio.Runner()
//   self._loop.run_until_complete(work())      self._runner.run(work())
//   self._loop.close()                         self._runner.close()
//
// Possible where nothing else is done with the attribute, in any file, than to
// ask whether it is there yet and to hand it out to such uses.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"
#include "HandMadeLoop.h"
#include "Overrides.h"

#include "llvm/ADT/STLExtras.h"

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
  void findAccessors();
  const Function *accessor(FileId file, FunctionKey user, ValueId value) const;
  bool isHandedOut(FileId file, ValueId value) const;
  bool understandUses(FileId file, FunctionKey user);
  bool understandStore(FileId file, FunctionKey user, const Operation &store);
  bool understandUse(FileId file, FunctionKey user, const Operation &use,
                     ValueId value);
  bool understandClass();
  bool rewriteCall(const Operation &call);
  void rename(Span span, llvm::StringRef name);

  Workbench &bench;
  Draft draft;
  OperationKey made;
  FileId file;
  const Summary &summary;
  ClassId owner;
  std::string attribute;
  // Methods and properties that return it.
  std::vector<FunctionId> accessors;
};

} // namespace

/// The name that says the same of a runner: `_loop` becomes `_runner`. Empty
/// where the name says nothing of a loop.
static std::string renamed(llvm::StringRef name) {
  std::size_t loop = name.find("loop");
  if (loop == llvm::StringRef::npos)
    return "";
  std::string wanted = name.str();
  wanted.replace(loop, 4, "runner");
  std::size_t event = wanted.find("event_runner");
  if (event != std::string::npos)
    wanted.erase(event, 6);
  return wanted;
}

/// The attribute that the new loop is stored in.
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
  std::string wanted = renamed(attribute);
  return !wanted.empty() && !bench.freeName(file, {wanted}).empty();
}

/// `return self._loop`, as all that the method returns.
void KeptLoop::findAccessors() {
  for (std::uint32_t i = 0; i < summary.functions.size(); ++i) {
    const Function &function = summary.functions[i];
    if (function.classOfMethod != owner || function.isAsync)
      continue;
    bool returnsLoop = false;
    for (std::uint32_t at = function.operations.begin;
         at < function.operations.end; ++at) {
      const Operation &operation = summary.operations[at];
      returnsLoop |=
          operation.kind == OperationKind::Return && operation.value &&
          summary.value(operation.value).kind == ValueKind::Attribute &&
          summary.string(StringId(summary.value(operation.value).b)) ==
              attribute;
    }
    if (returnsLoop)
      accessors.push_back(FunctionId(i));
  }
}

/// `self.attribute` in a method of the class.
bool KeptLoop::isOurs(FileId where, FunctionKey user, ValueId id) const {
  const Summary &other = bench.input.program.summary(where);
  const Value &object = other.value(ValueId(other.value(id).a));
  const Function &function = bench.function(user);
  bool hasSelf = function.binding == Function::Method ||
                 function.binding == Function::Property;
  return where == file && function.classOfMethod == owner && hasSelf &&
         object.kind == ValueKind::Local && object.a == 0;
}

/// The accessor that the attribute names, or null.
const Function *KeptLoop::accessor(FileId where, FunctionKey user,
                                   ValueId id) const {
  const Summary &other = bench.input.program.summary(where);
  llvm::StringRef name = other.string(StringId(other.value(id).b));
  for (FunctionId each : accessors)
    if (summary.string(summary.function(each).name) == name &&
        !isStranger(user))
      return &summary.function(each);
  return nullptr;
}

/// The value is what an accessor returned.
bool KeptLoop::isHandedOut(FileId where, ValueId id) const {
  if (accessors.empty() || where != file ||
      summary.value(id).kind != ValueKind::Result)
    return false;
  const Operation &call = summary.operations[summary.value(id).a];
  if (call.kind != OperationKind::Call || !call.value ||
      summary.value(call.value).kind != ValueKind::Attribute)
    return false;
  FunctionKey user =
      bench.functionOf(bench.input.program.key(file, summary.value(id).a));
  const Function *called = accessor(file, user, call.value);
  return called && called->binding == Function::Method;
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

void KeptLoop::rename(Span span, llvm::StringRef name) {
  auto length = static_cast<std::uint32_t>(name.size());
  draft.replace({file, {span.end - length, span.end}}, renamed(name));
}

/// A call of the loop's method; false where a runner has no such thing.
bool KeptLoop::rewriteCall(const Operation &call) {
  const Value &callee = summary.value(call.value);
  llvm::StringRef name = summary.string(StringId(callee.b));
  const ApiFunction *method = bench.loopMethod(name);
  if (!method)
    return false;
  if (method->find(EffectKind::CloseLoop))
    return true;
  if (!method->find(EffectKind::RunLoop) ||
      !runsOneCoroutine(bench, file, call))
    return false;
  auto length = static_cast<std::uint32_t>(name.size());
  draft.replace({file, {call.inner.end - length, call.inner.end}}, "run");
  return true;
}

/// The attribute is given the loop, or none yet.
bool KeptLoop::understandStore(FileId where, FunctionKey user,
                               const Operation &store) {
  if (where != file || !store.value)
    return false;
  const Value &value = summary.value(store.value);
  const Value &object = summary.value(store.target);
  const Function &function = bench.function(user);
  bool isOwn = function.classOfMethod == owner &&
               object.kind == ValueKind::Local && object.a == 0;
  bool isLoop = value.kind == ValueKind::Result &&
                value.a == bench.input.program.local(made).index();
  rename(store.inner, attribute);
  return isLoop || (isOwn && value.kind == ValueKind::None);
}

/// What one operation does with the attribute, or with what hands it out.
bool KeptLoop::understandUse(FileId where, FunctionKey user,
                             const Operation &use, ValueId id) {
  const Summary &other = bench.input.program.summary(where);
  bool isCalled = use.kind == OperationKind::Call && use.value &&
                  other.value(use.value).kind == ValueKind::Attribute &&
                  ValueId(other.value(use.value).a) == id;
  if (isHandedOut(where, id))
    return isCalled && rewriteCall(use);
  const Value &value = other.value(id);
  if (value.kind != ValueKind::Attribute)
    return true;
  llvm::StringRef name = other.string(StringId(value.b));
  const Function *handsOut = accessor(where, user, id);
  if (name != attribute && !handsOut)
    return true;
  if (!isOurs(where, user, id))
    return isStranger(user);
  rename(value.span, name);
  if (handsOut && handsOut->binding == Function::Method)
    return use.kind == OperationKind::Call && use.value == id;
  bool isTest =
      use.kind == OperationKind::If &&
      llvm::none_of(subvalues(other, use), [&](ValueId part) {
        const Value &asked = other.value(part);
        return asked.kind == ValueKind::Attribute && ValueId(asked.a) == id;
      });
  bool isReturned =
      use.kind == OperationKind::Return && use.value == id && name == attribute;
  return isTest || isReturned || (isCalled && rewriteCall(use));
}

/// Rewrites what the function does with the attribute; false where it does what
/// cannot be done with a runner.
bool KeptLoop::understandUses(FileId where, FunctionKey user) {
  const Summary &other = bench.input.program.summary(where);
  IndexRange range = bench.function(user).operations;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &operation = other.operations[i];
    bool isAbout = operation.name &&
                   other.string(operation.name) == attribute &&
                   !isStranger(user);
    if (operation.kind == OperationKind::Annotate && isAbout)
      return false;
    if (operation.kind == OperationKind::BindAttribute && isAbout &&
        !understandStore(where, user, operation))
      return false;
    for (ValueId id : subvalues(other, operation))
      if (!understandUse(where, user, operation, id))
        return false;
  }
  return true;
}

/// What the class itself says of the attribute stays as it is, and would say
/// it of what is no more.
bool KeptLoop::understandClass() {
  const Function &body = summary.function(summary.classOf(owner).body);
  for (const Variable &variable : summary.variablesOf(body))
    if (summary.string(variable.name) == attribute)
      return false;
  for (FunctionId id : accessors) {
    llvm::StringRef name = summary.string(summary.function(id).name);
    if (renamed(name).empty() || bench.freeName(file, {renamed(name)}).empty())
      return false;
    rename(summary.function(id).nameSpan, name);
  }
  return true;
}

std::optional<Fix> KeptLoop::replaceByRunner() {
  const Program &program = bench.input.program;
  const Operation &call = bench.operation(made);
  if (bench.input.targetVersion < runnerSince ||
      call.kind != OperationKind::Call || !findAttribute())
    return std::nullopt;
  findAccessors();
  if (!understandClass())
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

/// The call makes a loop, or asks for the current one to run it.
static bool givesLoop(const ApiFunction &api) {
  const Effect *current = api.find(EffectKind::CurrentLoop);
  bool isAsked = current && !current->needsRunning && !api.isCoroutine &&
                 !api.find(EffectKind::Task);
  return api.find(EffectKind::NewLoop) || isAsked;
}

std::optional<Fix> cures::keepRunner(Workbench &bench, const Finding &finding) {
  const ApiFunction *api = bench.libraryFunction(finding.subject.operation);
  if (!api || !givesLoop(*api))
    return std::nullopt;
  return KeptLoop(bench, finding.subject.operation).replaceByRunner();
}
