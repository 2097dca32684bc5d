//===- SyncWrapperJob.cpp - LOOP301 ---------------------------------------===//
//
// A library that takes coroutine functions is given a plain function which does
// nothing but drive a coroutine. It then runs on a thread without a loop, or
// blocks the loop, for no gain.
//
// In C++ what takes coroutines is another function than what takes callables,
// and a job mostly gets to its loop as a callable of no particular type. So the
// mistake is where such a function becomes one, if a loop ever calls it.
//
//===----------------------------------------------------------------------===//

#include "Wrappers.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;
using namespace looplint::rules;

/// Functions that, in some instance, only drive a coroutine; whether they run a
/// loop for that.
static llvm::DenseMap<std::uint32_t, bool>
findWrappers(const RuleInput &input) {
  llvm::DenseMap<std::uint32_t, bool> wrappers;
  for (const Instance &instance : input.contexts.instances)
    if (instance.shape.isWrapper())
      wrappers[input.contexts.frameOf(instance).function.index()] |=
          instance.shape.runsLoop;
  return wrappers;
}

static bool isCalledOnLoop(const Handover &handover) {
  return handover.effect->kind == EffectKind::Invokes &&
         handover.effect->accepts == Accepts::Sync &&
         handover.effect->on == Place::Loop && isCppName(handover.api->name);
}

/// Functions of C++ that hold up the loop that calls them while they run one of
/// their own for a coroutine.
static llvm::DenseSet<std::uint32_t>
findPrivateRunners(const RuleInput &input,
                   const llvm::DenseMap<std::uint32_t, bool> &wrappers) {
  llvm::DenseSet<std::uint32_t> found;
  forEachHandover(input, [&](InstanceId, const Handover &handover) {
    FunctionKey job = functionBehind(input, handover.value);
    if (job && isCalledOnLoop(handover) && wrappers.lookup(job.index()))
      found.insert(job.index());
  });
  return found;
}

/// The wrapper is given away at \p at.
static Finding report(const RuleInput &input, InstanceId instance,
                      const Handover &handover, Location at,
                      std::string message) {
  FunctionKey job = functionBehind(input, handover.value);
  std::string name = displayName(input, handover.value);
  Location body{input.program.fileOf(job),
                input.program.function(job).nameSpan};
  return {.code = 301,
          .severity = Severity::Warning,
          .confidence = handover.confidence,
          .message = std::move(message),
          .at = at,
          .context = describe(input.contexts[handover.context]),
          .witness = {{body, llvm::formatv("{0} does nothing else", name)},
                      {at, llvm::formatv("{0} is handed over here", name)}},
          .subject = subjectOf(instance, handover)};
}

static void findPrivateRuns(const RuleInput &input,
                            const llvm::DenseMap<std::uint32_t, bool> &wrappers,
                            Findings &findings) {
  llvm::DenseSet<std::uint32_t> runners = findPrivateRunners(input, wrappers);
  if (runners.empty())
    return;
  llvm::DenseSet<std::uint32_t> wrapped = functionsInWrappers(input);
  forEachHandover(input, [&](InstanceId instance, const Handover &handover) {
    FunctionKey job = functionBehind(input, handover.value);
    bool isPlace =
        job && (wrapped.contains(job.index()) ? isWrapping(handover)
                                              : isCalledOnLoop(handover));
    if (!isPlace || !runners.contains(job.index()))
      return;
    Location at = giverOf(input, instance, handover);
    findings.push_back(report(
        input, instance, handover, at,
        llvm::formatv(
            "{0} only drives a coroutine, on a loop of its own, and the "
            "loop that calls it stands still meanwhile; that loop can run "
            "the coroutine itself",
            displayName(input, handover.value))));
  });
}

Findings rules::checkSyncWrapperJob(const RuleInput &input) {
  Findings findings;
  llvm::DenseMap<std::uint32_t, bool> wrappers = findWrappers(input);
  findPrivateRuns(input, wrappers, findings);
  forEachHandover(input, [&](InstanceId instance, const Handover &handover) {
    Accepts accepts = handover.effect->accepts;
    if (accepts != Accepts::Both && accepts != Accepts::CoroutineFunction)
      return;
    // A framework that runs every request on a loop of its own gains
    // nothing from a coroutine function.
    Place on = handover.effect->on;
    if (on == Place::FreshLoop || on == Place::WorkerFreshLoop)
      return;
    FunctionKey job = functionBehind(input, handover.value);
    auto wrapper = wrappers.find(job ? job.index() : 0);
    if (!job || handover.hook || input.program.function(job).isAsync ||
        wrapper == wrappers.end())
      return;
    // What the library calls on the loop may as well make the task itself.
    // So may what is pinned there.
    bool isPinned = handover.effect->syncOn != Place::Unspecified &&
                    handover.place == Place::Loop;
    bool isOnLoop = handover.effect->syncOn == Place::Loop || isPinned;
    if (isOnLoop && !wrapper->second)
      return;
    Location at = placeOf(input, handover);
    findings.push_back(report(
        input, instance, handover, at,
        llvm::formatv("{0} only drives a coroutine; `{1}` takes the coroutine "
                      "function itself",
                      displayName(input, handover.value),
                      displayName(*handover.api))));
  });
  return findings;
}
