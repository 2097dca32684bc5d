//===- BlockingCallInLoop.cpp - LOOP601 -----------------------------------===//
//
// What blocks the thread of a running loop stops every task and callback of
// that loop. The finding stands at the blocking call, however many callers lead
// to it: there it is cured.
//
//===----------------------------------------------------------------------===//

#include "Blocking.h"
#include "NestedLoops.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

/// What to do instead.
static std::string cure(const Effect &effect) {
  if (!effect.twin.empty())
    return llvm::formatv("`{0}` does not", effect.twin);
  if (!effect.offload.empty())
    return llvm::formatv("it belongs on a worker thread (`{0}`)",
                         effect.offload);
  return "it belongs on a worker thread";
}

/// A loop of the program's own that is turned by hand runs what is there and
/// comes back; where it waits for more, the wait itself is reported.
static bool isTurn(const Effect &run) {
  return run.reentry == Reentry::Undefined && !run.forever;
}

Findings rules::checkBlockingCallInLoop(const RuleInput &input) {
  Findings findings;
  forEachBlockingCall(input, [&](InstanceId instance, const Event &event) {
    if (hasOwnTwin(event))
      return;
    std::string api = displayName(*event.api);
    findings.push_back(makeFinding(
        input, 601, instance, event,
        llvm::formatv("`{0}` {1}, and with it every other task; {2}", api,
                      describeStop(input, event), cure(*event.effect)),
        llvm::formatv("`{0}` blocks the thread that runs the loop", api)));
  });
  forEachEvent(
      input, EffectKind::RunLoop, [&](InstanceId instance, const Event &event) {
        if (input.contexts[event.context].running != Running::Yes ||
            event.effect->reentry == Reentry::Allowed ||
            isTurn(*event.effect) ||
            nestingOf(input, event) != Nesting::OtherLoop)
          return;
        std::string api = displayName(*event.api);
        findings.push_back(makeFinding(
            input, 601, instance, event,
            llvm::formatv("`{0}` runs another loop here, and the one that runs "
                          "already stands still until it ends",
                          api),
            llvm::formatv("`{0}` blocks the thread that runs the loop", api)));
      });
  return findings;
}
