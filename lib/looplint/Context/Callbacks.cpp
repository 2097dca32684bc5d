//===- Callbacks.cpp - how libraries call the user's code -----------------===//
//
// What a library passes to the functions that it was given, on which object it
// calls them, and the hooks that it finds by their names.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"
#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// Whether it is a class's method beside something that nobody knows: what has
/// the method may be any object that was ever stored there, or the class.
static bool isGuess(Solver &solver, AtomId callable, SetId callables) {
  const Atoms &atoms = solver.atoms;
  const Atom &atom = atoms[callable];
  if (!atoms.mayBeAnything(callables))
    return false;
  if (atom.kind == AtomKind::Function)
    return static_cast<bool>(
        solver.facts(FunctionKey(atom.a)).definition->classOfMethod);
  return atom.kind == AtomKind::Method &&
         atoms[AtomId(atom.b)].kind == AtomKind::Object &&
         !solver.heap[ObjectId(atoms[AtomId(atom.b)].a)].site;
}

SetId Interpreter::handOverAll(const Effect &effect, const LibraryCall &call) {
  SetId callables = withNamed(resolve(effect.callable, call));
  if (effect.orDeclared && callables == atoms.emptySet())
    callables = declaredFor(call);
  CallArguments arguments = handedArguments(effect, call);
  SetId value = atoms.emptySet();
  bool isChoice =
      call.isChoice(effect.callable, atoms.members(callables), atoms);
  const LibraryCall one = isChoice ? call.doubted(Confidence::Likely) : call;
  const LibraryCall guess = call.doubted(Confidence::Possible);
  for (AtomId id : atoms.members(callables)) {
    // A list or set of callables or coroutines stands for each of them.
    const Atom atom = atoms[id];
    AtomId type =
        atom.kind == AtomKind::Object ? heap[ObjectId(atom.a)].type : AtomId();
    bool isContainer = atom.kind == AtomKind::Tuple ||
                       type == solver.containerType(ValueKind::List) ||
                       type == solver.containerType(ValueKind::Set);
    if (isContainer && effect.on == Place::Worker)
      Generators(*this).leave(atoms.only(id));
    SetId members =
        isContainer ? element(atoms.only(id), noPosition) : atoms.only(id);
    const LibraryCall &each = isGuess(solver, id, callables) ? guess : one;
    for (AtomId member : atoms.members(members))
      value = atoms.join(value, handOver(member, effect, each, arguments));
  }
  handedResult = handedResult ? atoms.join(handedResult, value) : value;
  return SetId();
}

/// A method that its own class body gives away, as a decorator does, is called
/// on objects of that class later.
AtomId Interpreter::onItsObject(AtomId callable) {
  const Atom atom = atoms[callable];
  if (atom.kind != AtomKind::Function ||
      function.kind != FunctionKind::ClassBody)
    return callable;
  FunctionKey key(atom.a);
  const Function &callee = *solver.facts(key).definition;
  bool isOwn = solver.facts(key).file == file && callee.classOfMethod &&
               callee.binding == Function::Method &&
               program.key(file, summary.classOf(callee.classOfMethod).body) ==
                   result.frames[frame.index()].function;
  if (!isOwn)
    return callable;
  AtomId owner =
      atoms.atom({.kind = AtomKind::Class,
                  .a = program.key(file, callee.classOfMethod).index(),
                  .b = result.frames[frame.index()].parent.raw()});
  AtomId receiver = atoms.atom(
      {.kind = AtomKind::Object, .a = heap.genericObject(owner).index()});
  return atoms.atom(
      {.kind = AtomKind::Method, .a = callable.index(), .b = receiver.index()});
}

/// What frameworks iterate over where they would await a coroutine function: up
/// to `yield` at first, and the rest later.
bool Interpreter::isAsyncGenerator(AtomId callable) {
  while (atoms[callable].kind == AtomKind::Method ||
         atoms[callable].kind == AtomKind::Partial)
    callable = AtomId(atoms[callable].a);
  if (atoms[callable].kind != AtomKind::Function)
    return false;
  const Function &callee =
      *solver.facts(FunctionKey(atoms[callable].a)).definition;
  return callee.isAsync && callee.isGenerator;
}

/// Whether a decorator has said where the function runs; the decorator's own
/// effect says it first.
bool Interpreter::pin(AtomId callable, const Effect &effect) {
  while (atoms[callable].kind == AtomKind::Method ||
         atoms[callable].kind == AtomKind::Partial)
    callable = AtomId(atoms[callable].a);
  if (atoms[callable].kind != AtomKind::Function)
    return false;
  bool &isPinned = solver.facts(FunctionKey(atoms[callable].a)).isPinned;
  isPinned |= effect.pins;
  return isPinned;
}

/// An object of the library's \p type for a parameter. What the parameter
/// declares is more exact, unless it is a base of that.
SetId Interpreter::givenObject(llvm::StringRef type, FrameId definer,
                               const Parameter *parameter) {
  if (type == anyType)
    return atoms.anything();
  SetId own = typedBy(external(type));
  if (!parameter || !parameter->annotation || !definer)
    return own;
  SetId declared = annotated(definer, parameter->annotation);
  bool isBase = llvm::all_of(atoms.members(declared), [&](AtomId id) {
    AtomId holder = atoms[id].kind == AtomKind::Object
                        ? heap[ObjectId(atoms[id].a)].type
                        : AtomId();
    return holder && atoms[holder].kind == AtomKind::ApiType &&
           models.derivesFrom(type, atoms.apiType(atoms[holder]).name);
  });
  return isBase ? own : atoms.anything();
}

static llvm::StringRef nameOf(const Solver &solver, FunctionKey key) {
  const Program &program = solver.program;
  return program.summary(program.fileOf(key))
      .string(program.function(key).name);
}

/// The arguments with the library's own objects in front.
CallArguments Interpreter::withGiven(const Effect &effect, AtomId callable,
                                     CallArguments arguments) {
  if (effect.gives.empty() && effect.givesOf.empty() && !effect.byName)
    return arguments;
  bool isBound = atoms[callable].kind == AtomKind::Method;
  AtomId plain = isBound ? AtomId(atoms[callable].a) : callable;
  llvm::ArrayRef<Parameter> parameters;
  FrameId definer;
  const std::vector<std::string> *gives = &effect.gives;
  if (atoms[plain].kind == AtomKind::Function) {
    FunctionKey key(atoms[plain].a);
    if (const Effect *hook = models.hook(effect.givesOf, nameOf(solver, key)))
      gives = &hook->gives;
    definer = frameOfFunction(plain);
    parameters = program.summary(solver.facts(key).file)
                     .parametersOf(*solver.facts(key).definition);
  }
  llvm::SmallVector<SetId, 4> given;
  for (const std::string &type : *gives) {
    std::size_t position = given.size() + isBound;
    given.push_back(givenObject(
        type, definer,
        position < parameters.size() ? &parameters[position] : nullptr));
  }
  arguments.positional.insert(arguments.positional.begin(), given.begin(),
                              given.end());
  if (effect.byName && atoms[plain].kind == AtomKind::Function)
    passDeclared(FunctionKey(atoms[plain].a), definer, arguments);
  return arguments;
}

/// `request: Request = None`, of a function that is passed what it declares.
void Interpreter::passDeclared(FunctionKey callee, FrameId definer,
                               CallArguments &arguments) {
  FileId where = solver.facts(callee).file;
  const Summary &text = program.summary(where);
  for (const Parameter &parameter :
       text.parametersOf(*solver.facts(callee).definition)) {
    bool isNone = parameter.defaultValue &&
                  text.value(parameter.defaultValue).kind == ValueKind::None;
    SetId type = isNone && parameter.annotation && definer
                     ? annotated(definer, parameter.annotation)
                     : atoms.emptySet();
    if (type != atoms.emptySet())
      arguments.keywords.emplace_back(program.symbol(where, parameter.name),
                                      atoms.join(type, atoms.none()));
  }
  llvm::sort(arguments.keywords);
}

/// `service: Service = Depends()`, `service: Annotated[Service, Depends()]`:
/// the class, of the call that stands here.
SetId Interpreter::declaredFor(const LibraryCall &call) {
  if (call.at != program.key(file, here))
    return atoms.emptySet();
  auto isIt = [&](ValueId id) {
    return id && summary.value(id).kind == ValueKind::Result &&
           summary.value(id).a == here;
  };
  for (const Function &each : summary.functions) {
    if (each.parent != program.local(functionKey))
      continue;
    for (const Parameter &parameter : summary.parametersOf(each)) {
      if (!parameter.annotation)
        continue;
      const Value &type = summary.value(parameter.annotation);
      bool isSubscript = type.kind == ValueKind::Item;
      const Value &inside = isSubscript ? summary.value(ValueId(type.b)) : type;
      if (inside.kind == ValueKind::Tuple &&
          llvm::any_of(summary.operandsOf(inside), isIt))
        return evaluate(summary.operandsOf(inside).front());
      if (isIt(parameter.defaultValue))
        return evaluate(parameter.annotation);
    }
  }
  return atoms.emptySet();
}

/// Executes a plain callable where nothing is known of the caller, to see what
/// it does when no look-up in it raises.
void Interpreter::examine(AtomId callable) {
  CallArguments arguments;
  arguments.rest = atoms.anything();
  AtomId receiver;
  for (unsigned i = 0; i < 8 && atoms[callable].kind != AtomKind::Function;
       ++i) {
    const Atom atom = atoms[callable];
    if (atom.kind == AtomKind::Method)
      receiver = AtomId(atom.b);
    else if (atom.kind != AtomKind::Partial)
      return;
    callable = AtomId(atom.a);
  }
  if (atoms[callable].kind != AtomKind::Function)
    return;
  solver.examine(calleeFrame(FunctionKey(atoms[callable].a),
                             frameOfFunction(callable), receiver, arguments));
}

//===----------------------------------------------------------------------===//
// Hooks
//===----------------------------------------------------------------------===//

void Interpreter::findHooks(AtomId classAtom) {
  const ApiType *library = libraryBase(classAtom);
  if (!library)
    return;
  // A metaclass may wrap the methods; what the framework calls is not known.
  bool isRemade = llvm::any_of(linearise(classAtom), [&](AtomId id) {
    return solver.remade.contains(id.index());
  });
  if (isRemade)
    return;
  ClassKey key(atoms[classAtom].a);
  FileId where = program.fileOf(key);
  const Summary &text = program.summary(where);
  AtomId receiver = atoms.atom(
      {.kind = AtomKind::Object, .a = heap.genericObject(classAtom).index()});
  const Function &body = text.function(program.classOf(key).body);
  for (const Variable &variable : text.variablesOf(body)) {
    llvm::StringRef name = text.string(variable.name);
    const Effect *hook = models.hook(library->name, name);
    // No framework finds a test class that a function makes for itself.
    if (!hook || (hook->isTest && function.kind != FunctionKind::Module))
      continue;
    SetId members =
        inClass(classAtom, receiver, program.symbols.intern(name), false);
    for (AtomId member : atoms.members(members))
      if (atoms[member].kind == AtomKind::Method)
        callHook(member, *hook, *library);
  }
}

void Interpreter::callHook(AtomId method, const Effect &hook,
                           const ApiType &library) {
  LibraryCall call{library.constructor, AtomId(), solver.noArguments,
                   program.key(file, here), Confidence::Definite};
  FunctionKey target(atoms[AtomId(atoms[method].a)].a);
  bool isAsync = solver.facts(target).definition->isAsync;
  Place place =
      hook.syncOn != Place::Unspecified && !isAsync ? hook.syncOn : hook.on;
  ExecutionContext context = contextAt(hook, call, place);
  if (place == Place::Same)
    return;
  context.importing = false;
  result.instances[self.index()].handovers.push_back(
      {.effect = &hook,
       .api = &library.constructor,
       .at = call.at,
       .hook = target,
       .context = solver.context(state.context),
       .value = method,
       .place = place});
  bool isDropped = isAsync && hook.accepts == Accepts::Sync;
  if (isDropped || place == Place::Unspecified)
    return;
  CallArguments anything;
  anything.rest = atoms.anything();
  CallArguments arguments = withGiven(hook, method, std::move(anything));
  FrameId frame = calleeFrame(target, frameOfFunction(AtomId(atoms[method].a)),
                              AtomId(atoms[method].b), arguments);
  solver.schedule(self, frame, solver.context(context),
                  {.at = call.at,
                   .kind = EdgeKind::Defines,
                   .api = &library.constructor,
                   .isTest = hook.isTest});
}

/// `client.on_message = f`: the library calls what is put there as it calls a
/// subclass's method of that name, or keeps it until a method calls
/// `self.on_*`.
void Interpreter::assignHooks(SetId holders, Symbol name, SetId value) {
  llvm::SmallVector<AtomId, 4> callables;
  llvm::copy_if(atoms.members(value), std::back_inserter(callables),
                [&](AtomId id) {
                  AtomKind kind = atoms[id].kind;
                  return kind == AtomKind::Function ||
                         kind == AtomKind::Method || kind == AtomKind::Partial;
                });
  if (callables.empty())
    return;
  for (AtomId id : atoms.members(holders)) {
    AtomId type = atoms[id].kind == AtomKind::Object
                      ? heap[ObjectId(atoms[id].a)].type
                      : AtomId();
    const ApiType *library = type ? libraryBase(type) : nullptr;
    const Effect *hook =
        library ? models.hook(library->name, program.symbols[name]) : nullptr;
    if (!hook || hook->on == Place::Same)
      continue;
    LibraryCall call{library->constructor, id, solver.noArguments,
                     program.key(file, here), Confidence::Definite};
    CallArguments anything;
    anything.rest = atoms.anything();
    for (AtomId callable : callables)
      handOver(callable, *hook, call, anything);
    if (hook->on == Place::Unspecified)
      solver.write(heap.elements(ObjectId(atoms[id].a)), value);
  }
}

FrameId Interpreter::frameOfFunction(AtomId function) {
  std::uint32_t raw = atoms[function].b;
  return raw == FrameId().raw() ? FrameId() : FrameId(raw);
}
