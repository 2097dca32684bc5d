//===- SyncWrapperJob.cpp - LOOP301 ---------------------------------------===//
//
// A library that takes coroutine functions is given a plain function which does
// nothing but drive a coroutine. It then runs on a thread without a loop, or
// blocks the loop, for no gain.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

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

Findings rules::checkSyncWrapperJob(const RuleInput &input) {
  Findings findings;
  llvm::DenseMap<std::uint32_t, bool> wrappers = findWrappers(input);
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
    if (handover.effect->syncOn == Place::Loop && !wrapper->second)
      return;
    Location at = placeOf(input, handover);
    std::string name = displayName(input, handover.value);
    Location body{input.program.fileOf(job),
                  input.program.function(job).nameSpan};
    findings.push_back(
        {.code = 301,
         .severity = Severity::Warning,
         .confidence = handover.confidence,
         .message = llvm::formatv(
             "{0} only drives a coroutine; `{1}` takes the coroutine "
             "function itself",
             name, displayName(*handover.api)),
         .at = at,
         .context = describe(input.contexts[handover.context]),
         .witness = {{body, llvm::formatv("{0} does nothing else", name)},
                     {at, llvm::formatv("{0} is handed over here", name)}},
         .subject = subjectOf(instance, handover)});
  });
  return findings;
}
