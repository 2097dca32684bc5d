//===- Blocking.cpp - calls that hold up their thread ---------------------===//

#include "Blocking.h"

#include "Interpreter.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

// A lock that was made further above than this is not looked for.
static constexpr std::uint32_t nearEnough = 12;

/// Whether the call takes a lock that the function has just made and given to
/// nobody.
bool Blocking::takesNewLock(const LibraryCall &call) {
  if (!call.self || !call.api.find(EffectKind::Locks))
    return false;
  std::uint32_t begin = in.function.operations.begin;
  std::uint32_t first =
      std::max(begin, in.here - std::min(in.here, nearEnough));
  for (std::uint32_t i = in.here; i-- > first;) {
    const Operation &op = in.summary.operations[i];
    switch (op.kind) {
    case OperationKind::Call:
      if (in.results[i - begin] == in.atoms.only(call.self))
        return makesObject(op);
      if (isGiven(op, call.self))
        return false;
      break;
    case OperationKind::BindAttribute:
    case OperationKind::BindItem:
      if (isAmong(op.value, call.self))
        return false;
      break;
    case OperationKind::Bind:
    case OperationKind::Evaluate:
      break;
    default:
      return false;
    }
  }
  return false;
}

bool Blocking::isGiven(const Operation &call, AtomId value) {
  return llvm::any_of(
      in.summary.argumentsOf(call),
      [&](const Argument &argument) { return isAmong(argument.value, value); });
}

bool Blocking::isAmong(ValueId values, AtomId value) {
  return llvm::is_contained(in.atoms.members(in.evaluate(values)), value);
}

/// Whether what is called there is a library's type.
bool Blocking::makesObject(const Operation &call) {
  llvm::ArrayRef<AtomId> callees = in.atoms.members(in.evaluate(call.value));
  return callees.size() == 1 && in.atoms[callees[0]].kind == AtomKind::ApiType;
}

/// Whether the call comes back at once, whatever it would wait for.
bool Blocking::returnsAtOnce(const Effect &effect, const LibraryCall &call) {
  if (llvm::is_contained(in.state.finished, call.self) || takesNewLock(call))
    return true;
  if (!effect.timeout)
    return false;
  llvm::ArrayRef<AtomId> limits =
      in.atoms.members(in.resolve(effect.timeout, call));
  return !limits.empty() && llvm::all_of(limits, [&](AtomId id) {
    const Atom &limit = in.atoms[id];
    bool isNumber =
        limit.kind == AtomKind::Integer || limit.kind == AtomKind::Float;
    return isNumber && limit.a == 0;
  });
}

/// Whether another thread has ended when the call returns, or has told how far
/// it is.
static bool waitsForThread(const Effect &effect, const LibraryCall &call) {
  return isCppName(call.api.name) && !effect.optIn &&
         effect.category == "synchronization";
}

void Blocking::block(const Effect &effect, const LibraryCall &call) {
  if (waitsForThread(effect, call))
    in.release(in.atoms.only(
        {.kind = AtomKind::ApiFunction, .a = in.atoms.index(&call.api)}));
  const ExecutionContext &context = in.state.context;
  bool keepsInterpreter = context.interpreter == InterpreterLock::Held &&
                          effect.category == "synchronization";
  if ((context.running != Running::Yes && !keepsInterpreter) ||
      returnsAtOnce(effect, call))
    return;
  SetId limit =
      effect.timeout ? in.resolve(effect.timeout, call) : in.atoms.emptySet();
  in.note(effect, call).subject = limit;
}

void Blocking::waitFor(const Effect &effect, const LibraryCall &call) {
  const ExecutionContext &context = in.state.context;
  bool isOnPool = context.isWorker() && context.currentLoop &&
                  in.isPool(context.currentLoop);
  // Whose loop has not begun to run, or has ended.
  bool isOnMain = context.thread == ThreadKind::Main &&
                  context.running == Running::No && isCppName(call.api.name);
  if ((context.running != Running::Yes && !isOnPool && !isOnMain) ||
      returnsAtOnce(effect, call))
    return;
  // A future of a thread pool works for no loop.
  if (effect.loop.kind == Reference::ReceiverField &&
      in.resolve(effect.loop, call) == in.atoms.emptySet())
    return;
  SetId loops = in.resolveLoop(effect.loop, call);
  if (!in.mayBePending(effect, call))
    return;
  Event &event = in.note(effect, call);
  event.loops = loops;
  event.ranBefore = in.state.loops.run;
}

void Blocking::finishAwaited(const Effect &effect, const LibraryCall &call) {
  auto finish = [&](AtomId id) {
    if (!llvm::is_contained(in.state.finished, id))
      in.state.finished.push_back(id);
  };
  if (effect.loop.kind == Reference::ReceiverField && call.self)
    return finish(call.self);
  if (effect.loop.kind != Reference::Parameter)
    return;
  SetId awaited = in.resolve(effect.loop, call);
  SetId all = in.atoms.join(awaited, in.element(awaited, noPosition));
  for (AtomId id : in.atoms.members(all))
    if (in.atoms[id].kind == AtomKind::Object)
      finish(id);
}
