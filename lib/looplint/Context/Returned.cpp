//===- Returned.cpp - what library calls return --------------------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// The loops as objects of a library's own loop type.
SetId Interpreter::wrappedLoops(SetId loops, const ApiType &type) {
  AtomId typeAtom =
      atoms.atom({.kind = AtomKind::ApiType, .a = atoms.index(&type)});
  ObjectId loop = heap.loopAs(typeAtom, loopOf(loops));
  return atoms.only({.kind = AtomKind::Object, .a = loop.index()});
}

/// Whether the call makes the task: a future that is passed is handed back.
bool Interpreter::startsTask(const LibraryCall &call) {
  const Effect *task = call.api.find(EffectKind::Task);
  if (!task || !holds(task->conditions, call))
    return false;
  const Effect *invokes = call.api.find(EffectKind::Invokes);
  if (!invokes)
    return true;
  return llvm::any_of(atoms.members(resolve(invokes->callable, call)),
                      [&](AtomId id) {
                        return atoms[id].kind == AtomKind::Coroutine ||
                               atoms[id].kind == AtomKind::Anything;
                      });
}

SetId Interpreter::returnedInstance(const LibraryCall &call,
                                    const Returned &returned) {
  const ApiType *type = models.type(models.canonical(returned.type));
  if (!type)
    return external(returned.type);
  if (type->isLoop && returned.loop)
    return wrappedLoops(resolveLoop(returned.loop, call), *type);
  AtomId typeAtom =
      atoms.atom({.kind = AtomKind::ApiType, .a = atoms.index(type)});
  // What the call was given tells such objects apart, as for a constructor.
  CallArguments kept = call.arguments;
  for (SetId &value : kept.positional)
    value = forKey(value);
  for (auto &[name, value] : kept.keywords)
    value = forKey(value);
  ObjectId object =
      heap.object(typeAtom, call.at,
                  type->stores.empty() ? ArgumentsId() : atoms.arguments(kept));
  heap[object].isLoop |= type->isLoop;
  for (const std::string &name : type->stores) {
    SetId value = parameterValue(name, call);
    if (value == atoms.emptySet() && call.self &&
        atoms[call.self].kind == AtomKind::Object)
      value = solver.read(heap.field(ObjectId(atoms[call.self].a),
                                     program.symbols.intern(name)),
                          self);
    if (value != atoms.emptySet())
      storeField(object, program.symbols.intern(name), value);
  }
  if (call.api.find(EffectKind::Task) ||
      solver.member(*type, solver.names.await).method)
    result.awaitables.insert(object.index());
  if (startsTask(call))
    result.tasks.insert(object.index());
  AtomId made = atoms.atom({.kind = AtomKind::Object, .a = object.index()});
  // A function that makes it in place of the type's constructor.
  const Effect *bound =
      call.self ? nullptr : call.api.find(EffectKind::LoopBound);
  if (bound && holds(bound->conditions, call) &&
      !bound->bindsAtConstruction(solver.options.versionIn(file))) {
    heap[object].isLoopBound = true;
    note(*bound, {call.api, made, call.arguments, call.at, call.confidence});
  }
  if (returned.loop) {
    storeField(object, solver.names.loop, resolveLoop(returned.loop, call));
    heap[object].isLoopBound = true;
    if (!llvm::is_contained(state.pending, made))
      state.pending.push_back(made);
  }
  return atoms.only(made);
}

/// The module that a text names; anything where the text is not known.
SetId Interpreter::namedModule(const LibraryCall &call,
                               const Returned &returned) {
  SetId all = atoms.emptySet();
  SetId names = parameterValue(returned.name, call);
  // Beside a text, what is unknown is what is left of it between functions.
  for (AtomId id : atoms.members(names))
    if (atoms[id].kind == AtomKind::String)
      all =
          atoms.join(all, moduleValue(program.symbols[Symbol(atoms[id].a)], 0));
  return all == atoms.emptySet() ? atoms.anything() : all;
}

SetId Interpreter::returnedBy(const LibraryCall &call,
                              const Returned &returned) {
  switch (returned.kind) {
  case Returned::Unknown:
    return atoms.anything();
  case Returned::Instance:
    return returnedInstance(call, returned);
  case Returned::TupleOf: {
    llvm::SmallVector<SetId, 4> members;
    for (const std::string &type : returned.types)
      members.push_back(
          type == anyType ? atoms.anything()
                          : returnedInstance(call, {.kind = Returned::Instance,
                                                    .type = type,
                                                    .loop = returned.loop}));
    return sequenceOf(members);
  }
  case Returned::FutureOf: {
    SetId begun = resolve(returned.reference, call);
    for (AtomId id : atoms.members(begun))
      if (atoms[id].kind == AtomKind::Function)
        result.futures.insert(atoms[id].a);
    return begun;
  }
  case Returned::SameCallable:
    if (const ApiType *type = models.type(returned.type))
      for (AtomId id : atoms.members(resolve(returned.reference, call)))
        if (atoms[id].kind == AtomKind::Function)
          solver.methodsOf[atoms[id].a] = type;
    [[fallthrough]];
  case Returned::Parameter:
  case Returned::Receiver:
  case Returned::ReceiverField: {
    SetId value = resolve(returned.reference, call);
    bool isLookedUp = llvm::StringRef(returned.reference.name).ends_with("}");
    return isLookedUp && value == atoms.emptySet() ? atoms.anything() : value;
  }
  case Returned::Loop:
    return resolveLoop(returned.loop, call);
  case Returned::ResultOf: {
    // What a `with` gives, whatever kind of manager it is.
    auto [manager, method] =
        llvm::StringRef(returned.reference.name).split('.');
    Symbol entered = program.symbols.find(method);
    bool isAsync = entered == solver.names.asyncEnter;
    if (entered && (isAsync || entered == solver.names.enter)) {
      // Who leaves it, gives back what it has taken.
      Holds before = state.held;
      SetId given =
          callProtocol(parameterValue(manager.str(), call), entered, isAsync);
      state.held = std::move(before);
      return given;
    }
    [[fallthrough]];
  }
  case Returned::AwaitedOf:
  case Returned::CallOf:
    return handedResult ? handedResult : atoms.anything();
  case Returned::ResultsOf: {
    ObjectId list = heap.object(solver.containerType(ValueKind::List), call.at,
                                ArgumentsId());
    if (handedResult)
      solver.write(heap.elements(list), handedResult);
    return atoms.only({.kind = AtomKind::Object, .a = list.index()});
  }
  case Returned::Number:
    return atoms.only({.kind = AtomKind::Integer, .a = returned.number});
  case Returned::CurrentThread:
    return atoms.only({.kind = AtomKind::CurrentThread});
  case Returned::MainThread:
    return atoms.only({.kind = AtomKind::MainThread});
  case Returned::Partial: {
    CallArguments rest = call.arguments;
    if (!rest.positional.empty())
      rest.positional.erase(rest.positional.begin());
    return partialOf(resolve(returned.reference, call), rest);
  }
  case Returned::Element: {
    SetId held = element(resolve(returned.reference, call), noPosition);
    return held == atoms.emptySet() ? atoms.anything() : held;
  }
  case Returned::PairsOf: {
    SetId held = element(resolve(returned.reference, call), noPosition);
    ObjectId list = heap.object(solver.containerType(ValueKind::List), call.at,
                                ArgumentsId());
    solver.write(heap.elements(list), sequenceOf({held, held}));
    return atoms.only({.kind = AtomKind::Object, .a = list.index()});
  }
  case Returned::PropertyOf:
    return resolve(returned.reference, call);
  case Returned::ModuleNamed:
    return namedModule(call, returned);
  case Returned::Never:
    mayRaise();
    unreachable();
    return atoms.emptySet();
  }
  return atoms.anything();
}
