//===- CurrentLoopInWorkerThread.cpp - LOOP101 ----------------------------===//
//
// The policy makes a loop for the main thread only. On any other thread the
// look-up raises unless somebody has set a loop there before.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

Findings rules::checkCurrentLoopInWorkerThread(const RuleInput &input) {
  Findings findings;
  forEachEvent(
      input, EffectKind::CurrentLoop,
      [&](InstanceId instance, const Event &event) {
        const ExecutionContext &context = input.contexts[event.context];
        bool hasNone = event.effect->needsRunning ||
                       context.current == Current::Unset ||
                       context.current == Current::Cleared;
        if (!context.isWorker() || context.running != Running::No || !hasNone)
          return;
        if (handledOnTheWay(input, instance, event.handled) != Handled::No ||
            mayHaveOwnPolicy(input, instance, event))
          return;
        std::string api = displayName(*event.api);
        findings.push_back(makeFinding(
            input, 101, instance, event,
            llvm::formatv("`{0}` on a worker thread that has no event loop {1}",
                          api,
                          isOfPython(event) ? "raises RuntimeError"
                                            : "finds none of that thread"),
            llvm::formatv("`{0}` asks for the thread's {1} loop", api,
                          event.effect->needsRunning ? "running" : "current")));
      });
  return findings;
}
