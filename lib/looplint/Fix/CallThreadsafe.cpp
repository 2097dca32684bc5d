//===- CallThreadsafe.cpp - hand a call to the loop's own thread ----------===//
//
// `queue.put_nowait(x)` on a thread becomes
// `loop.call_soon_threadsafe(queue.put_nowait, x)`. What the thread calls the
// loop is looked for first, then added where the loop runs.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"
#include "LoopInSight.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

static const Event *eventOf(const Contexts &contexts,
                            const FindingSubject &subject) {
  if (!subject.instance)
    return nullptr;
  for (const Event &event : contexts[subject.instance].events)
    if (event.at == subject.operation && event.effect == subject.effect)
      return &event;
  return nullptr;
}

/// The loops under which the object is used, where the object itself has none.
static llvm::SmallVector<ObjectId, 2> loopsOf(const Contexts &contexts,
                                              const Event &event) {
  llvm::SmallVector<ObjectId, 2> loops;
  for (AtomId id : contexts.atoms.members(event.loops)) {
    const Atom &atom = contexts.atoms[id];
    if (atom.kind == AtomKind::Object && contexts.heap[ObjectId(atom.a)].isLoop)
      loops.push_back(ObjectId(atom.a));
  }
  if (!loops.empty())
    return loops;
  for (const Instance &instance : contexts.instances)
    for (const Event &use : instance.events)
      if (use.isUse && use.effect->kind == EffectKind::LoopBound &&
          use.receiver == event.receiver &&
          contexts[use.context].running == Running::Yes)
        loops.push_back(contexts[use.context].runningLoop);
  return loops;
}

static constexpr llvm::StringLiteral loopGetter = "get_loop";

/// The value is an object of a library whose objects tell their loop.
static bool hasLoopGetter(const Workbench &bench, AtomId value) {
  const Contexts &contexts = bench.input.contexts;
  if (!value || contexts.atoms[value].kind != AtomKind::Object)
    return false;
  const Atom &object = contexts.atoms[value];
  const Atom &type = contexts.atoms[contexts.heap[ObjectId(object.a)].type];
  if (type.kind != AtomKind::ApiType)
    return false;
  const ApiFunction *method =
      bench.input.models.method(contexts.atoms.apiType(type).name, loopGetter);
  return method && method->parameters.empty() &&
         method->returned.loop.kind == Reference::ReceiverField;
}

/// The object may be another one, which has no loop: a future of either kind.
static bool mayLackLoop(const Workbench &bench, const Event &event) {
  const Contexts &contexts = bench.input.contexts;
  const Summary &summary = bench.summaryOf(event.at);
  const Value &callee = summary.value(bench.operation(event.at).value);
  if (callee.kind != ValueKind::Attribute)
    return true;
  // What a caller passes may be anything; an attribute is what is stored there.
  bool isAttribute =
      summary.value(ValueId(callee.a)).kind == ValueKind::Attribute;
  FunctionKey function = bench.functionOf(event.at);
  for (const Instance &instance : contexts.instances) {
    if (contexts.frameOf(instance).function != function)
      continue;
    for (AtomId value : knownValues(bench, instance.frame, ValueId(callee.a))) {
      AtomKind kind = contexts.atoms[value].kind;
      bool isNothing =
          kind == AtomKind::None || (isAttribute && kind == AtomKind::Anything);
      if (!isNothing && !hasLoopGetter(bench, value))
        return true;
    }
  }
  return false;
}

/// `task.get_loop()`, where the library has such a method.
static std::string ownLoop(const Workbench &bench, const Event &event,
                           llvm::StringRef receiver) {
  if (!hasLoopGetter(bench, event.receiver) || mayLackLoop(bench, event))
    return "";
  return (receiver + "." + loopGetter + "()").str();
}

/// The place where the object is made keeps the loop that runs there.
static std::string loopWhereMade(Workbench &bench, Draft &draft,
                                 const Event &event, FunctionKey function) {
  const Contexts &contexts = bench.input.contexts;
  if (!event.receiver ||
      contexts.atoms[event.receiver].kind != AtomKind::Object)
    return "";
  const Atom &object = contexts.atoms[event.receiver];
  OperationKey site = contexts.heap[ObjectId(object.a)].site;
  if (!site ||
      bench.input.program.fileOf(site) != bench.input.program.fileOf(function))
    return "";
  FunctionKey maker = bench.functionOf(site);
  if (bench.function(function).classOfMethod &&
      bench.function(function).classOfMethod ==
          bench.function(maker).classOfMethod) {
    FileId file = bench.input.program.fileOf(maker);
    return keepInAttribute(bench, draft, function, maker,
                           draft.name(file, "asyncio", "get_running_loop") +
                               "()");
  }
  return keepInVariable(bench, draft, maker, function);
}

/// What is made under the one loop, and given the object, keeps the loop too;
/// or the thread's function is told it.
static std::string loopWhereGiven(Workbench &bench, Draft &draft,
                                  llvm::ArrayRef<ObjectId> loops,
                                  FunctionKey function) {
  FileId file = bench.input.program.fileOf(function);
  FunctionKey constructor = constructorOf(bench, function);
  if (constructor && runsUnder(bench, constructor, loops))
    return keepInAttribute(bench, draft, function, constructor,
                           draft.name(file, "asyncio", "get_running_loop") +
                               "()");
  return loopAsArgument(bench, draft, function, loops);
}

static std::string findLoop(Workbench &bench, Draft &draft,
                            const FindingSubject &subject,
                            llvm::StringRef receiver) {
  if (subject.effect->loop.kind != Reference::ReceiverField)
    return receiver.str();
  const Event *event = eventOf(bench.input.contexts, subject);
  if (!event)
    return "";
  std::string loop =
      loopInSight(bench, subject, loopsOf(bench.input.contexts, *event));
  if (loop.empty())
    loop = ownLoop(bench, *event, receiver);
  if (loop.empty())
    loop = loopWhereMade(bench, draft, *event,
                         bench.functionOf(subject.operation));
  if (loop.empty())
    loop = loopWhereGiven(bench, draft, loopsOf(bench.input.contexts, *event),
                          bench.functionOf(subject.operation));
  return loop;
}

void looplint::handToLoop(Workbench &bench, Draft &draft, OperationKey at,
                          const std::string &loop, llvm::StringRef twin) {
  Location call = bench.locationOf(at);
  auto [module, name] = twin.rsplit('.');
  const Location callee{call.file,
                        {call.span.begin, bench.operation(at).inner.end}};
  llvm::StringRef method = bench.calleeOf(at).rsplit('.').second;
  if (module != "loop") {
    // A function of a library that takes the coroutine and the loop.
    Location arguments = bench.argumentsOf(at);
    draft.replace(callee, draft.name(call.file, module, name));
    draft.insert(call.file, arguments.span.end, ", " + loop);
  } else if (name.starts_with(method)) {
    draft.replace(callee, loop + "." + name.str());
  } else {
    draft.passOn(at, loop + "." + name.str() + "(");
  }
}

std::optional<Fix> cures::callThreadsafe(Workbench &bench,
                                         const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  if (!subject.effect || !subject.api || subject.effect->twin.empty())
    return std::nullopt;
  if (bench.operation(subject.operation).kind != OperationKind::Call)
    return std::nullopt;
  auto [receiver, method] = bench.calleeOf(subject.operation).rsplit('.');
  // What a thread is given to call (`Thread(target=task.cancel)`) is not
  // called here.
  bool isCalledHere =
      llvm::StringRef(subject.api->name).rsplit('.').second == method;
  if (method.empty() || !isCalledHere ||
      bench.passesKeywords(subject.operation))
    return std::nullopt;
  Draft draft(bench);
  std::string loop = findLoop(bench, draft, subject, receiver);
  if (loop.empty())
    return std::nullopt;

  handToLoop(bench, draft, subject.operation, loop, subject.effect->twin);
  llvm::StringRef name =
      llvm::StringRef(subject.effect->twin).rsplit('.').second;
  return draft.finish(Applicability::Unsafe,
                      ("hand the call to the loop by `" + name + "`").str());
}
