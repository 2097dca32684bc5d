//===- Blocking.cpp - calls that hold up their thread ---------------------===//
//
// A wait is noted only where a loop runs, or where it keeps others from running
// Python: anywhere else it is nobody's business, and most of a program's waits
// are there. A call that cannot wait is
// none: its time-out is zero, or what it waits for has been found done.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// Whether the call takes a lock that the statement before has made: nobody
/// else knows of it yet.
static bool takesNewLock(const LibraryCall &call, const Atoms &atoms,
                         const Heap &heap, OperationKey madeBefore) {
  return call.self && atoms[call.self].kind == AtomKind::Object &&
         heap[ObjectId(atoms[call.self].a)].site == madeBefore &&
         call.api.find(EffectKind::Locks);
}

/// Whether the call comes back at once, whatever it would wait for.
bool Interpreter::returnsAtOnce(const Effect &effect, const LibraryCall &call) {
  if (llvm::is_contained(state.finished, call.self))
    return true;
  // Between them stands what binds it to a variable.
  if (here >= function.operations.begin + 2 &&
      takesNewLock(call, atoms, heap, program.key(file, here - 2)))
    return true;
  if (!effect.timeout)
    return false;
  llvm::ArrayRef<AtomId> limits = atoms.members(resolve(effect.timeout, call));
  return !limits.empty() && llvm::all_of(limits, [&](AtomId id) {
    const Atom &limit = atoms[id];
    bool isNumber =
        limit.kind == AtomKind::Integer || limit.kind == AtomKind::Float;
    return isNumber && limit.a == 0;
  });
}

void Interpreter::applyBlocks(const Effect &effect, const LibraryCall &call) {
  bool keepsInterpreter = state.context.interpreter == InterpreterLock::Held &&
                          effect.category == "synchronization";
  if ((state.context.running != Running::Yes && !keepsInterpreter) ||
      returnsAtOnce(effect, call))
    return;
  SetId limit =
      effect.timeout ? resolve(effect.timeout, call) : atoms.emptySet();
  note(effect, call).subject = limit;
}

void Interpreter::applyWaitsFor(const Effect &effect, const LibraryCall &call) {
  const ExecutionContext &context = state.context;
  bool isOnPool =
      context.isWorker() && context.currentLoop && isPool(context.currentLoop);
  if ((context.running != Running::Yes && !isOnPool) ||
      returnsAtOnce(effect, call))
    return;
  // A future of a thread pool works for no loop.
  if (effect.loop.kind == Reference::ReceiverField &&
      resolve(effect.loop, call) == atoms.emptySet())
    return;
  SetId loops = resolveLoop(effect.loop, call);
  if (mayBePending(effect, call))
    note(effect, call).loops = loops;
}

/// Behind a wait its futures are done. (Where it ran into its time-out, an
/// exception has mostly led elsewhere.)
void Interpreter::finishAwaited(const Effect &effect, const LibraryCall &call) {
  auto finish = [&](AtomId id) {
    if (!llvm::is_contained(state.finished, id))
      state.finished.push_back(id);
  };
  if (effect.loop.kind == Reference::ReceiverField && call.self)
    return finish(call.self);
  if (effect.loop.kind != Reference::Parameter)
    return;
  SetId awaited = resolve(effect.loop, call);
  SetId all = atoms.join(awaited, element(awaited, noPosition));
  for (AtomId id : atoms.members(all))
    if (atoms[id].kind == AtomKind::Object)
      finish(id);
}
