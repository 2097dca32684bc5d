//===- Effects.cpp - what library calls do to loops and threads -----------===//
//
// Every effect that rules may ask about is noted as an event, with the context
// it takes place in. Then the state changes as the effect says: a loop is set,
// a look-up raises, a run drives its coroutine and ends.
//
//===----------------------------------------------------------------------===//

#include "Blocking.h"
#include "Interpreter.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

SetId Interpreter::apply(const Effect &effect, const LibraryCall &call) {
  switch (effect.kind) {
  case EffectKind::CurrentLoop:
    return applyCurrentLoop(effect, call);
  case EffectKind::SetPolicy:
    applySetPolicy(effect, call);
    return SetId();
  case EffectKind::SetLoop:
    applySetLoop(effect, call);
    return SetId();
  case EffectKind::CloseLoop:
    applyCloseLoop(effect, call);
    return SetId();
  case EffectKind::RunLoop:
    return applyRunLoop(effect, call);
  case EffectKind::Arms:
    applyArms(effect, call);
    return SetId();
  case EffectKind::Invokes:
    return applyInvokes(effect, call);
  case EffectKind::Tests:
    return applyTests(effect, call);
  case EffectKind::Keeps:
    keep(effect, call);
    return SetId();
  case EffectKind::WaitsFor:
    Blocking(*this).waitFor(effect, call);
    return SetId();
  case EffectKind::Blocks:
    Blocking(*this).block(effect, call);
    return SetId();
  case EffectKind::Task:
    // `Task(fetch())`: what is made here is the task.
    if (call.self && atoms[call.self].kind == AtomKind::Object &&
        models.type(call.api.name))
      result.tasks.insert(atoms[call.self].a);
    return SetId();
  case EffectKind::NewLoop:
    applyNewLoop(effect, call);
    return SetId();
  case EffectKind::ShareLoops:
    state.context.sharesLoops = true;
    return SetId();
  case EffectKind::RestartLoop:
  case EffectKind::Occupies:
  case EffectKind::Vacates:
    applyDuty(effect, call);
    return SetId();
  case EffectKind::StopLoop:
    note(effect, call).loops = resolveLoop(effect.loop, call);
    return SetId();
  case EffectKind::LoopAffine:
    applyLoopAffine(effect, call);
    return SetId();
  case EffectKind::ReentersLoop:
    note(effect, call);
    return SetId();
  case EffectKind::LoopBound:
    applyLoopBound(effect, call);
    return SetId();
  case EffectKind::Batches:
  case EffectKind::Caches:
    note(effect, call);
    return SetId();
  case EffectKind::Locks:
    locks.take(effect, call);
    return SetId();
  case EffectKind::Unlocks:
    locks.giveBack(effect, call);
    return SetId();
  case EffectKind::Interpreter:
    locks.changeInterpreter(effect, call);
    return SetId();
  case EffectKind::Retired:
    // Of what is awaited, the call itself has been judged.
    if (!givesCoroutine(call))
      applyRetired(effect, call);
    return SetId();
  case EffectKind::Coroutine:
  case EffectKind::Entry:
    return SetId();
  }
  return SetId();
}

Event &Interpreter::note(const Effect &effect, const LibraryCall &call) {
  std::vector<Event> &events = result.instances[self.index()].events;
  events.push_back({.effect = &effect,
                    .api = &call.api,
                    .at = call.at,
                    .context = solver.context(state.context),
                    .handled = handledHere(),
                    .confidence = call.confidence,
                    .isGuarded = state.isGuarded,
                    .loops = atoms.emptySet(),
                    .subject = atoms.emptySet(),
                    .receiver = call.self});
  return events.back();
}

//===----------------------------------------------------------------------===//
// Look-ups and tests
//===----------------------------------------------------------------------===//

/// The operation raises in this context.
void Interpreter::raiseHere() {
  mayRaise();
  unreachable();
}

SetId Interpreter::applyCurrentLoop(const Effect &effect,
                                    const LibraryCall &call) {
  if (effect.until != 0 && solver.options.versionIn(file) >= effect.until)
    return SetId();
  ExecutionContext &context = state.context;
  if (effect.needsRunning) {
    if (context.running == Running::No)
      note(effect, call);
    ExecutionContext without = context;
    without.running = Running::No;
    without.runningLoop = ObjectId();
    outcome.testsLoop = true;
    noteLoopTest(context.running != Running::Yes, without);
    if (context.running == Running::No) {
      raiseHere();
      return SetId();
    }
    // Of what belongs to a loop, other versions of its library only warn.
    bool isBound = llvm::any_of(call.api.effects, [](const Effect &other) {
      return other.kind == EffectKind::LoopBound;
    });
    if (context.running == Running::Unknown && !isBound) {
      context.running = Running::Yes;
      context.runningLoop = ObjectId(Heap::anyLoop);
    }
    return SetId();
  }

  // There it gets one, whatever the handler around it is for.
  if (context.running == Running::Yes ||
      (context.running == Running::No && context.current == Current::Set))
    noteLoopTest(false, context);
  if (context.running != Running::No)
    return SetId();
  if (solver.ownLoops.makesOnDemand(call.api)) {
    // Who runs it comes later; before main it is the wrong one.
    if (context.importing)
      note(effect, call);
    if (context.current == Current::Unset) {
      context.current = Current::Set;
      context.currentLoop = ObjectId(Heap::anyLoop);
    }
    return SetId();
  }
  // On the main thread of a version that still makes a loop, nothing is wrong.
  bool isForOldVersions =
      state.versionsBelow != 0 && state.versionsBelow <= effect.raisesSince &&
      context.isOnMain() && context.current == Current::Unset;
  if (!isForOldVersions)
    note(effect, call);
  bool makesOne = context.isOnMain() && context.current == Current::Unset &&
                  (effect.raisesSince == 0 ||
                   solver.options.versionIn(file) < effect.raisesSince);
  bool isUnset = context.current == Current::Unset;
  bool raises = context.current == Current::Cleared || (isUnset && !makesOne);
  if (raises) {
    noteLoopTest(true, context);
    raiseHere();
    return SetId();
  }
  if (makesOne) {
    context.current = Current::Set;
    context.currentLoop = ObjectId(Heap::mainLoop);
  }
  return SetId();
}

SetId Interpreter::applyTests(const Effect &effect, const LibraryCall &call) {
  SetId subject =
      effect.subject ? resolve(effect.subject, call) : atoms.emptySet();
  bool isOfLoop = effect.test == TestSubject::LoopRunning ||
                  effect.test == TestSubject::LoopThread;
  if (isOfLoop)
    subject = resolveLoop(effect.subject ? effect.subject : effect.loop, call);
  Truth answer = testTruth(effect.test, subject);
  if (effect.form == TestForm::Raises) {
    ExecutionContext without = state.context;
    if (effect.test == TestSubject::RunningLoop) {
      without.running = Running::No;
      without.runningLoop = ObjectId();
      outcome.testsLoop = true;
      noteLoopTest(answer != Truth::Yes, without);
      if (answer == Truth::Unknown) {
        state.context.running = Running::Yes;
        state.context.runningLoop = ObjectId(Heap::anyLoop);
      }
    }
    if (answer == Truth::No)
      raiseHere();
    return SetId();
  }
  if (answer == Truth::No)
    return effect.form == TestForm::None ? atoms.none() : atoms.boolean(false);
  if (answer == Truth::Yes)
    return effect.form == TestForm::None ? SetId() : atoms.boolean(true);
  return atoms.only({.kind = AtomKind::TestResult,
                     .a = static_cast<std::uint32_t>(effect.test) << 8 |
                          static_cast<std::uint32_t>(effect.form),
                     .b = call.self.raw()});
}

/// A future that was made before the loop last had a turn may be done by now.
/// What comes in as an argument was made by the caller, who waits at once.
bool Interpreter::mayBePending(const Effect &effect, const LibraryCall &call) {
  if (effect.loop.kind != Reference::ReceiverField ||
      state.context.running != Running::Yes ||
      llvm::is_contained(state.pending, call.self))
    return true;
  const Value &callee = summary.value(summary.operations[here].value);
  return callee.kind == ValueKind::Attribute && !function.isAsync &&
         comesThroughParameter(ValueId(callee.a));
}

void Interpreter::applySetLoop(const Effect &effect, const LibraryCall &call) {
  SetId loops = effect.loop ? resolve(effect.loop, call) : atoms.none();
  if (effect.loop.kind != Reference::Nothing &&
      effect.loop.kind != Reference::Parameter &&
      effect.loop.kind != Reference::ReceiverField)
    loops = resolveLoop(effect.loop, call);
  note(effect, call).loops =
      loopsBehind(effect.subject ? resolve(effect.subject, call) : loops);
  pushOrPop(effect, call);
  bool isNone = llvm::all_of(atoms.members(loops), [&](AtomId id) {
    return atoms[id].kind == AtomKind::None;
  });
  state.context.current = isNone ? Current::Cleared : Current::Set;
  state.context.currentLoop = isNone ? ObjectId() : loopOf(loops);
}

void Interpreter::applyCloseLoop(const Effect &effect,
                                 const LibraryCall &call) {
  SetId loops = resolveLoop(effect.loop, call);
  note(effect, call).loops = loops;
  release(loops);
  ObjectId loop = loopOf(loops);
  if (state.context.current == Current::Set &&
      state.context.currentLoop == loop && loop != ObjectId(Heap::anyLoop))
    state.context.current = Current::Closed;
}

//===----------------------------------------------------------------------===//
// Runs and timers
//===----------------------------------------------------------------------===//

SetId Interpreter::applyRunLoop(const Effect &effect, const LibraryCall &call) {
  SetId loops = resolveLoop(effect.loop, call);
  ObjectId loop = loopOf(loops);
  Event &event = note(effect, call);
  event.loops = loops;
  event.open = state.loops.open;
  event.released = state.loops.released;
  if (effect.subject)
    result.instances[self.index()].events.back().subject =
        resolve(effect.subject, call);
  if (state.context.running == Running::Yes) {
    if (effect.reentry == Reentry::Raises)
      raiseHere();
    return SetId();
  }

  ExecutionContext inside = state.context;
  inside.running = Running::Yes;
  inside.runningLoop = loop;
  inside.current = Current::Set;
  inside.currentLoop = loop;
  inside.importing = false;
  if (effect.loop.kind == Reference::FreshLoop) {
    loopMade(loop);
    release(onlyLoop(loop));
  }
  loopRuns(loop);
  LoopHistory before = beginElsewhere();
  handedResult = runHere(effect, call, inside);
  endElsewhere(before, onlyLoop(loop), false);
  loopRan(loop);
  if (effect.exhausts)
    exhausted = atoms.join(exhausted, dutyFor(Duty::Restart, loops));
  if (effect.leavesNoCurrentLoop) {
    state.context.current = Current::Cleared;
    state.context.currentLoop = ObjectId();
  }
  return SetId();
}

/// Drives what the run is given, on the loop and before going on.
SetId Interpreter::runHere(const Effect &effect, const LibraryCall &call,
                           const ExecutionContext &inside) {
  State outside = state;
  state.armed.clear();
  state.context = inside;
  Edge edge{.at = call.at,
            .kind = EdgeKind::Drives,
            .confidence = call.confidence,
            .api = &call.api,
            .handled = handledHere(),
            .isGuarded = state.isGuarded};
  SetId value = atoms.emptySet();
  if (effect.subject)
    for (AtomId id : llvm::SmallVector<AtomId, 8>(
             atoms.members(resolve(effect.subject, call))))
      value = atoms.join(value, atoms[id].kind == AtomKind::Coroutine
                                    ? runCoroutine(id, inside, edge, true)
                                    : atoms.anything());
  if (call.body)
    value = runBody(call.body, call.self, call.arguments, edge);
  if (effect.callable) {
    CallArguments arguments = handedArguments(effect, call);
    SetId called = invokeAll(resolve(effect.callable, call), arguments, edge);
    for (AtomId id : atoms.members(called))
      value = atoms.join(value, atoms[id].kind == AtomKind::Coroutine
                                    ? runCoroutine(id, inside, edge, true)
                                    : atoms.only(id));
  }
  // Timers started inside that nothing waited for: their loop ends here.
  if (!effect.forever)
    for (const ArmedTimer &timer : state.armed)
      if (!timer.isServed && timer.loop == inside.runningLoop)
        result.instances[self.index()].idleTimers.push_back(timer);
  outside.loops = state.loops;
  state = std::move(outside);
  return value;
}

void Interpreter::loopRan(ObjectId loop) {
  outcome.runsLoop = true;
  ObjectId any(Heap::anyLoop);
  for (ArmedTimer &timer : state.armed)
    timer.isServed |= timer.loop == loop || timer.loop == any || loop == any;
}

/// Whether it is a thread of which nobody has seen any loop yet.
static bool isNewThread(const ExecutionContext &context) {
  return context.isWorker() && context.running == Running::No &&
         context.current == Current::Unset && !context.currentLoop;
}

void Interpreter::applyArms(const Effect &effect, const LibraryCall &call) {
  if (effect.servesArmed)
    return loopRan(ObjectId(Heap::anyLoop));
  note(effect, call);
  const ExecutionContext &context = state.context;
  if (context.running == Running::Unknown)
    return;
  SetId loops = resolveLoop(effect.loop, call);
  ObjectId loop = loopOf(loops);
  // Nothing but the loop that the thread has for itself.
  bool isThreadsOwn =
      isCppName(call.api.name) && isNewThread(context) &&
      loops == atoms.only({.kind = AtomKind::Object, .a = Heap::anyLoop});
  if (loop == ObjectId(Heap::anyLoop) && !isThreadsOwn)
    return;
  ArmedTimer timer{call.at, loop, &call.api};
  ArmedTimer *known = sameTimer(state.armed, timer);
  if (known == state.armed.end())
    state.armed.push_back(timer);
  else
    known->isServed = false;
}
