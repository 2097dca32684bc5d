//===- Lifetimes.cpp - making, running and closing loops ------------------===//
//
// A state remembers which loops were made, run and closed on the way to a
// place, and an outcome what a call adds to that. Where one execution makes two
// loops, one after the other or beside each other, the pair is noted: only then
// can an object of the first get under the second.
//
// Objects that work under one loop only are marked, and each use of one under
// a loop that it is not known to belong to becomes an event.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

SetId Interpreter::onlyLoop(ObjectId loop) {
  if (!loop || loop == ObjectId(Heap::anyLoop))
    return atoms.emptySet();
  return atoms.only({.kind = AtomKind::Object, .a = loop.index()});
}

/// The loops among the members.
SetId Interpreter::onlyLoops(SetId value) {
  SetId loops = atoms.emptySet();
  for (AtomId id : atoms.members(value))
    if (atoms[id].kind == AtomKind::Object &&
        heap[ObjectId(atoms[id].a)].isLoop)
      loops = atoms.join(loops, onlyLoop(loopOf(atoms.only(id))));
  return loops;
}

SetId Interpreter::without(SetId from, SetId removed) {
  if (from == atoms.emptySet() || removed == atoms.emptySet())
    return from;
  llvm::SmallVector<AtomId, 8> kept;
  for (AtomId id : atoms.members(from))
    if (!llvm::is_contained(atoms.members(removed), id))
      kept.push_back(id);
  return atoms.set(std::move(kept));
}

//===----------------------------------------------------------------------===//
// History
//===----------------------------------------------------------------------===//

void Interpreter::loopBegins(ObjectId loop) {
  SetId only = onlyLoop(loop);
  noteSuccession(state.loops.made, only);
  state.loops.made = atoms.join(state.loops.made, only);
  outcome.loops.made = atoms.join(outcome.loops.made, only);
}

void Interpreter::loopMade(ObjectId loop) {
  loopBegins(loop);
  SetId only = onlyLoop(loop);
  state.loops.open = atoms.join(state.loops.open, only);
  state.loops.released = without(state.loops.released, only);
}

void Interpreter::loopRuns(ObjectId loop) {
  SetId only = onlyLoop(loop);
  state.loops.run = atoms.join(state.loops.run, only);
  outcome.loops.run = atoms.join(outcome.loops.run, only);
}

void Interpreter::release(SetId loops) {
  state.loops.open = without(state.loops.open, loops);
  state.loops.released = atoms.join(state.loops.released, loops);
}

/// Code that nobody knows gets these: it may close the loops among them.
void Interpreter::letGo(const CallArguments &arguments) {
  for (SetId value : arguments.positional)
    letGo(value);
  for (auto [name, value] : arguments.keywords)
    letGo(value);
}

void Interpreter::letGo(SetId value) { release(onlyLoops(value)); }

/// What is registered for later is there to clean up: it may close the loop
/// that it is given or bound to (`addCleanup(loop.close)`).
void Interpreter::letGoLater(AtomId callable, const CallArguments &handed) {
  letGo(handed);
  const Atom atom = atoms[callable];
  if (atom.kind == AtomKind::Method || atom.kind == AtomKind::ApiMethod)
    letGo(atoms.only(AtomId(atom.b)));
}

void Interpreter::noteSuccession(SetId earlier, SetId later) {
  for (AtomId second : atoms.members(later))
    for (AtomId first : atoms.members(earlier))
      if (atoms[first].kind == AtomKind::Object &&
          atoms[second].kind == AtomKind::Object)
        result.successiveLoops.insert({atoms[first].a, atoms[second].a});
}

/// Goes on behind a call that did this.
void Interpreter::follow(const LoopHistory &done) {
  if (done == LoopHistory())
    return;
  noteSuccession(state.loops.made, done.made);
  release(done.released);
  joinHistory(state.loops, done);
  outcome.loops.made = atoms.join(outcome.loops.made, done.made);
  outcome.loops.run = atoms.join(outcome.loops.run, done.run);
}

void Interpreter::joinHistory(LoopHistory &into, const LoopHistory &from) {
  into.made = atoms.join(into.made, from.made);
  into.run = atoms.join(into.run, from.run);
  into.open = atoms.join(into.open, from.open);
  into.released = atoms.join(into.released, from.released);
}

/// Goes on behind a call with what the callee did to the thread's loop.
void Interpreter::absorb(const Outcome &done) {
  bool isImporting = state.context.importing;
  if (done.testsLoop) {
    ExecutionContext without = state.context;
    without.running = Running::No;
    without.runningLoop = ObjectId();
    noteLoopTest(state.context.running != Running::Yes, without);
  }
  follow(done.loops);
  if (done.runsLoop)
    loopRan(ObjectId());
  if (!done.returns) {
    mayRaise();
    unreachable();
    return;
  }
  InterpreterLock own = state.context.interpreter;
  state.context = result[done.exit];
  state.context.importing = isImporting;
  if (summary.language == Language::Python)
    state.context.interpreter = own;
  locks.follow(done);
  joinTimers(state.armed, done.armed);
  addMissing(state.pending, done.pending);
}

/// From here on until endElsewhere() the state tells only what is new.
LoopHistory Interpreter::beginElsewhere() {
  return std::exchange(state.loops, LoopHistory());
}

/// What happened on another thread, or inside a run, happened after \p before
/// and while the loops \p around were running. What it leaves open is its own.
void Interpreter::endElsewhere(const LoopHistory &before, SetId around,
                               bool isRepeated) {
  LoopHistory inside = std::exchange(state.loops, before);
  exhausted = atoms.emptySet();
  if (inside == LoopHistory())
    return;
  noteSuccession(around, inside.made);
  if (isRepeated)
    noteSuccession(inside.made, inside.made);
  inside.open = atoms.emptySet();
  follow(inside);
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

/// The loop is one that is named, what the call returns, or what is being
/// constructed.
void Interpreter::applyNewLoop(const Effect &effect, const LibraryCall &call) {
  Reference fresh;
  fresh.kind = Reference::FreshLoop;
  if (call.self) {
    Object &self = heap[ObjectId(atoms[call.self].a)];
    // `super().__init__()` in a class of loops, whoever makes the object.
    if (self.type && atoms[self.type].kind == AtomKind::Class)
      if (const ApiType *base = libraryBase(self.type))
        self.isLoop |= base->isLoop;
    if (self.isLoop)
      fresh.kind = Reference::Receiver;
  }
  SetId loops = resolveLoop(effect.loop ? effect.loop : fresh, call);
  note(effect, call).loops = loops;
  ObjectId loop = loopOf(loops);
  if (state.context.sharesLoops && loop != ObjectId(Heap::anyLoop))
    heap[loop].isShared = true;
  loopMade(loop);
}

//===----------------------------------------------------------------------===//
// Duties
//===----------------------------------------------------------------------===//

void Interpreter::leaveOpen(SetId duties) {
  if (duties != atoms.emptySet())
    state.loops.open = atoms.join(state.loops.open, duties);
}

SetId Interpreter::dutyFor(Duty kind, SetId loops) {
  ObjectId loop = loopOf(loops);
  return loop == ObjectId(Heap::anyLoop) ? atoms.emptySet()
                                         : onlyLoop(heap.duty(kind, loop));
}

void Interpreter::applyDuty(const Effect &effect, const LibraryCall &call) {
  SetId loops = effect.loop ? resolveLoop(effect.loop, call) : atoms.emptySet();
  SetId subject =
      effect.subject ? resolve(effect.subject, call) : atoms.emptySet();
  Event &event = note(effect, call);
  event.loops = loops;
  event.subject = subject;
  if (effect.kind == EffectKind::RestartLoop)
    release(dutyFor(Duty::Restart, loops));
}

/// Who pushes a loop has to pop it again.
void Interpreter::pushOrPop(const Effect &effect, const LibraryCall &call) {
  if (effect.pushes)
    leaveOpen(dutyFor(Duty::Pop, loopsBehind(resolve(effect.loop, call))));
  if (!effect.subject)
    return;
  SetId popped = dutyFor(Duty::Pop, loopsBehind(resolve(effect.subject, call)));
  if (popped != atoms.emptySet())
    return release(popped);
  // Which one it is nobody knows.
  for (AtomId id : atoms.members(state.loops.open))
    if (atoms[id].kind == AtomKind::Object &&
        heap[ObjectId(atoms[id].a)].duty == Duty::Pop)
      release(atoms.only(id));
}

/// An object is used on its own loop, under no lock. What a function of the
/// library is given as that object is told from others where it is one.
static void noteOwnUse(Event &event, SetId given, SetId loops,
                       const Atoms &atoms) {
  event.isUse = true;
  event.loops = loops;
  llvm::ArrayRef<AtomId> members = atoms.members(given);
  if (!event.receiver && members.size() == 1)
    event.receiver = members.front();
}

/// Only where the loop, or whoever uses the object, may be on another thread.
void Interpreter::applyLoopAffine(const Effect &effect,
                                  const LibraryCall &call) {
  const ExecutionContext &context = state.context;
  if (context.running == Running::Unknown ||
      context.thread == ThreadKind::Unknown)
    return;
  bool isAtRest = llvm::any_of(state.finished, [&](AtomId id) {
    return atoms[id].kind == AtomKind::Object &&
           heap[ObjectId(atoms[id].a)].isLoop;
  });
  if (isAtRest)
    return;
  bool isNamedLoop = effect.loop.kind == Reference::DefaultLoop ||
                     effect.loop.kind == Reference::HostLoop;
  SetId given =
      isNamedLoop ? resolveLoop(effect.loop, call) : resolve(effect.loop, call);
  SetId affine = given;
  bool isCpp = isCppName(call.api.name);
  if (isCpp)
    affine = loopsBehind(affine);
  if (isPool(affine)) {
    // On a thread of that pool, beside other threads of it.
    bool isOwn = context.isWorker() && context.currentLoop &&
                 affine == onlyLoop(context.currentLoop);
    if (isCpp && isOwn && state.held.empty())
      noteOwnUse(note(effect, call), given, affine, atoms);
    return;
  }
  if (isCpp && atoms.mayBeAnything(affine))
    return;
  SetId loops = onlyLoops(affine);
  // Beside another loop only a loop that is named is surely not this one.
  bool isNamed =
      isCpp || (call.self && atoms[call.self].kind == AtomKind::Object &&
                heap[ObjectId(atoms[call.self].a)].isLoop);
  if (context.running == Running::Yes &&
      (!isNamed || loops == atoms.emptySet() ||
       context.runningLoop == ObjectId(Heap::anyLoop) ||
       llvm::is_contained(atoms.members(loops),
                          atoms.members(onlyLoop(context.runningLoop))[0]))) {
    // Several threads may run that loop.
    if (isCpp && state.held.empty() && loops != atoms.emptySet() &&
        loops == onlyLoop(context.runningLoop))
      noteOwnUse(note(effect, call), given, loops, atoms);
    return;
  }
  Event &event = note(effect, call);
  event.loops = loops;
  event.subject = given;
  event.ranBefore = state.loops.run;
  event.released = state.loops.released;
}

void Interpreter::applyLoopBound(const Effect &effect,
                                 const LibraryCall &call) {
  note(effect, call);
  if (!call.self || atoms[call.self].kind != AtomKind::Object)
    return;
  ObjectId object(atoms[call.self].a);
  heap[object].isLoopBound = true;
  if (effect.bindsAtConstruction(solver.options.versionIn(file)))
    storeField(object, solver.names.loop, resolveLoop(effect.loop, call));
}

/// Whether the loop that runs here may be the one that the object took when it
/// was made. Futures are awaited everywhere, so this is asked of them at once.
bool Interpreter::mayBelongHere(ObjectId object) {
  CellId field = heap.existingField(object, solver.names.loop);
  if (!field)
    return true;
  SetId loops = loopsBehind(solver.read(field, self));
  AtomId running = atoms.members(onlyLoop(state.context.runningLoop))[0];
  return atoms.mayBeAnything(loops) ||
         llvm::is_contained(atoms.members(loops), running);
}

/// `engine.begin()`: awaits nothing yet, but what it gives is entered at once.
static bool givesAsyncContext(const ModelSet &models, const ApiFunction &api) {
  if (api.returned.kind != Returned::Instance)
    return false;
  const ApiFunction *enter =
      models.method(models.canonical(api.returned.type), "__aenter__");
  return enter && enter->isCoroutine;
}

/// An object that works under one loop only is used under this one.
void Interpreter::noteUse(const LibraryCall &call) {
  const ExecutionContext &context = state.context;
  if (context.running != Running::Yes ||
      context.runningLoop == ObjectId(Heap::anyLoop))
    return;
  bool needsLoop = call.api.isCoroutine || call.api.find(EffectKind::Batches) ||
                   llvm::StringRef(call.api.name).ends_with(".__await__") ||
                   givesAsyncContext(models, call.api);
  if (!needsLoop)
    return;
  ObjectId object(atoms[call.self].a);
  AtomId type = heap[object].type;
  const ApiType *library = !type ? nullptr : libraryBase(type);
  const Effect *bound =
      library ? library->constructor.find(EffectKind::LoopBound) : nullptr;
  if (bound && !(result.isAwaitable(object) && mayBelongHere(object)))
    note(*bound, call).isUse = true;
}

/// What waits for the loop has been served.
void Interpreter::loopHadTurn() {
  for (ArmedTimer &timer : state.armed)
    timer.isServed = true;
  state.pending.clear();
}
