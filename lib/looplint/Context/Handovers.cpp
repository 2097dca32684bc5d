//===- Handovers.cpp - callables and coroutines given away ----------------===//

#include "Generators.h"
#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// `assertRaises(RuntimeError, function)` expects what it calls to raise, as
/// the context manager that it otherwise returns does.
bool Interpreter::expectsException(const LibraryCall &call) {
  if (call.api.returned.kind != Returned::Instance)
    return false;
  const ApiType *type = models.type(call.api.returned.type);
  return type && type->suppressesAll;
}

/// A manager that is left later mostly finds done what it waits for, as `with
/// Pool() as pool: await run(pool)` does.
static void doubtWaits(Instance &instance, std::size_t firstEvent) {
  for (std::size_t i = firstEvent; i < instance.events.size(); ++i)
    if (instance.events[i].effect->kind == EffectKind::Blocks)
      instance.events[i].confidence = Confidence::Possible;
}

SetId Interpreter::applyInvokes(const Effect &effect, const LibraryCall &call) {
  Instance &own = result.instances[self.index()];
  std::size_t firstEvent = own.events.size();
  if (!expectsException(call)) {
    SetId value = handOverAll(effect, call);
    if (effect.later && effect.callable.kind == Reference::ParameterField)
      doubtWaits(own, firstEvent);
    return value;
  }
  Bracket &expectation = brackets.emplace_back();
  expectation.kind = OperationKind::With;
  expectation.handled = Handled::Expected;
  expectation.manager = atoms.emptySet();
  expectation.raised.isReachable = false;
  expectation.withoutLoop.isReachable = false;
  handOverAll(effect, call);
  endWith();
  return SetId();
}

/// Where the code runs that a library runs at \p place.
ExecutionContext Interpreter::contextAt(const Effect &effect,
                                        const LibraryCall &call, Place place) {
  ExecutionContext context;
  context.sharesLoops = state.context.sharesLoops;
  context.running = Running::No;
  context.current = Current::Unset;
  switch (place) {
  case Place::Unspecified:
  case Place::Same:
    return state.context;
  case Place::Worker:
    context.thread = ThreadKind::Worker;
    if (effect.initializer)
      prepareWorker(context, effect, call);
    return context;
  case Place::Loop: {
    Reference running;
    running.kind = Reference::RunningLoop;
    SetId loops = resolveLoop(effect.loop ? effect.loop : running, call);
    ObjectId loop = loopOf(loops);
    if (isPool(loops)) {
      context.thread = ThreadKind::Worker;
      // None runs, but it tells whose thread this is.
      context.currentLoop = loop;
      return context;
    }
    context.thread = ThreadKind::LoopThread;
    bool isThisOne = state.context.running == Running::Yes &&
                     state.context.runningLoop == loop &&
                     loop != ObjectId(Heap::anyLoop);
    if (isThisOne || loop == ObjectId(Heap::mainLoop))
      context.thread = isThisOne ? state.context.thread : ThreadKind::Main;
    context.running = Running::Yes;
    context.runningLoop = loop;
    context.current = Current::Set;
    context.currentLoop = loop;
    return context;
  }
  case Place::Main:
    context.thread = ThreadKind::Main;
    context.current = Current::Unknown;
    // A toolkit that a loop's code sets up is turned by that code, or by the
    // loop.
    if (state.context.running == Running::Yes && !state.context.isWorker())
      context.running = Running::Unknown;
    if (effect.loop) {
      context.current = Current::Set;
      context.currentLoop = ObjectId(Heap::anyLoop);
    }
    return context;
  case Place::Program:
  case Place::Process:
    context.thread =
        place == Place::Program ? ThreadKind::Main : ThreadKind::Process;
    return context;
  case Place::Import:
    context = state.context;
    context.importing = true;
    return context;
  case Place::Signal:
    context.running = Running::Unknown;
    context.current = Current::Unknown;
    // Registered by a loop's code, it is called while that loop runs.
    if (state.context.running == Running::Yes && state.context.isOnMain())
      context = state.context;
    context.thread = ThreadKind::Signal;
    return context;
  case Place::AtExit:
    context.thread = ThreadKind::AtExit;
    context.current = Current::Unknown;
    return context;
  case Place::Anywhere:
    return ExecutionContext();
  case Place::Finalizer:
    context.thread = ThreadKind::Finalizer;
    context.running = Running::Unknown;
    context.current = Current::Unknown;
    return context;
  case Place::FreshLoop:
  case Place::WorkerFreshLoop: {
    ObjectId loop = freshLoop(call.at);
    context.thread =
        place == Place::FreshLoop ? state.context.thread : ThreadKind::Worker;
    context.running = Running::Yes;
    context.runningLoop = loop;
    context.current = Current::Set;
    context.currentLoop = loop;
    return context;
  }
  }
  return context;
}

/// Runs a pool's initializer, and goes on with the loop that it leaves.
void Interpreter::prepareWorker(ExecutionContext &context, const Effect &effect,
                                const LibraryCall &call) {
  SetId initializers = resolve(effect.initializer, call);
  if (initializers == atoms.emptySet() || initializers == atoms.none())
    return;
  State outside = state;
  state.context = context;
  Edge edge{.at = placeOf(effect, call),
            .kind = EdgeKind::Schedules,
            .api = &call.api};
  invokeAll(initializers, CallArguments(), edge);
  if (state.isReachable)
    context = state.context;
  state = std::move(outside);
}

/// Whether what stands here is a call of that function, and not one of
/// something else that calls it in turn: a partial application that is handed
/// over.
bool Interpreter::isCalledHere(const ApiFunction &api) {
  return llvm::any_of(atoms.members(evaluate(summary.operations[here].value)),
                      [&](AtomId id) {
                        const Atom &atom = atoms[id];
                        switch (atom.kind) {
                        case AtomKind::ApiFunction:
                        case AtomKind::ApiMethod:
                          return &atoms.apiFunction(atom) == &api;
                        case AtomKind::ApiType:
                          return &atoms.apiType(atom).constructor == &api;
                        default:
                          return false;
                        }
                      });
}

/// Whether the argument is written as a call at the hand-over itself.
bool Interpreter::isWrittenAsCall(const Reference &reference,
                                  const LibraryCall &call) {
  const Operation &op = summary.operations[here];
  if (reference.kind != Reference::Parameter ||
      op.kind != OperationKind::Call || call.at != program.key(file, here) ||
      !isCalledHere(call.api))
    return false;
  std::size_t position = 0;
  for (const ModelParameter &parameter : call.api.parameters) {
    if (parameter.name == reference.name)
      break;
    position += !parameter.keywordOnly;
  }
  std::size_t seen = 0;
  for (const Argument &argument : summary.argumentsOf(op)) {
    bool isNamed = argument.kind == Argument::Keyword &&
                   summary.string(argument.name) == reference.name;
    bool isPlaced = argument.kind == Argument::Positional && seen++ == position;
    if (isNamed || isPlaced)
      return summary.value(argument.value).kind == ValueKind::Result;
  }
  return false;
}

/// The place of a hand-over: the call, or where a callable kept in a field of
/// the receiver was given to its constructor.
OperationKey Interpreter::placeOf(const Effect &effect,
                                  const LibraryCall &call) {
  bool isKept = effect.callable.kind == Reference::ReceiverField && call.self &&
                atoms[call.self].kind == AtomKind::Object;
  if (!isKept)
    return call.at;
  const Object &object = heap[ObjectId(atoms[call.self].a)];
  bool isStored =
      object.site &&
      heap.existingField(ObjectId(atoms[call.self].a),
                         program.symbols.intern(effect.callable.name));
  return isStored ? object.site : call.at;
}

bool Interpreter::isCoroutineValue(AtomId atom) {
  return atoms[atom].kind == AtomKind::Coroutine;
}

/// Gives one callable or coroutine to the library.
SetId Interpreter::handOver(AtomId callable, const Effect &effect,
                            const LibraryCall &call,
                            const CallArguments &handed) {
  const Atom atom = atoms[callable];
  if (atom.kind == AtomKind::None)
    return atoms.emptySet();
  std::optional<bool> isAsync = isCoroutineFunction(callable);
  bool isDriven = (isAsync && *isAsync) || isAsyncGenerator(callable);
  bool isPinned = pin(callable, effect);
  Place place = effect.syncOn != Place::Unspecified && !isPinned && !isDriven &&
                        !isCoroutineValue(callable)
                    ? effect.syncOn
                    : effect.on;
  Handover given{.effect = &effect,
                 .api = &call.api,
                 .at = placeOf(effect, call),
                 .context = solver.context(state.context),
                 .value = callable,
                 .place = place,
                 .confidence = call.confidence,
                 .isCallResult = isWrittenAsCall(effect.callable, call),
                 .handled = handledHere()};
  if (place == Place::Worker || place == Place::Process)
    Generators(*this).leave(handed);
  // A method of the user's class that overrides the library's own.
  bool isOverride = effect.callable.kind == Reference::ReceiverField &&
                    atom.kind == AtomKind::Method && given.at == call.at;
  if (isOverride && atoms[AtomId(atom.a)].kind == AtomKind::Function)
    given.hook = FunctionKey(atoms[AtomId(atom.a)].a);
  // A coroutine of C++ that begins when it is called needs nobody to await it.
  bool begins =
      isDriven && effect.accepts == Accepts::Sync && mayHaveStarted(callable);
  if (!begins)
    result.instances[self.index()].handovers.push_back(given);
  // Who calls it is a part of the program, and found there.
  if (effect.on == Place::Unspecified)
    return atoms.emptySet();

  bool isNow = place == Place::Same || place == Place::Unspecified
                   ? !effect.later
                   : false;
  Edge edge{.at = call.at,
            .kind = isNow ? EdgeKind::Invokes : EdgeKind::Schedules,
            .confidence = call.confidence,
            .api = &call.api};
  edge.handled = isNow ? handledHere() : Handled::No;
  edge.isGuarded = isNow && state.isGuarded;
  edge.isTest = effect.isTest;
  edge.throughParameter = isGivenThroughParameter(effect.callable, call);
  if (effect.later && (place == Place::Same || place == Place::AtExit))
    letGoLater(callable, handed);
  ExecutionContext context = contextAt(effect, call, place);
  context.interpreter =
      locks.interpreterFor(callable, effect, call, context.interpreter);
  callable = onItsObject(callable);
  CallArguments arguments = withGiven(effect, callable, handed);
  if (effect.receiver && isUnboundMethod(callable))
    arguments.positional.insert(arguments.positional.begin(),
                                resolve(effect.receiver, call));
  if (effect.accepts == Accepts::CoroutineObject) {
    if (!isCoroutineValue(callable))
      return atoms.anything();
    return runCoroutine(callable, context, edge, isNow);
  }
  if (isCoroutineValue(callable) || atom.kind == AtomKind::Data)
    return atoms.emptySet();
  if (isAsync && !isDriven && effect.accepts != Accepts::Sync)
    examine(callable);
  if (!isDriven || effect.accepts == Accepts::Any)
    return runAt(callable, context, isNow, arguments, edge, effect.repeated);
  if (effect.accepts == Accepts::Sync)
    return atoms.emptySet();
  SetId made = invoke(callable, arguments, edge);
  SetId value = atoms.emptySet();
  for (AtomId id : atoms.members(made))
    if (isCoroutineValue(id))
      value = atoms.join(value, runCoroutine(id, context, edge, isNow));
  return value;
}

bool Interpreter::isGivenThroughParameter(const Reference &reference,
                                          const LibraryCall &call) {
  const Operation &op = summary.operations[here];
  if (op.kind != OperationKind::Call || call.at != program.key(file, here))
    return false;
  if (reference.kind == Reference::ReceiverField)
    return true;
  return llvm::any_of(summary.argumentsOf(op), [&](const Argument &argument) {
    return comesThroughParameter(argument.value);
  });
}

/// Runs a plain callable in \p context, now or later.
SetId Interpreter::runAt(AtomId callable, const ExecutionContext &context,
                         bool isNow, const CallArguments &arguments, Edge edge,
                         bool isRepeated) {
  if (isNow && context == state.context)
    return invoke(callable, arguments, edge);
  // Elsewhere: what it does to its own thread's loop is none of ours.
  LoopHistory before = beginElsewhere();
  State outside = state;
  std::vector<Bracket> outsideBrackets = std::move(brackets);
  Outcome outsideOutcome = outcome;
  brackets.clear();
  state.context = context;
  state.armed.clear();
  state.held.clear();
  SetId value = invoke(callable, arguments, edge);
  outside.loops = state.loops;
  state = std::move(outside);
  SetId around = state.context.running == Running::Yes
                     ? onlyLoop(state.context.runningLoop)
                     : atoms.emptySet();
  brackets = std::move(outsideBrackets);
  outcome = std::move(outsideOutcome);
  // Of a program's commands one process runs one.
  if (!isNow && !isRepeated && context.thread == ThreadKind::Main)
    state.loops.made = state.loops.run = atoms.emptySet();
  endElsewhere(before, around, isRepeated);
  return value;
}

/// Runs a coroutine object in \p context.
SetId Interpreter::runCoroutine(AtomId coroutine,
                                const ExecutionContext &context, Edge edge,
                                bool isNow) {
  const Atom atom = atoms[coroutine];
  AtomId callee(atom.a);
  const CallArguments arguments = atoms[ArgumentsId(atom.b)];
  AtomId receiver;
  if (atoms[callee].kind == AtomKind::Method) {
    receiver = AtomId(atoms[callee].b);
    callee = AtomId(atoms[callee].a);
  }
  const Atom function = atoms[callee];
  bool isOwnContext = context == state.context;
  if (function.kind == AtomKind::Function) {
    FrameId parent =
        function.b == FrameId().raw() ? FrameId() : FrameId(function.b);
    FrameId target =
        calleeFrame(FunctionKey(function.a), parent, receiver, arguments);
    if (!isNow) {
      solver.schedule(self, target, solver.context(context), edge);
      return atoms.anything();
    }
    Outcome done = solver.enter(self, target, solver.context(context), edge);
    isSuspended |= done.suspends;
    if (solver.facts(FunctionKey(function.a)).definition->isGenerator)
      done.held.clear();
    if (isOwnContext)
      absorb(done);
    return done.yielded != atoms.emptySet() ? done.yielded : done.value;
  }
  isSuspended |= isNow;
  bool isLibrary = function.kind == AtomKind::ApiFunction ||
                   function.kind == AtomKind::ApiMethod;
  if (!isLibrary)
    return atoms.anything();
  LibraryCall call{atoms.apiFunction(function),
                   function.kind == AtomKind::ApiMethod ? AtomId(function.b)
                                                        : AtomId(),
                   arguments, edge.at, edge.confidence};
  if (isOwnContext && isNow)
    return applyLibrary(call);
  State outside = state;
  state.context = context;
  SetId value = applyLibrary(call);
  state = std::move(outside);
  return value;
}
