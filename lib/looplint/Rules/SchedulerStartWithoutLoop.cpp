//===- SchedulerStartWithoutLoop.cpp - LOOP304 ----------------------------===//
//
// A scheduler's timers belong to a loop. Nothing runs them if that loop is
// never run afterwards, or ends before the first one is due.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

static Finding report(const RuleInput &input, InstanceId instance,
                      const ArmedTimer &timer) {
  Confidence confidence = Confidence::Definite;
  std::vector<WitnessStep> steps =
      witness(input.contexts, instance, confidence);
  Location at = rules::placeOf(input, timer.at);
  std::string api = rules::displayName(*timer.api);
  steps.push_back(
      {at, llvm::formatv("no loop runs the timers of `{0}` after this", api)});
  return {.code = 304,
          .severity = Severity::Error,
          .confidence = confidence,
          .message = llvm::formatv("the scheduler is started on a loop that "
                                   "does not run afterwards: no job of `{0}` "
                                   "ever runs",
                                   api),
          .at = at,
          .context = describe(input.contexts[input.contexts[instance].context]),
          .witness = std::move(steps),
          .subject = {
              .operation = timer.at, .instance = instance, .api = timer.api}};
}

Findings rules::checkSchedulerStartWithoutLoop(const RuleInput &input) {
  Findings findings;
  const Contexts &contexts = input.contexts;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    const Instance &instance = contexts.instances[i];
    if (!contexts.isReached[i])
      continue;
    for (const ArmedTimer &timer : instance.idleTimers)
      findings.push_back(report(input, InstanceId(i), timer));
    if (instance.root == RootKind::Script)
      for (const ArmedTimer &timer : instance.outcome.armed)
        findings.push_back(report(input, InstanceId(i), timer));
  }
  return findings;
}
