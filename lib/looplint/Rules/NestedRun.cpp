//===- NestedRun.cpp - LOOP201 --------------------------------------------===//
//
// A loop is run on a thread where one runs already: directly in a coroutine, or
// below any chain of calls that starts on the loop.
//
//===----------------------------------------------------------------------===//

#include "NestedLoops.h"
#include "ReentrantLoops.h"
#include "Threads.h"

#include "llvm/ADT/STLExtras.h"
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
  case Reentry::Nests:
    return ": other handlers run in the middle of this one";
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
        const Reentry reentry = event.effect->reentry;
        Nesting nesting = nestingOf(input, event);
        if (nesting == Nesting::OtherLoop)
          return;
        std::string api = displayName(*event.api);
        Finding finding = makeFinding(
            input, 201, instance, event,
            llvm::formatv("`{0}` runs a loop inside a running loop{1}", api,
                          consequence(reentry)),
            llvm::formatv("`{0}` is reached while that loop runs", api));
        if (reentry == Reentry::Nests)
          finding.severity = Severity::Warning;
        else if (nesting == Nesting::Unknown)
          finding.confidence = std::min(finding.confidence, Confidence::Likely);
        findings.push_back(std::move(finding));
      });
  return findings;
}
