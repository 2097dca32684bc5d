//===- CoroutineFunctionToSyncRunner.cpp - LOOP303 ------------------------===//
//
// What calls a coroutine function and ignores the result has done nothing: the
// body never runs.
//
// In C++ the mistake is made where a coroutine function becomes a callable that
// returns nothing, or is given to who makes it one. Whoever calls it in the end
// (a pool, an event bus) knows nothing of coroutines, and has no report.
//
//===----------------------------------------------------------------------===//

#include "Wrappers.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

/// Lambdas that return a coroutine object.
static llvm::DenseMap<std::uint32_t, bool>
findCoroutineLambdas(const RuleInput &input) {
  const Contexts &contexts = input.contexts;
  llvm::DenseMap<std::uint32_t, bool> found;
  for (const Instance &instance : contexts.instances) {
    FunctionKey function = contexts.frameOf(instance).function;
    bool returnsCoroutine =
        input.program.function(function).kind == FunctionKind::Lambda &&
        instance.outcome.value != contexts.atoms.emptySet() &&
        llvm::all_of(contexts.atoms.members(instance.outcome.value),
                     [&](AtomId id) {
                       return contexts.atoms[id].kind == AtomKind::Coroutine;
                     });
    if (returnsCoroutine)
      found[function.index()] = true;
  }
  return found;
}

static bool isCoroutineFunction(const RuleInput &input, AtomId callable) {
  FunctionKey function = rules::functionBehind(input, callable);
  if (function) {
    const Function &definition = input.program.function(function);
    return definition.isAsync && !definition.isGenerator;
  }
  const Atom &atom = input.contexts.atoms[callable];
  return (atom.kind == AtomKind::ApiFunction ||
          atom.kind == AtomKind::ApiMethod) &&
         input.contexts.atoms.apiFunction(atom).isCoroutine;
}

/// The callable's place among the arguments of the frame's function.
static std::optional<std::size_t> positionIn(const Contexts &contexts,
                                             InstanceId id, AtomId callable) {
  llvm::ArrayRef<SetId> arguments =
      contexts.atoms[contexts.frameOf(contexts[id]).arguments];
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (llvm::is_contained(contexts.atoms.members(arguments[i]), callable))
      return i;
  return std::nullopt;
}

/// Whether the first parameter is the object that a method is called on.
static bool hasReceiver(const Program &program, FunctionKey function) {
  const Summary &summary = program.summary(program.fileOf(function));
  llvm::ArrayRef<Parameter> parameters =
      summary.parametersOf(program.function(function));
  return !parameters.empty() &&
         summary.string(parameters.front().name) == language::receiver;
}

Location rules::giverOf(const RuleInput &input, InstanceId instance,
                        const Handover &handover) {
  const Program &program = input.program;
  const Contexts &contexts = input.contexts;
  Location at = placeOf(input, handover);
  auto isOfCpp = [&](InstanceId id) {
    return program.summary(program.fileOf(contexts.functionOf(id))).language ==
           Language::Cpp;
  };
  for (unsigned i = 0; i < 16 && isOfCpp(instance); ++i) {
    PathStep step = contexts.paths[instance.index()];
    std::optional<std::size_t> position =
        positionIn(contexts, instance, handover.value);
    if (!position || !step.from)
      return at;
    const Edge &edge = contexts[step.from].edges[step.edge];
    const Operation &call = program.operation(edge.at);
    if (edge.kind != EdgeKind::Call || call.kind != OperationKind::Call)
      return at;
    FileId file = program.fileOf(edge.at);
    llvm::ArrayRef<Argument> arguments =
        program.summary(file).argumentsOf(call);
    bool isMethod = hasReceiver(program, contexts.functionOf(instance));
    std::size_t written = *position - (isMethod && *position > 0);
    at = {file,
          written < arguments.size() ? arguments[written].span : call.span};
    instance = step.from;
  }
  return at;
}

/// What keeps a callable calls it itself, later.
bool rules::isWrapping(const Handover &handover) {
  return handover.effect->kind == EffectKind::Invokes &&
         handover.effect->on == Place::Unspecified &&
         !handover.api->find(EffectKind::Keeps);
}

llvm::DenseSet<std::uint32_t>
rules::functionsInWrappers(const RuleInput &input) {
  llvm::DenseSet<std::uint32_t> functions;
  forEachHandover(input, [&](InstanceId, const Handover &handover) {
    FunctionKey function = functionBehind(input, handover.value);
    if (function && isWrapping(handover))
      functions.insert(function.index());
  });
  return functions;
}

Findings rules::checkCoroutineFunctionToSyncRunner(const RuleInput &input) {
  Findings findings;
  llvm::DenseMap<std::uint32_t, bool> lambdas = findCoroutineLambdas(input);
  llvm::DenseSet<std::uint32_t> wrapped = functionsInWrappers(input);
  forEachHandover(input, [&](InstanceId instance, const Handover &handover) {
    const Contexts &contexts = input.contexts;
    const Atoms &atoms = contexts.atoms;
    if (handover.effect->accepts != Accepts::Sync ||
        atoms[handover.value].kind == AtomKind::Coroutine)
      return;
    FunctionKey function = functionBehind(input, handover.value);
    bool wraps = isWrapping(handover);
    if (!wraps && function && wrapped.contains(function.index()))
      return;
    bool isLambda = function &&
                    !contexts.beginners.contains(function.index()) &&
                    lambdas.lookup(function.index());
    if (!isLambda && !isCoroutineFunction(input, handover.value))
      return;
    std::string name = displayName(input, handover.value);
    std::string api = displayName(*handover.api);
    Location at = giverOf(input, instance, handover);
    Confidence confidence = handover.confidence;
    std::vector<WitnessStep> steps =
        witness(input.contexts, instance, confidence);
    steps.push_back({at, llvm::formatv("{0} is handed over here", name)});
    findings.push_back(
        {.code = 303,
         .severity = Severity::Error,
         .confidence = confidence,
         .message = llvm::formatv(
             wraps
                 ? "{1} becomes a `{0}` that returns nothing: whoever calls it "
                   "drops the coroutine, whose body never runs"
             : isLambda
                 ? "`{0}` calls {1} and drops the coroutine it returns"
                 : "`{0}` calls the coroutine function {1} and drops the "
                   "coroutine",
             api, name),
         .at = at,
         .context = describe(input.contexts[handover.context]),
         .witness = std::move(steps),
         .subject = subjectOf(instance, handover)});
  });
  return findings;
}
