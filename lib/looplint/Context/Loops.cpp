//===- Loops.cpp - which loop is spoken of, and who hands it out ---------===//

#include "Interpreter.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// The loop in the set, or "some loop" where there are several or none known.
ObjectId Interpreter::loopOf(SetId loops) {
  ObjectId only;
  for (AtomId id : atoms.members(loopsBehind(loops))) {
    if (atoms[id].kind != AtomKind::Object)
      continue;
    ObjectId object(atoms[id].a);
    if (only && only != object)
      return ObjectId(Heap::anyLoop);
    only = object;
  }
  return only ? only : ObjectId(Heap::anyLoop);
}

/// The loop that the policy hands out here.
SetId Interpreter::currentLoop(const LibraryCall &) {
  const ExecutionContext &context = state.context;
  ObjectId loop(Heap::anyLoop);
  if (context.running == Running::Yes)
    loop = context.runningLoop;
  else if (context.current == Current::Set ||
           context.current == Current::Closed)
    loop = context.currentLoop;
  else if (context.isOnMain() && context.current == Current::Unset)
    loop = ObjectId(Heap::mainLoop);
  return atoms.only({.kind = AtomKind::Object, .a = loop.index()});
}

/// The loop that this place makes. Any number of places is told apart (unlike
/// other objects, which only arguments keep apart in such numbers): two loops
/// that are taken for one prove what is not there.
ObjectId Interpreter::freshLoop(OperationKey site) {
  ObjectId loop =
      heap.object(solver.loopType(), site, atoms.arguments(CallArguments()));
  heap[loop].isLoop = true;
  heap[loop].type = AtomId();
  return loop;
}

SetId Interpreter::resolveLoop(const Reference &reference,
                               const LibraryCall &call) {
  switch (reference.kind) {
  case Reference::FreshLoop:
  case Reference::OwnLoop: {
    // A runner's own loop belongs to the runner, a fresh one to this call.
    bool hasOwner = reference.kind == Reference::OwnLoop && call.self;
    ObjectId loop =
        hasOwner ? heap.genericObject(call.self) : freshLoop(call.at);
    heap[loop].isLoop = true;
    heap[loop].type = AtomId();
    return atoms.only({.kind = AtomKind::Object, .a = loop.index()});
  }
  case Reference::CurrentLoop:
    return currentLoop(call);
  case Reference::RunningLoop:
    if (state.context.running == Running::Yes)
      return atoms.only(
          {.kind = AtomKind::Object, .a = state.context.runningLoop.index()});
    return atoms.only({.kind = AtomKind::Object, .a = Heap::anyLoop});
  case Reference::MainLoop:
    return atoms.only({.kind = AtomKind::Object, .a = Heap::anyLoop});
  case Reference::HostLoop:
    return atoms.only({.kind = AtomKind::Object, .a = Heap::ambientLoop});
  case Reference::DefaultLoop:
    return atoms.only({.kind = AtomKind::Object, .a = Heap::mainLoop});
  case Reference::Nothing:
    return currentLoop(call);
  default:
    break;
  }
  SetId value = resolve(reference, call);
  bool isMissing = llvm::all_of(atoms.members(value), [&](AtomId id) {
    return atoms[id].kind == AtomKind::None;
  });
  if (isMissing)
    return currentLoop(call);
  return loopsBehind(value);
}

/// The loops themselves: of a library's own loop object the one that it wraps,
/// of a future or a list of them the loops that they work for. A list may
/// contain itself.
SetId Interpreter::loopsBehind(SetId value) {
  SetId loops = atoms.emptySet();
  llvm::SmallVector<AtomId, 8> open(atoms.members(value));
  llvm::SmallDenseSet<std::uint32_t, 8> seen;
  while (!open.empty()) {
    AtomId id = open.pop_back_val();
    if (!seen.insert(id.index()).second)
      continue;
    const Atom atom = atoms[id];
    if (atom.kind == AtomKind::Tuple) {
      for (SetId member : atoms[SequenceId(atom.a)])
        llvm::append_range(open, atoms.members(member));
      continue;
    }
    if (atom.kind != AtomKind::Object) {
      loops = atoms.join(loops, atoms.only(id));
      continue;
    }
    const Object &object = heap[ObjectId(atom.a)];
    SetId inside = atoms.emptySet();
    if (object.wrapped)
      loops = atoms.join(loops, atoms.only({.kind = AtomKind::Object,
                                            .a = object.wrapped.index()}));
    else if (object.isLoop || isPool(ObjectId(atom.a)))
      loops = atoms.join(loops, atoms.only(id));
    else if (CellId field =
                 heap.existingField(ObjectId(atom.a), solver.names.loop))
      inside = solver.read(field, self);
    else if (object.elements)
      inside = solver.read(object.elements, self);
    else
      inside = atoms.anything();
    llvm::append_range(open, atoms.members(inside));
  }
  return loops;
}

/// Whether worker threads may do what one of these is asked to run.
bool Interpreter::isPool(SetId loops) {
  return llvm::any_of(atoms.members(loops), [&](AtomId id) {
    return atoms[id].kind == AtomKind::Object && isPool(ObjectId(atoms[id].a));
  });
}

bool Interpreter::isPool(ObjectId object) {
  AtomId type = heap[object].type;
  const ApiType *library = !type ? nullptr : libraryBase(type);
  return library && library->isPool;
}

/// Whether a method that runs the loop calls, on the same object, another one
/// that does.
bool Interpreter::isStepOfRun(AtomId callee, AtomId receiver) {
  const ApiFunction *around = solver.ownLoops.effectsOf(functionKey);
  llvm::ArrayRef<SetId> arguments =
      atoms[result.frames[frame.index()].arguments];
  return around && around->find(EffectKind::RunLoop) &&
         FunctionKey(atoms[callee].a) != functionKey && !arguments.empty() &&
         llvm::is_contained(atoms.members(arguments.front()), receiver);
}

SetId Interpreter::runLoopMethod(const ApiFunction &api, AtomId callee,
                                 AtomId receiver,
                                 const CallArguments &arguments, Edge edge) {
  if (api.find(EffectKind::CurrentLoop))
    return applyLibrary({api, AtomId(), arguments, edge.at, edge.confidence});
  heap[ObjectId(atoms[receiver].a)].isLoop = true;
  bool isRunner = api.find(EffectKind::RunLoop) != nullptr;
  // A part of the run that is going on, and no other one inside of it.
  if (isRunner && isStepOfRun(callee, receiver))
    return runBody(callee, receiver, arguments, edge);
  LibraryCall call{api,     receiver,        arguments,
                   edge.at, edge.confidence, isRunner ? callee : AtomId()};
  applyLibrary(call);
  return isRunner || !state.isReachable
             ? atoms.anything()
             : runBody(callee, receiver, arguments, edge);
}

/// A variable of which each thread has its own, and which the program's own
/// code keeps its loop in, is written.
void Interpreter::noteCurrent(std::uint32_t global, SetId value) {
  if (!solver.ownLoops.isCurrent(file, global))
    return;
  bool isNone = llvm::all_of(atoms.members(value), [&](AtomId id) {
    return atoms[id].kind == AtomKind::None;
  });
  state.context.current = isNone ? Current::Cleared : Current::Set;
  state.context.currentLoop = isNone ? ObjectId() : loopOf(value);
}

/// `}`: a loop of a type of the program's own ends, and the thread may still
/// have it for its current one.
void Interpreter::endOwnLoop(const Operation &call) {
  const Value &callee = summary.value(call.value);
  bool isEnd = state.context.current == Current::Set &&
               state.context.currentLoop &&
               callee.kind == ValueKind::Attribute &&
               summary.string(StringId(callee.b)) == language::destructor;
  if (!isEnd)
    return;
  SetId ended = onlyLoop(state.context.currentLoop);
  AtomId type = heap[state.context.currentLoop].type;
  bool isOwn = type && atoms[type].kind == AtomKind::Class &&
               evaluate(ValueId(callee.a)) == ended;
  const ApiFunction *end =
      isOwn ? solver.ownLoops.endOf(ClassKey(atoms[type].a)) : nullptr;
  if (end)
    applyLibrary({*end, atoms.members(ended).front(), CallArguments(),
                  program.key(file, here), Confidence::Definite});
}

//===----------------------------------------------------------------------===//
// Policies
//===----------------------------------------------------------------------===//

/// The names of the library's methods that ask for the current loop.
static std::vector<llvm::StringRef> lookUpsOf(const ModelSet &models,
                                              const ApiType &type) {
  std::vector<llvm::StringRef> names;
  llvm::SmallVector<const ApiType *, 4> open{&type};
  for (std::size_t i = 0; i < open.size() && i < 16; ++i) {
    for (const auto &method : open[i]->methods)
      if (method.second.find(EffectKind::CurrentLoop))
        names.push_back(method.first());
    for (const std::string &base : open[i]->bases)
      if (const ApiType *known = models.type(models.canonical(base)))
        open.push_back(known);
  }
  llvm::sort(names);
  return names;
}

/// Whether the object looks loops up as its library does, and does not hide a
/// method for that behind one of its own.
bool Interpreter::isUsualPolicy(AtomId id) {
  const Atom atom = atoms[id];
  AtomId type =
      atom.kind == AtomKind::Object ? heap[ObjectId(atom.a)].type : AtomId();
  if (!type)
    return atom.kind == AtomKind::None;
  const ApiType *library = libraryBase(type);
  if (!library)
    return false;
  return llvm::all_of(lookUpsOf(models, *library), [&](llvm::StringRef name) {
    SetId found = attributeOf(id, program.symbols.intern(name));
    return llvm::all_of(atoms.members(found), [&](AtomId method) {
      return atoms[method].kind == AtomKind::ApiMethod &&
             atoms.apiFunction(atoms[method]).find(EffectKind::CurrentLoop);
    });
  });
}

/// Noted only where it may change what a look-up gives.
void Interpreter::applySetPolicy(const Effect &effect,
                                 const LibraryCall &call) {
  SetId policies = resolve(effect.subject, call);
  bool areUsual =
      llvm::all_of(llvm::SmallVector<AtomId, 8>(atoms.members(policies)),
                   [&](AtomId id) { return isUsualPolicy(id); });
  if (!areUsual)
    note(effect, call);
}
