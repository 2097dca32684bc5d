//===- Objects.cpp - making and calling objects, and their protocols ------===//

#include "Generators.h"
#include "Interpreter.h"
#include "Shown.h"
#include "looplint/Program/Language.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// The attribute of a class that the call, here, initialises its object by.
Symbol Interpreter::initialiserHere() const {
  const Operation &op = summary.operations[here];
  bool isNamed = op.kind == OperationKind::Call && op.name;
  return isNamed ? symbolOf(op.name) : solver.names.init;
}

/// `super().__init__`: whatever it makes of the object, it returns nothing.
bool Interpreter::isInitialiser(ValueId callee) const {
  const Value &value = summary.value(callee);
  return value.kind == ValueKind::Attribute &&
         symbolOf(StringId(value.b)) == solver.names.init;
}

/// Whether one of the arguments is a certain function: what it makes is told
/// from what other functions make.
bool Interpreter::namesCallable(const CallArguments &arguments) {
  auto isCallable = [&](SetId argument) {
    llvm::ArrayRef<AtomId> members = atoms.members(argument);
    return members.size() == 1 &&
           (atoms[members[0]].kind == AtomKind::Function ||
            atoms[members[0]].kind == AtomKind::Method ||
            atoms[members[0]].kind == AtomKind::Partial);
  };
  return llvm::any_of(arguments.positional, isCallable) ||
         llvm::any_of(arguments.keywords, [&](const auto &named) {
           return isCallable(named.second);
         });
}

SetId Interpreter::construct(AtomId classAtom, const CallArguments &arguments,
                             Edge edge) {
  CallArguments kept = arguments;
  for (SetId &value : kept.positional)
    value = forKey(value);
  for (auto &[name, value] : kept.keywords)
    value = forKey(value);
  ObjectId object = heap.object(classAtom, edge.at, atoms.arguments(kept));
  const ApiType *base = libraryBase(classAtom);
  heap[object].isLoop |= solver.ownLoops.isLoop(ClassKey(atoms[classAtom].a)) ||
                         (base && base->isLoop);
  AtomId made = atoms.atom({.kind = AtomKind::Object, .a = object.index()});
  if (const ApiFunction *loader =
          solver.ownLoops.loaders().makingOf(ClassKey(atoms[classAtom].a)))
    note(loader->effects.front(),
         {*loader, made, arguments, edge.at, edge.confidence});
  SetId initialisers = inClass(classAtom, made, initialiserHere(), false);
  if (initialisers == atoms.emptySet())
    initialisers = Shown(*this).initialisers(classAtom, made);
  initialisers = atoms.join(initialisers, Shown(*this).factories(classAtom));
  if (initialisers != atoms.emptySet()) {
    invokeAll(initialisers, arguments, edge);
    return atoms.only(made);
  }
  if (base) {
    storeConstructorArguments(*base, object, arguments);
    applyLibrary(
        {base->constructor, made, arguments, edge.at, edge.confidence});
    return atoms.only(made);
  }
  for (auto [name, value] : arguments.keywords)
    storeField(object, name, value);
  // What the class does with its fields then may be to test or replace them.
  SetId last =
      inClass(classAtom, made, program.symbols.intern("__post_init__"), false);
  if (last == atoms.emptySet())
    storeFields(classAtom, object, arguments);
  return atoms.only(made);
}

/// A class that declares its fields and has no initialiser is given one by a
/// decorator, with the fields as parameters (`@dataclass`): those of its bases
/// first. Of a base that is not known nobody can say how many it has.
void Interpreter::storeFields(AtomId classAtom, ObjectId object,
                              const CallArguments &given) {
  if (given.positional.empty())
    return;
  bool isTuple = false;
  llvm::SmallVector<Symbol, 8> fields;
  llvm::SmallVector<AtomId, 4> order(linearise(classAtom));
  for (AtomId id : llvm::reverse(order)) {
    if (atoms[id].kind != AtomKind::Class || !knowsBases(id, isTuple))
      return;
    addDeclared(ClassKey(atoms[id].a), fields);
  }
  for (std::size_t i = 0; i < given.positional.size() && i < fields.size();
       ++i) {
    storeField(object, fields[i], given.positional[i]);
    if (isTuple)
      solver.write(heap.elements(object), given.positional[i]);
  }
}

/// Whether each base is a class of the program, or one that adds no fields.
bool Interpreter::knowsBases(AtomId classAtom, bool &isTuple) {
  auto bases = solver.bases.find(atoms[classAtom].a);
  if (bases == solver.bases.end())
    return true;
  for (SetId base : bases->second)
    for (AtomId id : atoms.members(base)) {
      if (atoms[id].kind == AtomKind::Class)
        continue;
      if (atoms[id].kind != AtomKind::External)
        return false;
      llvm::StringRef name = program.symbols[Symbol(atoms[id].a)];
      isTuple |= name == language::tupleBase;
      if (!name.starts_with(language::annotationPrefix) &&
          !llvm::is_contained(language::plainBases, name))
        return false;
    }
  return true;
}

/// Adds what the body of the class declares to its \p fields.
void Interpreter::addDeclared(ClassKey key,
                              llvm::SmallVectorImpl<Symbol> &fields) {
  const Summary &where = program.summary(program.fileOf(key));
  const Function &body = where.function(program.classOf(key).body);
  for (std::uint32_t i = body.operations.begin; i < body.operations.end; ++i) {
    const Operation &op = where.operations[i];
    if (op.kind != OperationKind::Annotate || op.target || op.scope)
      continue;
    Symbol name = program.symbols.intern(
        where.string(where.variablesOf(body)[op.variable].name));
    if (!llvm::is_contained(fields, name))
      fields.push_back(name);
  }
}

SetId Interpreter::callObject(AtomId callee, const CallArguments &arguments,
                              Edge edge) {
  AtomId type = heap[ObjectId(atoms[callee].a)].type;
  if (!type)
    return atoms.anything();
  if (atoms[type].kind == AtomKind::Class) {
    SetId found = inClass(type, callee, solver.names.call, false);
    // An object in that place is called in turn, and may be this one.
    bool isObject = llvm::any_of(atoms.members(found), [&](AtomId id) {
      return atoms[id].kind == AtomKind::Object;
    });
    if (isObject)
      return atoms.anything();
    if (found != atoms.emptySet())
      return invokeAll(found, arguments, edge);
  }
  const ApiType *library = libraryBase(type);
  if (!library)
    return atoms.anything();
  const ApiFunction *method = solver.member(*library, solver.names.call).method;
  return method ? callLibrary(
                      {*method, callee, arguments, edge.at, edge.confidence})
                : atoms.anything();
}

/// Built-in functions that look at a value or its type.
SetId Interpreter::builtin(std::uint32_t index, SetId, bool &isBuiltin) {
  const Operation &op = summary.operations[index];
  const Value &callee = summary.value(op.value);
  if (callee.kind != ValueKind::Unbound)
    return atoms.emptySet();
  Symbol name = symbolOf(StringId(callee.a));
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(op);
  isBuiltin = true;
  if (name == solver.names.getattr && arguments.size() >= 2) {
    SetId found = atoms.emptySet();
    for (AtomId id : atoms.members(evaluate(arguments[1].value)))
      found = atoms.join(found, atoms[id].kind == AtomKind::String
                                    ? attribute(evaluate(arguments[0].value),
                                                Symbol(atoms[id].a))
                                    : atoms.anything());
    if (arguments.size() == 3)
      found = atoms.join(found, evaluate(arguments[2].value));
    return found;
  }
  if (name == solver.names.isinstance && arguments.size() == 2) {
    SetId types = evaluate(arguments[1].value);
    bool yes = false;
    bool no = false;
    for (AtomId id : atoms.members(evaluate(arguments[0].value))) {
      Truth answer = isInstance(id, types);
      yes |= answer != Truth::No;
      no |= answer != Truth::Yes;
    }
    return yes != no ? atoms.boolean(yes) : atoms.data();
  }
  if (name == solver.names.callable && arguments.size() == 1) {
    Truth answer =
        testTruth(TestSubject::Callable, evaluate(arguments[0].value));
    return answer == Truth::Unknown ? atoms.data()
                                    : atoms.boolean(answer == Truth::Yes);
  }
  if (name == solver.names.boolean && arguments.size() == 1) {
    SetId held = evaluate(arguments[0].value);
    Truth answer = truthOf(settled(arguments[0].value, held));
    bool isTest = llvm::all_of(atoms.members(held), [&](AtomId id) {
      return atoms[id].kind == AtomKind::TestResult;
    });
    if (answer == Truth::Unknown)
      return isTest ? held : atoms.data();
    return atoms.boolean(answer == Truth::Yes);
  }
  isBuiltin = false;
  return atoms.emptySet();
}

/// Calls a method that the language asks for by its name (`__enter__`), where
/// the receiver's class has one. Entering something without one gives itself.
SetId Interpreter::callProtocol(SetId receivers, Symbol name, bool isAwaited) {
  SetId all = atoms.emptySet();
  bool isEnter = name == solver.names.enter || name == solver.names.asyncEnter;
  for (AtomId id : atoms.members(receivers)) {
    const Atom atom = atoms[id];
    Edge edge = edgeHere(EdgeKind::Call, SetId());
    if (atom.kind == AtomKind::Coroutine) {
      bool isFirst =
          name == solver.names.asyncEnter || name == solver.names.asyncNext;
      if (isFirst)
        all = atoms.join(all, runCoroutine(id, state.context, edge, true));
      continue;
    }
    if (atom.kind != AtomKind::Object || !heap[ObjectId(atom.a)].type) {
      if (isEnter)
        all = atoms.join(all, atom.kind == AtomKind::Object ? atoms.only(id)
                                                            : atoms.anything());
      continue;
    }
    AtomId type = heap[ObjectId(atom.a)].type;
    SetId methods = atoms[type].kind == AtomKind::Class
                        ? inClass(type, id, name, false)
                        : atoms.emptySet();
    const ApiType *library = libraryBase(type);
    SetId value = atoms.emptySet();
    if (methods != atoms.emptySet()) {
      value = invokeAll(methods, CallArguments(), edge);
    } else if (const ApiFunction *method =
                   library ? solver.member(*library, name).method : nullptr) {
      value =
          callLibrary({*method, id, CallArguments(), edge.at, edge.confidence});
    } else if (isEnter) {
      SetId held = solver.read(heap.elements(ObjectId(atom.a)), self);
      all = atoms.join(all, held != atoms.emptySet() ? held : atoms.only(id));
      continue;
    }
    all = atoms.join(all, isAwaited ? awaitAll(value, edge) : value);
  }
  return all;
}

//===----------------------------------------------------------------------===//
// Await and import
//===----------------------------------------------------------------------===//

/// Whatever is awaited suspends the coroutine, unless it is a coroutine of the
/// program that never does, or something that is always there.
SetId Interpreter::await(const Operation &op) {
  Holds before = state.held;
  SetId awaited = evaluate(op.value);
  isSuspended = awaited == atoms.emptySet();
  SetId value = awaitAll(awaited, edgeOfAwait(op));
  if (std::exchange(isSuspended, false))
    locks.noteSuspension(before);
  return value;
}

SetId Interpreter::awaitAll(SetId values, Edge edge) {
  SetId all = atoms.emptySet();
  edge.kind = EdgeKind::Awaits;
  for (AtomId id : atoms.members(values))
    all = atoms.join(all, awaitOne(id, edge));
  return all;
}

/// Whether awaiting an object of the library's type suspends nothing.
static bool isReady(const Atoms &atoms, const ModelSet &models, AtomId type,
                    llvm::StringRef protocol) {
  if (atoms[type].kind != AtomKind::ApiType)
    return false;
  const ApiFunction *awaited =
      models.method(atoms.apiType(atoms[type]).name, protocol);
  return awaited && awaited->isReady;
}

SetId Interpreter::awaitOne(AtomId value, Edge edge) {
  const Atom atom = atoms[value];
  if (atom.kind == AtomKind::Coroutine)
    return runCoroutine(value, state.context, edge, true);
  AtomId type =
      atom.kind == AtomKind::Object ? heap[ObjectId(atom.a)].type : AtomId();
  isSuspended |= !type || !isReady(atoms, models, type,
                                   program.symbols[solver.names.await]);
  if (!type)
    return atoms.anything();
  SetId given = callProtocol(atoms.only(value), solver.names.await, false);
  bool isOfLibrary = atoms[type].kind == AtomKind::ApiType;
  if (isOfLibrary && isCppName(atoms.apiType(atoms[type]).name))
    return given != atoms.emptySet() ? given : atoms.anything();
  // What Python calls to wait for something gives an iterator; of a library's
  // object the model tells what that ends with.
  SetId awaited = atoms.emptySet();
  for (AtomId id : atoms.members(given))
    if (isOfLibrary && isCoroutineValue(id))
      awaited =
          atoms.join(awaited, runCoroutine(id, state.context, edge, true));
  return awaited != atoms.emptySet() ? awaited : atoms.anything();
}

/// Whether the loop that calls it is the one that its result comes from.
static bool keepsItsLoop(const ApiFunction &called) {
  return llvm::any_of(called.effects, [](const Effect &effect) {
    return effect.kind == EffectKind::Keeps &&
           effect.loop.kind == Reference::RunningLoop;
  });
}

/// Whether calling an object calls what stands in its fields.
static bool callsWhatItHolds(Solver &solver, const ApiType &type) {
  const ApiFunction *called = solver.member(type, solver.names.call).method;
  const Effect *invokes = called ? called->find(EffectKind::Invokes) : nullptr;
  return invokes && invokes->callable.kind == Reference::ReceiverField;
}

SetId Interpreter::constructLibrary(const ApiType &type,
                                    const CallArguments &arguments, Edge edge) {
  // A smart pointer is what it points to, if anything.
  if (type.constructor.returned.kind == Returned::Parameter) {
    SetId value = applyLibrary(
        {type.constructor, AtomId(), arguments, edge.at, edge.confidence});
    return value == atoms.emptySet() ? atoms.none() : value;
  }
  AtomId typeAtom =
      atoms.atom({.kind = AtomKind::ApiType, .a = atoms.index(&type)});
  CallArguments kept = arguments;
  for (SetId &value : kept.positional)
    value = forKey(value);
  for (auto &[name, value] : kept.keywords)
    value = forKey(value);
  // Which thread, which lock, which loop: that is what is asked of these.
  bool isTold = (type.isLoop && isCppName(type.name)) ||
                type.constructor.find(EffectKind::Invokes) ||
                type.constructor.find(EffectKind::Locks) ||
                namesCallable(kept) || callsWhatItHolds(solver, type);
  ObjectId object = heap.object(
      typeAtom, edge.at,
      type.stores.empty() ? ArgumentsId() : atoms.arguments(kept), isTold);
  heap[object].isLoop |= type.isLoop;
  // A new one has not come to its end. Who owns it ends it.
  if (type.isLoop && isCppName(type.name)) {
    release(onlyLoop(heap.duty(Duty::Restart, object)));
    if (!type.constructor.find(EffectKind::NewLoop))
      loopBegins(object);
  }
  AtomId made = atoms.atom({.kind = AtomKind::Object, .a = object.index()});
  storeConstructorArguments(type, object, arguments);
  // A container goes through what it is made of at once.
  if (!type.constructor.find(EffectKind::Keeps))
    Generators(*this).leave(arguments);
  if (const ApiFunction *called =
          models.method(type.name, program.symbols[solver.names.call]);
      called && keepsItsLoop(*called)) {
    llvm::erase(state.finished, made);
    if (!llvm::is_contained(state.pending, made))
      state.pending.push_back(made);
  }
  // A context manager ends what it is given, and a coat around a loop has it.
  if (state.loops.open != atoms.emptySet() &&
      (type.isLoop ||
       models.method(type.name, program.symbols[solver.names.exit])))
    letGo(arguments);
  applyLibrary({type.constructor, made, arguments, edge.at, edge.confidence});
  return atoms.only(made);
}

void Interpreter::storeConstructorArguments(const ApiType &type,
                                            ObjectId object,
                                            const CallArguments &arguments) {
  LibraryCall call{type.constructor, AtomId(), arguments,
                   program.key(file, here), Confidence::Definite};
  for (const std::string &name : type.stores) {
    SetId value = parameterValue(name, call);
    if (value != atoms.emptySet())
      storeField(object, program.symbols.intern(name), value);
  }
}
