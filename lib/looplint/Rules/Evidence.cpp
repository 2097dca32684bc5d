//===- Evidence.cpp - what rules share ------------------------------------===//

#include "Evidence.h"

#include "looplint/Program/Awaited.h"
#include "looplint/Program/DeclaredType.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

void rules::forEachEvent(
    const RuleInput &input, EffectKind kind,
    llvm::function_ref<void(InstanceId, const Event &)> visit) {
  const Contexts &contexts = input.contexts;
  for (EventPlace place : contexts.eventsOfKind[static_cast<std::size_t>(kind)])
    visit(place.instance, contexts[place.instance].events[place.event]);
}

void rules::forEachHandover(
    const RuleInput &input,
    llvm::function_ref<void(InstanceId, const Handover &)> visit) {
  const Contexts &contexts = input.contexts;
  for (InstanceId id : contexts.handingOver)
    for (const Handover &handover : contexts[id].handovers)
      if (handledOnTheWay(input, id, handover.handled) < Handled::ByName)
        visit(id, handover);
}

bool rules::isAwaitedAtOnce(const RuleInput &input, OperationKey call) {
  const Program &program = input.program;
  return looplint::isAwaitedAtOnce(
      program.summary(program.fileOf(call)),
      program.function(functionAround(input, call)),
      program.local(call).index());
}

bool rules::isAwaited(const RuleInput &input, OperationKey call) {
  const Program &program = input.program;
  return looplint::isAwaited(program.summary(program.fileOf(call)),
                             program.function(functionAround(input, call)),
                             program.local(call).index());
}

std::uint32_t rules::startOfWith(const Summary &summary, std::uint32_t end) {
  unsigned open = 0;
  for (std::uint32_t i = end; i-- > 0;) {
    if (summary.operations[i].kind == OperationKind::EndWith)
      ++open;
    if (summary.operations[i].kind == OperationKind::With && open-- == 0)
      return i;
  }
  return end;
}

Location rules::placeOf(const RuleInput &input, OperationKey at) {
  const Program &program = input.program;
  FileId file = program.fileOf(at);
  const Operation &operation = program.operation(at);
  if (operation.kind == OperationKind::EndWith) {
    const Summary &summary = program.summary(file);
    std::uint32_t start = startOfWith(summary, program.local(at).index());
    return {file, summary.operations[start].inner};
  }
  if (operation.kind != OperationKind::Call || !operation.isDecorator)
    return {file, operation.span};
  const Summary &summary = program.summary(file);
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(operation);
  if (arguments.empty())
    return {file, operation.span};
  // Through the decorators below this one, down to the definition.
  ValueId decorated = arguments.front().value;
  for (unsigned i = 0; i < 16; ++i) {
    const Value &value = summary.value(decorated);
    if (value.kind == ValueKind::Function)
      return {file, summary.function(FunctionId(value.a)).nameSpan};
    if (value.kind == ValueKind::Class)
      return {file, summary.classOf(ClassId(value.a)).nameSpan};
    if (value.kind != ValueKind::Result)
      break;
    llvm::ArrayRef<Argument> below =
        summary.argumentsOf(summary.operation(OperationId(value.a)));
    if (below.empty())
      break;
    decorated = below.front().value;
  }
  return {file, operation.span};
}

Location rules::placeOf(const RuleInput &input, const Handover &handover) {
  if (!handover.hook)
    return placeOf(input, handover.at);
  return {input.program.fileOf(handover.hook),
          input.program.function(handover.hook).nameSpan};
}

bool rules::isAtTopLevel(const RuleInput &input, InstanceId instance) {
  return input.program.function(input.contexts.functionOf(instance)).kind ==
         FunctionKind::Module;
}

bool rules::isOfPython(const Event &event) {
  return !isCppName(event.api->name);
}

/// A function of a module keeps its whole name; a method, which starts with its
/// class's qualified name, is called by the class's and its own. In C++ all are
/// written out.
std::string rules::displayName(const ApiFunction &api) {
  llvm::StringRef name = api.name;
  auto [owner, last] = name.rsplit('.');
  if (isCppName(name))
    return looplint::spelled(last == "__call__" ? owner : name);
  llvm::StringRef type = owner.rsplit('.').second;
  bool isMethod = !type.empty() && last != owner && (type.front() >= 'A') &&
                  (type.front() <= 'Z');
  if (!isMethod)
    return name.str();
  if (last == "__call__")
    return type.str();
  return llvm::formatv("{0}.{1}", type, last);
}

std::string rules::displayName(const RuleInput &input, AtomId callable) {
  const Atoms &atoms = input.contexts.atoms;
  FunctionKey function = functionBehind(input, callable);
  if (!function) {
    const Atom &atom = atoms[callable];
    if (atom.kind == AtomKind::ApiFunction || atom.kind == AtomKind::ApiMethod)
      return "`" + displayName(atoms.apiFunction(atom)) + "`";
    return "the callable";
  }
  if (input.program.function(function).kind == FunctionKind::Lambda)
    return "a lambda";
  return llvm::formatv("`{0}`", input.program.spelledName(function));
}

FunctionKey rules::functionBehind(const RuleInput &input, AtomId callable) {
  const Atoms &atoms = input.contexts.atoms;
  for (unsigned i = 0; i < 8; ++i) {
    const Atom &atom = atoms[callable];
    if (atom.kind == AtomKind::Function)
      return FunctionKey(atom.a);
    bool isWrapper = atom.kind == AtomKind::Method ||
                     atom.kind == AtomKind::Partial ||
                     atom.kind == AtomKind::Coroutine;
    if (!isWrapper)
      break;
    callable = AtomId(atom.a);
  }
  return FunctionKey();
}

FunctionKey rules::functionAround(const RuleInput &input, OperationKey at) {
  FileId file = input.program.fileOf(at);
  std::uint32_t index = input.program.local(at).index();
  const Summary &summary = input.program.summary(file);
  for (std::uint32_t i = 0; i < summary.functions.size(); ++i) {
    IndexRange operations = summary.functions[i].operations;
    if (index >= operations.begin && index < operations.end)
      return input.program.key(file, FunctionId(i));
  }
  return input.program.module(file);
}

llvm::SmallVector<InstanceId, 16> rules::wayTo(const Contexts &contexts,
                                               InstanceId instance) {
  llvm::SmallVector<InstanceId, 16> way;
  llvm::SmallDenseSet<std::uint32_t, 16> seen;
  for (InstanceId at = instance; at && seen.insert(at.index()).second;
       at = contexts.paths[at.index()].from)
    way.push_back(at);
  return way;
}

/// The last edge towards \p instance, if its start is on the same stack.
static const Edge *callerOnStack(const Contexts &contexts,
                                 InstanceId instance) {
  PathStep step = contexts.paths[instance.index()];
  if (!step.from)
    return nullptr;
  const Edge &edge = contexts[step.from].edges[step.edge];
  bool isOnStack =
      edge.kind == EdgeKind::Call || edge.kind == EdgeKind::Awaits ||
      edge.kind == EdgeKind::Invokes || edge.kind == EdgeKind::Imports ||
      edge.kind == EdgeKind::Drives;
  // A library's thread calls what it was given on a stack of its own.
  bool isOtherThread = contexts[contexts[instance].context].isWorker() !=
                       contexts[contexts[step.from].context].isWorker();
  return isOnStack && !isOtherThread ? &edge : nullptr;
}

Handled rules::handledOnTheWay(const RuleInput &input, InstanceId instance,
                               Handled here) {
  const Contexts &contexts = input.contexts;
  Handled handled = here;
  for (InstanceId at = instance;;) {
    const Edge *edge = callerOnStack(contexts, at);
    if (!edge)
      return handled;
    handled = std::max(handled, edge->handled);
    at = contexts.paths[at.index()].from;
  }
}

/// Whether a method does, in place of the library's own of that name, what that
/// one does: who calls it tests as if it were that.
static bool isOverride(const RuleInput &input, InstanceId instance,
                       const Event &event) {
  FunctionKey key = input.contexts.functionOf(instance);
  const Function &function = input.program.function(key);
  const Summary &summary = input.program.summary(input.program.fileOf(key));
  return function.classOfMethod &&
         llvm::StringRef(event.api->name).rsplit('.').second ==
             summary.string(function.name);
}

/// A test of whether a loop runs stands close to what needs it; more calls
/// above than this, it is about other things. Who runs a loop of his own tests
/// beside that.
static unsigned furthestGuard(const RuleInput &input, InstanceId instance,
                              const Event &event) {
  if (event.effect->kind == EffectKind::CurrentLoop)
    return 2;
  return isOverride(input, instance, event) ? 1 : 0;
}

bool rules::isGuardedOnTheWay(const RuleInput &input, InstanceId instance,
                              const Event &event) {
  const Contexts &contexts = input.contexts;
  // A coroutine's body runs on a loop whatever its object's state may be.
  auto isCertain = [&](InstanceId at) {
    return input.program.function(contexts.functionOf(at)).isAsync;
  };
  if (event.isGuarded && !isCertain(instance))
    return true;
  InstanceId at = instance;
  unsigned furthest = furthestGuard(input, instance, event);
  for (unsigned i = 0; i < furthest && !isCertain(at); ++i) {
    const Edge *edge = callerOnStack(contexts, at);
    if (!edge)
      return false;
    at = contexts.paths[at.index()].from;
    if (edge->isGuarded && !isCertain(at))
      return true;
  }
  return false;
}

/// Whether the stack that leads to \p instance starts in a test.
static bool startsInTest(const Contexts &contexts, InstanceId instance) {
  InstanceId at = instance;
  while (callerOnStack(contexts, at))
    at = contexts.paths[at.index()].from;
  const Instance &start = contexts[at];
  if (start.root != RootKind::None)
    return start.entry && start.entry->isTest;
  PathStep step = contexts.paths[at.index()];
  return step.from && contexts[step.from].edges[step.edge].isTest;
}

bool rules::isSeenByTest(const RuleInput &input, InstanceId instance,
                         const Event &event) {
  return startsInTest(input.contexts, instance) &&
         handledOnTheWay(input, instance, event.handled) == Handled::No;
}

bool rules::isOnlyTested(const RuleInput &input, InstanceId instance) {
  return !input.contexts.isReachedWithoutTests[instance.index()];
}

bool rules::isAloneOnLoop(const RuleInput &input, InstanceId instance) {
  return !input.contexts.isReachedBesideOthers[instance.index()];
}

bool rules::mayHaveOwnPolicy(const RuleInput &input, InstanceId instance,
                             const Event &event) {
  const Contexts &contexts = input.contexts;
  if (event.effect->needsRunning)
    return false;
  auto fileOf = [&](InstanceId at) {
    return input.program.fileOf(contexts.functionOf(at));
  };
  for (EventPlace place :
       contexts.eventsOfKind[static_cast<std::size_t>(EffectKind::SetPolicy)]) {
    InstanceId owner = place.instance;
    if (!startsInTest(contexts, owner))
      return true;
    for (InstanceId at = instance; at; at = contexts.paths[at.index()].from)
      if (fileOf(at) == fileOf(owner))
        return true;
  }
  return false;
}

/// Whether the event raises, on every version, only because a loop runs or none
/// does.
static bool raisesForLoopState(const RuleInput &input, const Event &event) {
  const ExecutionContext &context = input.contexts[event.context];
  if (event.effect->kind == EffectKind::RunLoop)
    return event.effect->reentry == Reentry::Raises;
  return event.effect->kind == EffectKind::CurrentLoop &&
         (event.effect->needsRunning || !context.isOnMain() ||
          context.current == Current::Cleared);
}

/// Whether the event is wrong only because a loop runs, or none does.
static bool dependsOnLoopState(const Event &event) {
  return event.effect->kind == EffectKind::CurrentLoop ||
         event.effect->kind == EffectKind::RunLoop ||
         event.effect->kind == EffectKind::WaitsFor;
}

/// What C++ calls by its name in Python may get the name from its caller; then
/// that call is the one to speak of. Moves \p instance to the caller.
static Location placeNaming(const RuleInput &input, InstanceId &instance,
                            const Event &event) {
  const Contexts &contexts = input.contexts;
  OperationKey at = event.at;
  for (unsigned i = 0; i < 8; ++i) {
    FileId file = input.program.fileOf(at);
    const Summary &summary = input.program.summary(file);
    const Operation &call = input.program.operation(at);
    PathStep step = contexts.paths[instance.index()];
    if (summary.language != Language::Cpp || isCppName(event.api->name) ||
        call.kind != OperationKind::Call || !step.from)
      break;
    llvm::ArrayRef<SetId> given =
        contexts.atoms[contexts.frameOf(contexts[instance]).arguments];
    auto isNameFromCaller = [&](const Argument &argument) {
      const Value &value = behindType(summary, argument.value);
      return value.kind == ValueKind::Local && value.a < given.size() &&
             llvm::any_of(
                 contexts.atoms.members(given[value.a]),
                 [&](AtomId id) {
                   return contexts.atoms[id].kind == AtomKind::String;
                 });
    };
    const Edge &edge = contexts[step.from].edges[step.edge];
    if (edge.kind != EdgeKind::Call ||
        llvm::none_of(summary.argumentsOf(call), isNameFromCaller))
      break;
    at = edge.at;
    instance = step.from;
  }
  return rules::placeOf(input, at);
}

Finding rules::makeFinding(const RuleInput &input, std::uint16_t code,
                           InstanceId instance, const Event &event,
                           std::string message, std::string lastStep) {
  Finding finding;
  finding.code = code;
  for (const RuleInfo &rule : allRules())
    if (rule.code == code)
      finding.severity = rule.severity;
  InstanceId named = instance;
  finding.at = placeNaming(input, named, event);
  finding.subject = {.operation = event.at,
                     .instance = instance,
                     .context = event.context,
                     .api = event.api,
                     .effect = event.effect};
  finding.message = std::move(message);
  finding.context = describe(input.contexts[event.context]);
  finding.confidence = event.confidence;
  finding.witness = witness(input.contexts, named, finding.confidence);
  if (dependsOnLoopState(event) && isGuardedOnTheWay(input, instance, event))
    finding.confidence = Confidence::Possible;
  if (raisesForLoopState(input, event) && isSeenByTest(input, instance, event))
    finding.confidence = Confidence::Possible;
  bool holdsUpOthers = event.effect->kind == EffectKind::Blocks ||
                       event.effect->kind == EffectKind::Locks;
  if (holdsUpOthers &&
      (isAloneOnLoop(input, instance) || isDrivenByHand(input, instance)))
    finding.confidence = Confidence::Possible;
  if (!lastStep.empty())
    finding.witness.push_back({finding.at, std::move(lastStep)});
  return finding;
}

FindingSubject rules::subjectOf(InstanceId instance, const Handover &handover) {
  return {.operation = handover.at,
          .instance = instance,
          .context = handover.context,
          .api = handover.api,
          .effect = handover.effect,
          .value = handover.value};
}

std::string rules::spelled(Version version) {
  return llvm::formatv("{0}.{1}", version / 100, version % 100);
}
