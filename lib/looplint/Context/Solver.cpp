//===- Solver.cpp - evaluates instances until nothing changes -------------===//

#include "Solver.h"

#include "Interpreter.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"

using namespace looplint;

// A function is told apart for so many contexts; further ones share one whose
// loop may be any.
static constexpr unsigned mostContextsPerFunction = 8;
// Calls are followed at once to this depth, and through the queue below it.
static constexpr unsigned deepestCall = 120;
// A cell with more members than this takes the objects of one class for one.
static constexpr unsigned mostMembersApart = 4;
// An instance that still changes after this many evaluations stays as it is.
static constexpr unsigned mostEvaluations = 12;

WellKnown::WellKnown(Symbols &symbols)
    : init(symbols.intern(language::initialiser)),
      call(symbols.intern("__call__")), enter(symbols.intern("__enter__")),
      exit(symbols.intern("__exit__")),
      asyncEnter(symbols.intern("__aenter__")),
      asyncExit(symbols.intern("__aexit__")), iter(symbols.intern("__iter__")),
      next(symbols.intern("__next__")), asyncIter(symbols.intern("__aiter__")),
      asyncNext(symbols.intern("__anext__")),
      await(symbols.intern("__await__")), name(symbols.intern("__name__")),
      file(symbols.intern("__file__")), main(symbols.intern("__main__")),
      loop(symbols.intern("loop")), getattr(symbols.intern("getattr")),
      isinstance(symbols.intern("isinstance")),
      callable(symbols.intern("callable")),
      getItem(symbols.intern("__getitem__")), function(symbols.intern("func")),
      boolean(symbols.intern("bool")) {
  for (llvm::StringRef name : language::conversions)
    conversions.push_back(symbols.intern(name));
}

Solver::Solver(const Program &program, const ModelSet &models,
               const ContextOptions &options)
    : program(program), models(models), result(program, options),
      atoms(result.atoms), heap(result.heap), names(program.symbols),
      ownLoops(*(result.ownLoops = std::make_shared<const OwnLoops>(program))) {
  moduleFrames.resize(program.fileCount());
  moduleContexts.resize(program.fileCount());
  auto container = [&](llvm::StringRef name) {
    const ApiType *type = models.type(name);
    return atoms.atom({.kind = AtomKind::ApiType,
                       .a = atoms.index(type ? type : &unknownType)});
  };
  listType = container("builtins.list");
  setType = container("builtins.set");
  dictionaryType = container("builtins.dict");
  coroutineType = models.type("builtins.coroutine");
  genericLoopType =
      atoms.atom({.kind = AtomKind::ApiType,
                  .a = atoms.index(models.loopTypes().empty()
                                       ? &unknownType
                                       : models.loopTypes().front())});
  for (const ApiType *type : models.awaitableTypes()) {
    for (llvm::StringRef method : type->methods.keys())
      result.attributesOfAwaitables.insert(method);
    for (llvm::StringRef attribute : type->attributes.keys())
      result.attributesOfAwaitables.insert(attribute);
  }
  collectFacts();
  findShownModules();
  collectTwins();
  findScripts();
}

/// Finds which variables are shared between functions. All variables of a
/// module and of a class body are: others reach them as attributes.
/// What a call returns once, and others see: a default value. It is kept like a
/// variable, behind those that have names.
static void keepResult(FunctionFacts &known, std::uint32_t call) {
  std::uint32_t slot = known.resultSlot(call);
  if (known.captured.size() <= slot)
    known.captured.resize(slot + 1);
  known.captured.set(slot);
}

void Solver::collectFacts() {
  functionFacts.resize(program.functionCount());
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    FileId file(f);
    const Summary &summary = program.summary(file);
    for (std::uint32_t i = 0; i < summary.functions.size(); ++i) {
      const Function &function = summary.functions[i];
      FunctionFacts &known = facts(program.key(file, FunctionId(i)));
      known.file = file;
      known.definition = &function;
      findComparedToText(summary, known);
      bool isShared = function.kind == FunctionKind::Module ||
                      function.kind == FunctionKind::ClassBody;
      known.captured.resize(function.variables.size(), isShared);
      known.writtenElsewhere.resize(function.variables.size());
      if (function.binding == Function::Setter && function.classOfMethod)
        setters[{program.key(file, function.classOfMethod).raw(),
                 program.symbol(file, function.name).raw()}] =
            program.key(file, FunctionId(i));
    }
    for (const Function &function : summary.functions)
      for (const Parameter &parameter : summary.parametersOf(function)) {
        ValueId given = parameter.defaultValue;
        if (given && summary.value(given).kind == ValueKind::Local)
          facts(program.key(file, function.parent))
              .captured.set(summary.value(given).a);
        if (given && summary.value(given).kind == ValueKind::Result)
          keepResult(facts(program.key(file, function.parent)),
                     summary.value(given).a);
      }
    for (const Value &value : summary.values)
      if (value.kind == ValueKind::Outer)
        facts(program.key(file, FunctionId(value.a))).captured.set(value.b);
    cppNamesPython |= importsPython(summary);
    findAssignedFromOutside(summary, file);
    for (const Operation &operation : summary.operations) {
      if (operation.kind != OperationKind::Bind || !operation.scope)
        continue;
      FunctionFacts &known = facts(program.key(file, operation.scope));
      known.captured.set(operation.variable);
      known.writtenElsewhere.set(operation.variable);
    }
  }
}

ContextId Solver::context(const ExecutionContext &context) {
  // Code stays in one context for long.
  if (latestContext && result[latestContext] == context)
    return latestContext;
  std::uint64_t hash = llvm::hash_combine(
      static_cast<unsigned>(context.thread),
      static_cast<unsigned>(context.running),
      static_cast<unsigned>(context.current), context.importing,
      context.sharesLoops, static_cast<unsigned>(context.interpreter),
      context.runningLoop.raw(), context.currentLoop.raw());
  std::vector<ContextId> &known = contextIndex[hash];
  for (ContextId id : known)
    if (result[id] == context)
      return latestContext = id;
  known.emplace_back(static_cast<std::uint32_t>(result.contexts.size()));
  result.contexts.push_back(context);
  return latestContext = known.back();
}

FrameId Solver::moduleFrame(FileId file) {
  FrameId &known = moduleFrames[file.index()];
  if (!known)
    known = frame(program.module(file), FrameId(), {});
  return known;
}

/// Beyond a number of contexts for one function, loops are not told apart.
ContextId Solver::generalised(FunctionKey function, ContextId context) {
  if (facts(function).contexts < mostContextsPerFunction)
    return context;
  if (generalContexts.size() <= context.index())
    generalContexts.resize(result.contexts.size());
  if (ContextId known = generalContexts[context.index()])
    return known;
  ExecutionContext general = result[context];
  if (general.running == Running::Yes)
    general.runningLoop = ObjectId(Heap::anyLoop);
  if (general.currentLoop || general.running == Running::Yes)
    general.current = Current::Unknown;
  general.currentLoop = ObjectId();
  return generalContexts[context.index()] = this->context(general);
}

InstanceId Solver::instance(FrameId frame, ContextId context) {
  FunctionKey function = result.frames[frame.index()].function;
  for (unsigned attempt = 0;; ++attempt) {
    std::uint64_t key = (std::uint64_t{frame.index()} << 32) | context.index();
    auto known = instanceIndex.find(key);
    if (known != instanceIndex.end())
      return known->second;
    ContextId general = generalised(function, context);
    if (attempt == 0 && general != context) {
      context = general;
      continue;
    }
    InstanceId id(static_cast<std::uint32_t>(result.instances.size()));
    Instance &made = result.instances.emplace_back();
    made.frame = frame;
    made.context = context;
    made.outcome.exit = context;
    instanceIndex.try_emplace(key, id);
    FunctionFacts &known2 = facts(function);
    // A coroutine that somebody unknown is given runs on some loop all the
    // same.
    known2.isReached |= !known2.definition->isAsync ||
                        result[context].thread != ThreadKind::Unknown;
    ++known2.contexts;
    return id;
  }
}

const Outcome &Solver::enter(InstanceId caller, FrameId frame,
                             ContextId context, Edge edge) {
  InstanceId callee = instance(frame, context);
  edge.to = callee;
  result.instances[caller.index()].edges.push_back(edge);
  Instance &target = result.instances[callee.index()];
  if (target.evaluations == 0 && target.state != Instance::Running) {
    if (depth < deepestCall)
      evaluate(callee);
    else
      enqueue(callee);
  }
  // Only now: the caller goes on with the outcome as it is, and need not run
  // again for it.
  if (target.dependents.empty() || target.dependents.back() != caller)
    target.dependents.push_back(caller);
  return result.instances[callee.index()].outcome;
}

InstanceId Solver::schedule(InstanceId caller, FrameId frame, ContextId context,
                            Edge edge) {
  InstanceId callee = instance(frame, context);
  edge.to = callee;
  if (caller)
    result.instances[caller.index()].edges.push_back(edge);
  if (result.instances[callee.index()].evaluations == 0)
    enqueue(callee);
  return callee;
}

void Solver::enqueue(InstanceId id) {
  Instance &instance = result.instances[id.index()];
  if (instance.state == Instance::Queued ||
      instance.evaluations >= mostEvaluations)
    return;
  instance.state = Instance::Queued;
  queue.push_back(id);
}

void Solver::evaluate(InstanceId id) {
  Instance &instance = result.instances[id.index()];
  instance.state = Instance::Running;
  ++instance.evaluations;
  instance.edges.clear();
  instance.events.clear();
  instance.handovers.clear();
  instance.losses.clear();
  instance.twinCalls.clear();
  instance.idleTimers.clear();
  ++depth;
  bool isUnknown = result[instance.context].thread == ThreadKind::Unknown;
  bool wasUnknown = std::exchange(isCallerUnknown, isUnknown);
  Outcome outcome = interpret(*this, id);
  isCallerUnknown = wasUnknown;
  --depth;
  // A running instance that was asked for again has been queued meanwhile.
  if (instance.state == Instance::Running)
    instance.state = Instance::Idle;
  if (outcome == instance.outcome)
    return;
  noteAnswer(facts(result.frameOf(instance).function), outcome);
  instance.outcome = std::move(outcome);
  for (InstanceId dependent : instance.dependents)
    enqueue(dependent);
}

void Solver::drain() {
  while (!queue.empty()) {
    InstanceId next = queue.front();
    queue.pop_front();
    Instance &instance = result.instances[next.index()];
    if (instance.state != Instance::Queued)
      continue;
    evaluate(next);
  }
}

/// Runs the root that was enqueued last. In C++, where such roots are most of a
/// program, what has to run again waits until all have run once: most of what
/// it waits for would make it run once more.
void Solver::runUnreached(Language language) {
  if (language != Language::Cpp)
    return drain();
  if (queue.empty() || result.instances[queue.back().index()].evaluations)
    return;
  InstanceId newest = queue.back();
  queue.pop_back();
  evaluate(newest);
}

SetId Solver::read(CellId id, InstanceId reader) {
  Cell &cell = heap[id];
  if (cell.readers.empty() || cell.readers.back() != reader)
    cell.readers.push_back(reader);
  return cell.value;
}

/// Each object of a class of the program becomes the class's generic one,
/// which has in its fields what any of them has.
SetId Solver::withClassesOnly(SetId value) {
  llvm::SmallVector<AtomId, 8> members(atoms.members(value));
  for (AtomId &id : members) {
    if (atoms[id].kind != AtomKind::Object)
      continue;
    AtomId type = heap[ObjectId(atoms[id].a)].type;
    if (type && atoms[type].kind == AtomKind::Class)
      id = atoms.atom(
          {.kind = AtomKind::Object, .a = heap.genericObject(type).index()});
  }
  return atoms.set(std::move(members));
}

void Solver::write(CellId id, SetId value) {
  if (heap[id].hasClassesOnly)
    value = withClassesOnly(value);
  SetId joined = atoms.join(heap[id].value, value);
  if (joined != heap[id].value)
    joined = atoms.widened(joined);
  if (joined == heap[id].value)
    return;
  // A full set would tell nothing of any of them.
  if (atoms.members(joined).size() > mostMembersApart &&
      !heap[id].hasClassesOnly) {
    SetId general = withClassesOnly(joined);
    if (atoms.members(general).size() < atoms.members(joined).size()) {
      heap[id].hasClassesOnly = true;
      joined = general;
    }
  }
  Cell &cell = heap[id];
  cell.value = joined;
  for (InstanceId reader : cell.readers)
    enqueue(reader);
}

CellId Solver::capturedCell(FrameId frame, std::uint32_t variable) {
  auto [entry, inserted] =
      result.frames[frame.index()].cells.try_emplace(variable);
  if (inserted)
    entry->second = heap.newCell();
  return entry->second;
}

CellId Solver::subclasses(AtomId classAtom) {
  auto [entry, inserted] = subclassCells.try_emplace(classAtom.index());
  if (inserted)
    entry->second = heap.newCell();
  return entry->second;
}

Contexts Solver::solve() && {
  addRoots();
  drain();
  addConsoleScripts();
  addFrameworkRoots();
  drain();
  addUnreachedFunctions();
  drain();
  addUnreachedCoroutines();
  drain();
  addRepeatedRuns();
  findOlderCode();
  findPaths();
  sortEvents();
  keepBases();
  return std::move(result);
}

Contexts looplint::inferContexts(const Program &program, const ModelSet &models,
                                 const ContextOptions &options) {
  return Solver(program, models, options).solve();
}
