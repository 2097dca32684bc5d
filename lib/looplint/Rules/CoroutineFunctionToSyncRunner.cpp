//===- CoroutineFunctionToSyncRunner.cpp - LOOP303 ------------------------===//
//
// What calls a coroutine function and ignores the result has done nothing: the
// body never runs.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"

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

Findings rules::checkCoroutineFunctionToSyncRunner(const RuleInput &input) {
  Findings findings;
  llvm::DenseMap<std::uint32_t, bool> lambdas = findCoroutineLambdas(input);
  forEachHandover(input, [&](InstanceId instance, const Handover &handover) {
    const Atoms &atoms = input.contexts.atoms;
    if (handover.effect->accepts != Accepts::Sync ||
        atoms[handover.value].kind == AtomKind::Coroutine)
      return;
    FunctionKey function = functionBehind(input, handover.value);
    bool isLambda = function && lambdas.lookup(function.index());
    if (!isLambda && !isCoroutineFunction(input, handover.value))
      return;
    std::string name = displayName(input, handover.value);
    std::string api = displayName(*handover.api);
    Location at = placeOf(input, handover);
    Confidence confidence = handover.confidence;
    std::vector<WitnessStep> steps =
        witness(input.contexts, instance, confidence);
    steps.push_back({at, llvm::formatv("{0} is handed over here", name)});
    findings.push_back(
        {.code = 303,
         .severity = Severity::Error,
         .confidence = confidence,
         .message = llvm::formatv(
             isLambda ? "`{0}` calls {1} and drops the coroutine it returns"
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
