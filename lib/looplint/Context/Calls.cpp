//===- Calls.cpp - calls of the program's functions and classes -----------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

SetId Interpreter::call(std::uint32_t index) {
  const Operation &op = summary.operations[index];
  SetId callees = evaluate(op.value);
  CallArguments arguments = collectArguments(op);
  Edge edge = edgeHere(EdgeKind::Call, callees);
  edge.throughParameter = comesThroughParameter(op.value);

  bool isBuiltin = false;
  SetId value = builtin(index, callees, isBuiltin);
  if (!isBuiltin)
    value = invokeAll(callees, arguments, edge);
  ++result.calls;
  if (!isBuiltin && llvm::all_of(atoms.members(callees), [&](AtomId id) {
        return atoms[id].kind == AtomKind::Anything ||
               atoms[id].kind == AtomKind::External;
      }))
    ++result.unresolvedCalls;

  noteShape(callees, value);

  // A decorator that nothing is known of is taken to return what it decorates.
  if (op.isDecorator && !arguments.positional.empty() &&
      (atoms.mayBeAnything(value) || value == atoms.emptySet()) &&
      state.isReachable)
    return arguments.positional.front();
  return value;
}

/// Remembers what the call amounts to; see Shape.
void Interpreter::noteShape(SetId callees, SetId value) {
  bool makesCoroutine = llvm::any_of(atoms.members(value), [&](AtomId id) {
    return atoms[id].kind == AtomKind::Coroutine;
  });
  for (AtomId id : atoms.members(callees)) {
    const Atom &atom = atoms[id];
    bool isLibrary = atom.kind == AtomKind::ApiFunction ||
                     atom.kind == AtomKind::ApiMethod ||
                     atom.kind == AtomKind::ApiType;
    bool drives = false;
    bool isAboutLoops = false;
    if (isLibrary) {
      const ApiFunction &api = atom.kind == AtomKind::ApiType
                                   ? atoms.apiType(atom).constructor
                                   : atoms.apiFunction(atom);
      for (const Effect &effect : api.effects) {
        drives |= effect.kind == EffectKind::RunLoop ||
                  effect.kind == EffectKind::Task ||
                  (effect.kind == EffectKind::Invokes &&
                   effect.accepts == Accepts::CoroutineObject);
        isAboutLoops |= effect.kind == EffectKind::CurrentLoop ||
                        effect.kind == EffectKind::NewLoop ||
                        effect.kind == EffectKind::SetLoop ||
                        effect.kind == EffectKind::CloseLoop;
      }
    } else if (!makesCoroutine) {
      // A helper of the program that drives what it is given.
      const std::vector<Edge> &edges = result.instances[self.index()].edges;
      if (!edges.empty() && edges.back().at == program.key(file, here)) {
        const Shape &inner = result.instances[edges.back().to.index()].shape;
        drives = inner.drivesCoroutine && !inner.doesMore;
      }
    }
    shape.drivesCoroutine |= drives;
    shape.makesCoroutine |= makesCoroutine;
    shape.doesMore |= !drives && !isAboutLoops && !makesCoroutine;
  }
}

Edge Interpreter::edgeHere(EdgeKind kind, SetId callees) {
  Edge edge{.at = program.key(file, here), .kind = kind};
  bool isChoice =
      callees && llvm::count_if(atoms.members(callees), [&](AtomId id) {
                   return atoms[id].kind != AtomKind::None;
                 }) > 1;
  if (isChoice)
    edge.confidence = Confidence::Likely;
  edge.handled = handledHere();
  return edge;
}

/// Whether the callee is a parameter, or something taken from one.
bool Interpreter::comesThroughParameter(ValueId callee) {
  for (unsigned i = 0; callee && i < 8; ++i) {
    const Value &value = summary.value(callee);
    if (value.kind == ValueKind::Local)
      return value.a < function.parameters.size() &&
             !(value.a == 0 && function.classOfMethod);
    if (value.kind == ValueKind::Outer)
      return program.function(program.key(file, FunctionId(value.a))).kind ==
             FunctionKind::Plain;
    if (value.kind != ValueKind::Element && value.kind != ValueKind::Item)
      return false;
    callee = ValueId(value.a);
  }
  return false;
}

CallArguments Interpreter::collectArguments(const Operation &op) {
  CallArguments collected;
  for (const Argument &argument : summary.argumentsOf(op)) {
    SetId value = evaluate(argument.value);
    llvm::ArrayRef<AtomId> members = atoms.members(value);
    switch (argument.kind) {
    case Argument::Positional:
      if (!collected.rest)
        collected.positional.push_back(value);
      else
        collected.rest = atoms.join(collected.rest, value);
      break;
    case Argument::Keyword:
      collected.keywords.emplace_back(symbolOf(argument.name), value);
      break;
    case Argument::Unpacked:
      if (members.size() == 1 && atoms[members[0]].kind == AtomKind::Tuple &&
          !collected.rest)
        llvm::append_range(collected.positional,
                           atoms[SequenceId(atoms[members[0]].a)]);
      else
        collected.rest =
            atoms.join(collected.rest ? collected.rest : atoms.emptySet(),
                       element(value, noPosition));
      break;
    case Argument::UnpackedKeywords:
      if (members.size() == 1 && atoms[members[0]].kind == AtomKind::Keywords)
        llvm::append_range(collected.keywords,
                           atoms[ArgumentsId(atoms[members[0]].a)].keywords);
      else
        collected.restKeywords = atoms.anything();
      break;
    }
  }
  llvm::sort(collected.keywords);
  return collected;
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
  isBuiltin = false;
  return atoms.emptySet();
}

SetId Interpreter::invokeAll(SetId callees, const CallArguments &arguments,
                             Edge edge) {
  SetId value = atoms.emptySet();
  llvm::SmallVector<AtomId, 8> all(atoms.members(callees));
  // Each possible callee starts from the same state; what they leave is joined.
  State before = state;
  State after = state;
  after.isReachable = false;
  for (AtomId callee : all) {
    if (all.size() > 1)
      state = before;
    value = atoms.join(value, invoke(callee, arguments, edge));
    if (all.size() > 1)
      joinInto(after, state);
  }
  if (all.size() > 1)
    state = std::move(after);
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
    return callLibrary({atoms.apiFunction(atom), AtomId(), arguments, edge.at,
                        edge.confidence});
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
    return atoms.anything();
  }
}

CallArguments Interpreter::concatenated(ArgumentsId first,
                                        const CallArguments &second) {
  CallArguments all = atoms[first];
  if (all.rest)
    for (SetId value : second.positional)
      all.rest = atoms.join(all.rest, value);
  else
    llvm::append_range(all.positional, second.positional);
  for (auto [name, value] : second.keywords) {
    llvm::erase_if(all.keywords,
                   [&](const auto &known) { return known.first == name; });
    all.keywords.emplace_back(name, value);
  }
  llvm::sort(all.keywords);
  if (second.rest)
    all.rest = second.rest;
  if (second.restKeywords)
    all.restKeywords = second.restKeywords;
  return all;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// What tells argument lists apart: numbers and texts do not.
SetId Interpreter::forKey(SetId value) {
  bool isPlain = llvm::none_of(atoms.members(value), [&](AtomId id) {
    AtomKind kind = atoms[id].kind;
    return kind == AtomKind::Integer || kind == AtomKind::Float ||
           kind == AtomKind::String;
  });
  if (isPlain)
    return value;
  SetId projected = atoms.data();
  for (AtomId id : atoms.members(value)) {
    AtomKind kind = atoms[id].kind;
    if (kind != AtomKind::Integer && kind != AtomKind::Float &&
        kind != AtomKind::String)
      projected = atoms.join(projected, atoms.only(id));
  }
  return projected;
}

FrameId Interpreter::calleeFrame(FunctionKey callee, FrameId parent,
                                 AtomId receiver,
                                 const CallArguments &arguments) {
  const Summary &text = program.summary(solver.facts(callee).file);
  FileId where = solver.facts(callee).file;
  const Function &definition = program.function(callee);
  llvm::SmallVector<SetId, 8> positional;
  if (receiver)
    positional.push_back(atoms.only(receiver));
  llvm::append_range(positional, arguments.positional);

  llvm::SmallVector<SetId, 8> bound;
  llvm::SmallVector<bool, 8> used(arguments.keywords.size(), false);
  std::size_t next = 0;
  for (const Parameter &parameter : text.parametersOf(definition)) {
    SetId value;
    Symbol name = program.symbol(where, parameter.name);
    if (parameter.kind == Parameter::Rest) {
      llvm::SmallVector<SetId, 4> members;
      unsigned depth = 0;
      for (; next < positional.size(); ++next) {
        members.push_back(positional[next]);
        depth = std::max(depth, atoms.depthAbove(positional[next]));
      }
      value = arguments.rest
                  ? atoms.anything()
                  : atoms.only({.kind = AtomKind::Tuple,
                                .depth = static_cast<std::uint8_t>(depth),
                                .a = atoms.sequence(members).index()});
      bound.push_back(value);
      continue;
    }
    if (parameter.kind == Parameter::RestKeywords) {
      CallArguments others;
      unsigned depth = 0;
      for (std::size_t i = 0; i < used.size(); ++i) {
        if (used[i])
          continue;
        others.keywords.push_back(arguments.keywords[i]);
        depth = std::max(depth, atoms.depthAbove(arguments.keywords[i].second));
      }
      value = arguments.restKeywords
                  ? atoms.anything()
                  : atoms.only({.kind = AtomKind::Keywords,
                                .depth = static_cast<std::uint8_t>(depth),
                                .a = atoms.arguments(others).index()});
      bound.push_back(value);
      continue;
    }
    if (parameter.kind != Parameter::KeywordOnly && next < positional.size())
      value = positional[next++];
    for (std::size_t i = 0; i < used.size() && !value; ++i) {
      if (arguments.keywords[i].first != name)
        continue;
      used[i] = true;
      value = arguments.keywords[i].second;
    }
    if (!value && arguments.rest && parameter.kind != Parameter::KeywordOnly)
      value = arguments.rest;
    if (!value && parameter.defaultValue)
      value = evaluateIn(parent, parameter.defaultValue);
    if (!value)
      value = atoms.anything();
    if (atoms.mayBeAnything(value) && parameter.annotation)
      if (SetId typed = annotated(parent, parameter.annotation);
          typed != atoms.emptySet())
        value = value == atoms.anything() ? typed : atoms.join(value, typed);
    bound.push_back(forKey(value));
  }
  return solver.frame(callee, parent, std::move(bound));
}

SetId Interpreter::callFunction(AtomId callee, AtomId receiver,
                                const CallArguments &arguments, Edge edge) {
  const Atom atom = atoms[callee];
  const Function &definition = program.function(FunctionKey(atom.a));
  if (!definition.isAsync)
    return runFunction(callee, receiver, arguments, edge);

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

/// Goes on behind a call with what the callee did to the thread's loop.
void Interpreter::absorb(const Outcome &done) {
  bool isImporting = state.context.importing;
  if (done.testsLoop) {
    ExecutionContext without = state.context;
    without.running = Running::No;
    without.runningLoop = ObjectId();
    noteLoopTest(state.context.running != Running::Yes, without);
  }
  if (!done.returns) {
    mayRaise();
    unreachable();
    return;
  }
  state.context = result[done.exit];
  state.context.importing = isImporting;
  for (const ArmedTimer &timer : done.armed)
    if (!llvm::is_contained(state.armed, timer))
      state.armed.push_back(timer);
}

SetId Interpreter::runFunction(AtomId callee, AtomId receiver,
                               const CallArguments &arguments, Edge edge) {
  const Atom atom = atoms[callee];
  FrameId parent = atom.b == FrameId().raw() ? FrameId() : FrameId(atom.b);
  FunctionKey key(atom.a);
  FrameId target = calleeFrame(key, parent, receiver, arguments);
  Outcome done =
      solver.enter(self, target, solver.context(state.context), edge);
  absorb(done);
  if (!program.function(key).isGenerator)
    return done.value;
  ObjectId generator =
      heap.object(solver.containerType(ValueKind::List), edge.at,
                  ArgumentsId(result.frames[target.index()].arguments.raw()));
  solver.write(heap.elements(generator), done.yielded);
  return atoms.only({.kind = AtomKind::Object, .a = generator.index()});
}

//===----------------------------------------------------------------------===//
// Classes and objects
//===----------------------------------------------------------------------===//

SetId Interpreter::construct(AtomId classAtom, const CallArguments &arguments,
                             Edge edge) {
  CallArguments kept = arguments;
  for (SetId &value : kept.positional)
    value = forKey(value);
  for (auto &[name, value] : kept.keywords)
    value = forKey(value);
  ObjectId object = heap.object(classAtom, edge.at, atoms.arguments(kept));
  AtomId made = atoms.atom({.kind = AtomKind::Object, .a = object.index()});
  SetId initialisers = inClass(classAtom, made, solver.names.init, false);
  if (initialisers != atoms.emptySet()) {
    invokeAll(initialisers, arguments, edge);
    return atoms.only(made);
  }
  if (const ApiType *library = libraryBase(classAtom)) {
    storeConstructorArguments(*library, object, arguments);
    applyLibrary(
        {library->constructor, made, arguments, edge.at, edge.confidence});
    return atoms.only(made);
  }
  for (auto [name, value] : arguments.keywords)
    storeField(object, name, value);
  return atoms.only(made);
}

SetId Interpreter::callObject(AtomId callee, const CallArguments &arguments,
                              Edge edge) {
  AtomId type = heap[ObjectId(atoms[callee].a)].type;
  if (!type)
    return atoms.anything();
  if (atoms[type].kind == AtomKind::Class) {
    SetId found = inClass(type, callee, solver.names.call, false);
    if (found != atoms.emptySet())
      return invokeAll(found, arguments, edge);
  }
  const ApiType *library = atoms[type].kind == AtomKind::ApiType
                               ? &atoms.apiType(atoms[type])
                               : libraryBase(type);
  if (!library)
    return atoms.anything();
  const ApiFunction *method = models.method(library->name, "__call__");
  return method ? callLibrary(
                      {*method, callee, arguments, edge.at, edge.confidence})
                : atoms.anything();
}

/// Calls a method that the language asks for by its name (`__enter__`), where
/// the receiver's class has one. Entering something without one gives itself.
SetId Interpreter::callProtocol(SetId receivers, Symbol name, bool isAwaited) {
  SetId all = atoms.emptySet();
  bool isEnter = name == solver.names.enter || name == solver.names.asyncEnter;
  for (AtomId id : llvm::SmallVector<AtomId, 8>(atoms.members(receivers))) {
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
    const ApiType *library = atoms[type].kind == AtomKind::ApiType
                                 ? &atoms.apiType(atoms[type])
                                 : libraryBase(type);
    SetId value = atoms.emptySet();
    if (methods != atoms.emptySet()) {
      value = invokeAll(methods, CallArguments(), edge);
    } else if (const ApiFunction *method =
                   library ? models.method(library->name, program.symbols[name])
                           : nullptr) {
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

SetId Interpreter::awaitAll(SetId values, Edge edge) {
  SetId all = atoms.emptySet();
  edge.kind = EdgeKind::Awaits;
  for (AtomId id : llvm::SmallVector<AtomId, 8>(atoms.members(values)))
    all = atoms.join(all, awaitOne(id, edge));
  return all;
}

SetId Interpreter::awaitOne(AtomId value, Edge edge) {
  const Atom atom = atoms[value];
  if (atom.kind == AtomKind::Coroutine)
    return runCoroutine(value, state.context, edge, true);
  if (atom.kind == AtomKind::Object && heap[ObjectId(atom.a)].type)
    callProtocol(atoms.only(value), solver.names.await, false);
  return atoms.anything();
}

void Interpreter::importModule(FileId module, OperationKey at) {
  if (module == file)
    return;
  ExecutionContext importing = state.context;
  importing.importing = true;
  Edge edge{.at = at, .kind = EdgeKind::Imports};
  edge.handled = handledHere();
  // A package is imported before what is inside of it.
  llvm::StringRef name = program.moduleName(module);
  for (std::size_t dot = name.find('.'); dot != llvm::StringRef::npos;
       dot = name.find('.', dot + 1))
    if (std::optional<FileId> package =
            program.findModule(module, name.take_front(dot), 0);
        package && *package != module && *package != file)
      solver.import(self, *package, solver.context(importing), edge);
  if (const Outcome *done =
          solver.import(self, module, solver.context(importing), edge);
      done && done->returns) {
    ExecutionContext left = result[done->exit];
    left.importing = state.context.importing;
    state.context = left;
  }
}
