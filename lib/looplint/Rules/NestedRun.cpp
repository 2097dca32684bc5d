//===- NestedRun.cpp - LOOP201 --------------------------------------------===//
//
// A loop is run on a thread where one runs already: directly in a coroutine, or
// below any chain of calls that starts on the loop.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"
#include "ReentrantLoops.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

static std::string consequence(Reentry reentry) {
  switch (reentry) {
  case Reentry::Raises:
    return ", which raises RuntimeError";
  case Reentry::Hangs:
    return ", which hangs";
  case Reentry::Aborts:
    return ", which aborts the program";
  case Reentry::ReturnsError:
    return ", which returns an error";
  case Reentry::Undefined:
    return ", which is undefined behaviour";
  case Reentry::Allowed:
    return "";
  }
  return "";
}

Findings rules::checkNestedRun(const RuleInput &input) {
  Findings findings;
  const ReentrantLoops reentrant(input);
  forEachEvent(
      input, EffectKind::RunLoop, [&](InstanceId instance, const Event &event) {
        const ExecutionContext &context = input.contexts[event.context];
        if (context.running != Running::Yes ||
            event.effect->reentry == Reentry::Allowed ||
            reentrant.holdFor(instance))
          return;
        // A bridge that tries, and does something else where that raises.
        if (handledOnTheWay(input, instance, event.handled) >= Handled::ByName)
          return;
        std::string api = displayName(*event.api);
        findings.push_back(makeFinding(
            input, 201, instance, event,
            llvm::formatv("`{0}` runs a loop inside a running loop{1}", api,
                          consequence(event.effect->reentry)),
            llvm::formatv("`{0}` is reached while that loop runs", api)));
      });
  return findings;
}
