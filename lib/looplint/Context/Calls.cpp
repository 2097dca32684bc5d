//===- Calls.cpp - calls of the program's functions and classes -----------===//

#include "Interpreter.h"
#include "looplint/Program/Awaited.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// `perhaps.emplace()` of an optional guard: what is constructed somewhere may
/// change who has the interpreter's lock, and nobody knows for how long.
static bool mayChangeInterpreter(const Atoms &atoms,
                                 const CallArguments &arguments) {
  return llvm::any_of(arguments.keywords, [&](const auto &named) {
    return llvm::any_of(atoms.members(named.second), [&](AtomId id) {
      return atoms[id].kind == AtomKind::ApiType &&
             atoms.apiType(atoms[id]).constructor.find(EffectKind::Interpreter);
    });
  });
}

/// A default value is made once, where the function is defined.
static void keepDefault(Solver &solver, const FunctionFacts &facts,
                        FrameId frame, std::uint32_t index, SetId value) {
  if (facts.keepsResult(index))
    solver.write(solver.capturedCell(frame, facts.resultSlot(index)), value);
}

SetId Interpreter::call(std::uint32_t index) {
  const Operation &op = summary.operations[index];
  SetId callees = plausibleCallees(index, evaluate(op.value));
  CallArguments arguments = collectArguments(op);
  if (!state.held.empty())
    locks.noteCall(op, callees, arguments);
  if (state.context.interpreter == InterpreterLock::Held &&
      mayChangeInterpreter(atoms, arguments))
    state.context.interpreter = InterpreterLock::Unknown;
  Edge edge = edgeHere(EdgeKind::Call, callees);
  edge.throughParameter = comesThroughParameter(op.value);

  // Behind the call the context is what the callee has made of it.
  bool isOnLoop = state.context.running == Running::Yes;
  bool isBuiltin = false;
  SetId value = builtin(index, callees, isBuiltin);
  std::size_t firstEdge = result.instances[self.index()].edges.size();
  if (!isBuiltin)
    value = invokeAll(callees, arguments, edge);
  if (summary.language == Language::Cpp)
    endOwnLoop(op);
  if (callees == atoms.emptySet())
    letGo(arguments);
  if (isInitialiser(op.value))
    value = atoms.none();
  bool hasCalled = result.instances[self.index()].edges.size() > firstEdge;
  if (hasCalled && isAwaited(summary, function, index))
    doubtAwaited(index, firstEdge);
  if (hasCalled && isOnLoop)
    doubtDispatchers(index, firstEdge);
  // What only declares a signature is not what the name is bound to.
  if (op.isDecorator && declaresOverload(callees))
    return atoms.emptySet();
  const std::uint32_t site = edge.at.index();
  result.calls.set(site);
  if (isBuiltin || llvm::any_of(atoms.members(callees), [&](AtomId id) {
        return atoms[id].kind != AtomKind::Anything &&
               atoms[id].kind != AtomKind::External;
      }))
    result.resolvedCalls.set(site);

  noteShape(callees, value);
  keepDefault(solver, facts, frame, index, value);
  if (isOnLoop)
    noteTwins(index, callees);
  if (op.isDiscarded)
    noteLoss(Loss::Dropped, index, value);

  // A decorator that nothing is known of is taken to return what it decorates.
  if (op.isDecorator && !arguments.positional.empty() &&
      (atoms.mayBeAnything(value) || value == atoms.emptySet()) &&
      state.isReachable) {
    noteUnknownDecorator(callees, arguments.positional.front());
    return arguments.positional.front();
  }
  return value;
}

/// `@typing.overload`.
bool Interpreter::declaresOverload(SetId decorators) {
  return llvm::any_of(atoms.members(decorators), [&](AtomId id) {
    return atoms[id].kind == AtomKind::External &&
           llvm::is_contained(language::overload,
                              program.symbols[Symbol(atoms[id].a)]);
  });
}

/// What such a decorator makes of a coroutine function is anybody's guess,
/// unless it is the language's own.
void Interpreter::noteUnknownDecorator(SetId decorators, SetId decorated) {
  bool isOfLanguage = llvm::all_of(atoms.members(decorators), [&](AtomId id) {
    return atoms[id].kind == AtomKind::External &&
           program.symbols[Symbol(atoms[id].a)].starts_with("builtins.");
  });
  if (isOfLanguage)
    return;
  for (AtomId id : atoms.members(decorated))
    if (atoms[id].kind == AtomKind::Function)
      result.wrappedUnknown.insert(atoms[id].a);
}

/// What is awaited returns something to await. A plain function that
/// seems to return something else as well does not go that way here.
void Interpreter::doubtAwaited(std::uint32_t call, std::size_t firstEdge) {
  std::vector<Edge> &edges = result.instances[self.index()].edges;
  for (std::size_t i = firstEdge; i < edges.size(); ++i) {
    Edge &edge = edges[i];
    const Instance &callee = result.instances[edge.to.index()];
    FunctionKey key = result.frameOf(callee).function;
    if (edge.at != program.key(file, call) ||
        solver.facts(key).definition->isAsync)
      continue;
    bool returnsPlain =
        llvm::any_of(atoms.members(callee.outcome.value), [&](AtomId id) {
          AtomKind kind = atoms[id].kind;
          return kind == AtomKind::None || kind == AtomKind::Data ||
                 kind == AtomKind::True || kind == AtomKind::False ||
                 kind == AtomKind::String || kind == AtomKind::Integer;
        });
    if (returnsPlain)
      edge.confidence = Confidence::Possible;
  }
}

/// A plain function that returns a coroutine or the answer itself finds out
/// whether a loop runs, in whatever way. Where one does, it does not go the way
/// of the answer.
void Interpreter::doubtDispatchers(std::uint32_t call, std::size_t firstEdge) {
  std::vector<Edge> &edges = result.instances[self.index()].edges;
  for (std::size_t i = firstEdge; i < edges.size(); ++i) {
    const Instance &callee = result.instances[edges[i].to.index()];
    FunctionKey key = result.frameOf(callee).function;
    llvm::ArrayRef<AtomId> returned = atoms.members(callee.outcome.value);
    auto isCoroutine = [&](AtomId id) { return isCoroutineValue(id); };
    bool returnsEither = llvm::any_of(returned, isCoroutine) &&
                         !llvm::all_of(returned, isCoroutine);
    if (edges[i].at == program.key(file, call) && returnsEither &&
        !solver.facts(key).definition->isAsync)
      edges[i].confidence = Confidence::Possible;
  }
}

/// Of several callees, those that can be meant where the call is awaited: the
/// coroutine functions, if there are any.
SetId Interpreter::plausibleCallees(std::uint32_t index, SetId callees) {
  bool isChoice = atoms.members(callees).size() > 1;
  if (!isChoice || !isAwaited(summary, function, index))
    return callees;
  llvm::SmallVector<AtomId, 8> kept;
  bool hasCoroutineFunction = false;
  for (AtomId id : atoms.members(callees)) {
    std::optional<bool> isAsync = isCoroutineFunction(id);
    hasCoroutineFunction |= isAsync.value_or(false);
    if (isAsync.value_or(true))
      kept.push_back(id);
  }
  return hasCoroutineFunction ? atoms.set(kept) : callees;
}

/// Whether these are one method of what is declared to be of one library's type
/// or another's: which one it is, the program finds out somewhere.
static bool isOfUnion(const Atoms &atoms, const Heap &heap, SetId callees) {
  AtomId first;
  for (AtomId id : atoms.members(callees)) {
    const Atom &method = atoms[id];
    if (method.kind != AtomKind::ApiMethod ||
        atoms[AtomId(method.b)].kind != AtomKind::Object)
      continue;
    const Object &receiver = heap[ObjectId(atoms[AtomId(method.b)].a)];
    if (receiver.site || !receiver.type)
      continue;
    if (first && first != receiver.type)
      return true;
    first = receiver.type;
  }
  return false;
}

Edge Interpreter::edgeHere(EdgeKind kind, SetId callees) {
  Edge edge{.at = program.key(file, here), .kind = kind};
  bool isChoice =
      callees && llvm::count_if(atoms.members(callees), [&](AtomId id) {
                   return atoms[id].kind != AtomKind::None;
                 }) > 1;
  if (isChoice)
    edge.confidence = atoms.isFull(callees) || isOfUnion(atoms, heap, callees)
                          ? Confidence::Possible
                          : Confidence::Likely;
  edge.handled = handledHere();
  edge.isGuarded = state.isGuarded;
  edge.versionsBelow = state.versionsBelow;
  edge.ranBefore = state.loops.run;
  edge.open = state.loops.open;
  edge.released = state.loops.released;
  return edge;
}

/// Whether a decorator may have put one of the others, which it defines, in the
/// place of this function: while modules import each other in a circle, there
/// is a time when nothing is known of it.
static bool isHiddenByWrapper(Solver &solver, AtomId callee,
                              llvm::ArrayRef<AtomId> others) {
  const Atoms &atoms = solver.atoms;
  auto functionOf = [&](AtomId id) {
    return atoms[id].kind == AtomKind::Method ? atoms[AtomId(atoms[id].a)]
                                              : atoms[id];
  };
  const Atom own = functionOf(callee);
  if (others.size() < 2 || own.kind != AtomKind::Function ||
      !solver.result.wrappedUnknown.contains(own.a))
    return false;
  return llvm::any_of(others, [&](AtomId id) {
    const Atom other = functionOf(id);
    if (other.kind != AtomKind::Function || other.a == own.a)
      return false;
    const FunctionFacts &known = solver.facts(FunctionKey(other.a));
    FunctionKey outer =
        solver.program.key(known.file, known.definition->parent);
    return solver.facts(outer).definition->kind == FunctionKind::Plain;
  });
}

SetId Interpreter::invokeAll(SetId callees, const CallArguments &arguments,
                             Edge edge) {
  llvm::SmallVector<AtomId, 8> all(atoms.members(callees));
  if (all.empty())
    return atoms.emptySet();
  if (all.size() == 1)
    return invoke(all.front(), arguments, edge);

  // Each possible callee starts from the same state; what they leave is joined.
  SetId value = atoms.emptySet();
  State before = state;
  State after = state;
  after.isReachable = false;
  for (AtomId callee : all) {
    state = before;
    Edge each = edge;
    if (isHiddenByWrapper(solver, callee, all) ||
        solver.overridden.contains(callee.index()))
      each.confidence = Confidence::Possible;
    value = atoms.join(value, invoke(callee, arguments, each));
    joinInto(after, state);
  }
  state = std::move(after);
  // One of them is called, and which one the variable knew before.
  state.loops.open = without(state.loops.open, state.loops.released);
  return value;
}

SetId Interpreter::invoke(AtomId callee, const CallArguments &arguments,
                          Edge edge) {
  const Atom atom = atoms[callee];
  switch (atom.kind) {
  case AtomKind::Function:
    return callFunction(callee, AtomId(), arguments, edge);
  case AtomKind::Method:
    return callFunction(AtomId(atom.a), AtomId(atom.b), arguments, edge);
  case AtomKind::Class:
    return construct(callee, arguments, edge);
  case AtomKind::ApiFunction:
    return callByName(atoms.apiFunction(atom), arguments, edge);
  case AtomKind::ApiMethod:
    return callLibrary({atoms.apiFunction(atom), AtomId(atom.b), arguments,
                        edge.at, edge.confidence});
  case AtomKind::ApiType:
    return constructLibrary(atoms.apiType(atom), arguments, edge);
  case AtomKind::Partial:
    return invoke(AtomId(atom.a), concatenated(ArgumentsId(atom.b), arguments),
                  edge);
  case AtomKind::Object:
    return callObject(callee, arguments, edge);
  case AtomKind::None:
  case AtomKind::Coroutine:
    return atoms.emptySet();
  default:
    letGo(arguments);
    return atoms.anything();
  }
}

SetId Interpreter::callFunction(AtomId callee, AtomId receiver,
                                const CallArguments &arguments, Edge edge) {
  const Atom atom = atoms[callee];
  const Function &definition = *solver.facts(FunctionKey(atom.a)).definition;
  if (!definition.isAsync)
    return runFunction(callee, receiver, arguments, edge);

  // A coroutine of a loader that the program defines itself.
  if (const ApiFunction *load =
          solver.ownLoops.loaders().loadOf(FunctionKey(atom.a)))
    for (const Effect &effect : load->effects)
      note(effect, {*load, receiver, arguments, edge.at, edge.confidence});

  // Calling a coroutine function runs nothing yet.
  AtomId bound = callee;
  if (receiver)
    bound = atoms.atom({.kind = AtomKind::Method,
                        .depth = atoms[receiver].depth,
                        .a = callee.index(),
                        .b = receiver.index()});
  unsigned depth = atoms[bound].depth + 1U;
  CallArguments kept = arguments;
  for (SetId &value : kept.positional) {
    value = forKey(value);
    depth = std::max(depth, atoms.depthAbove(value));
  }
  for (auto &[name, value] : kept.keywords) {
    value = forKey(value);
    depth = std::max(depth, atoms.depthAbove(value));
  }
  if (depth > Atoms::deepestAtom)
    kept = {};
  return atoms.only(
      {.kind = AtomKind::Coroutine,
       .depth = static_cast<std::uint8_t>(std::min(depth, Atoms::deepestAtom)),
       .a = bound.index(),
       .b = atoms.arguments(kept).index()});
}

SetId Interpreter::runFunction(AtomId callee, AtomId receiver,
                               const CallArguments &arguments, Edge edge) {
  const ApiFunction *own =
      solver.ownLoops.effectsOf(FunctionKey(atoms[callee].a));
  bool isObject = receiver && atoms[receiver].kind == AtomKind::Object;
  if (own && (isObject || own->find(EffectKind::CurrentLoop)))
    return runLoopMethod(*own, callee, receiver, arguments, edge);
  return runBody(callee, receiver, arguments, edge);
}

SetId Interpreter::runBody(AtomId callee, AtomId receiver,
                           const CallArguments &arguments, Edge edge) {
  const Atom atom = atoms[callee];
  FrameId parent = atom.b == FrameId().raw() ? FrameId() : FrameId(atom.b);
  FunctionKey key(atom.a);
  FrameId target = calleeFrame(key, parent, receiver, arguments);
  ExecutionContext context = state.context;
  if (summary.language == Language::Python &&
      program.summary(solver.facts(key).file).language == Language::Cpp)
    context.interpreter = InterpreterLock::Held;
  Outcome done = solver.enter(self, target, solver.context(context), edge);
  // A generator has not even begun.
  bool isGenerator = solver.facts(key).definition->isGenerator;
  if (isGenerator) {
    done.held.clear();
    if (!done.returns)
      done.exit = solver.context(state.context);
    done.returns = true;
  }
  absorb(done);
  if (!isGenerator)
    return done.value;
  ObjectId generator =
      heap.object(solver.containerType(ValueKind::List), edge.at,
                  ArgumentsId(result.frames[target.index()].arguments.raw()));
  solver.write(heap.elements(generator), done.yielded);
  return atoms.only({.kind = AtomKind::Object, .a = generator.index()});
}
