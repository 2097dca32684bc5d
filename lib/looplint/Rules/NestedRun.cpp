//===- NestedRun.cpp - LOOP201 --------------------------------------------===//
//
// A loop is run on a thread where one runs already: directly in a coroutine, or
// below any chain of calls that starts on the loop.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"
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

/// Where another loop may be run, it only blocks this one: no business of ours.
/// Which loop it is may be open.
static bool isOtherLoop(const RuleInput &input, const Event &event,
                        bool &isSameForSure) {
  ObjectId running = input.contexts[event.context].runningLoop;
  llvm::SmallVector<ObjectId, 2> loops =
      rules::certainLoops(input, event.loops);
  auto isMade = [&](ObjectId loop) {
    return loop == ObjectId(Heap::mainLoop) || input.contexts.heap[loop].site;
  };
  isSameForSure = loops.size() == 1 && loops.front() == running &&
                  running != ObjectId(Heap::anyLoop) && isMade(running);
  bool isKnown = !loops.empty() && running != ObjectId(Heap::anyLoop) &&
                 isMade(running) && llvm::all_of(loops, isMade);
  return isKnown && !llvm::is_contained(loops, running);
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
        bool isSameForSure = true;
        if (reentry != Reentry::Raises &&
            isOtherLoop(input, event, isSameForSure))
          return;
        std::string api = displayName(*event.api);
        Finding finding = makeFinding(
            input, 201, instance, event,
            llvm::formatv("`{0}` runs a loop inside a running loop{1}", api,
                          consequence(reentry)),
            llvm::formatv("`{0}` is reached while that loop runs", api));
        if (reentry == Reentry::Nests)
          finding.severity = Severity::Warning;
        else if (!isSameForSure)
          finding.confidence = std::min(finding.confidence, Confidence::Likely);
        findings.push_back(std::move(finding));
      });
  return findings;
}
