//===- SelfDeadlockWait.cpp - LOOP203 -------------------------------------===//
//
// The thread that runs a loop waits for work that only this loop can do. It is
// proved only where both are the same loop for sure. A pool does the same to
// itself when its last thread waits.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

/// Whether one of the loops that the wait needs is the one running here. Of the
/// futures of C++, which places make for many loops, each has to be of this
/// one.
static bool needsLoop(const RuleInput &input, const Event &event,
                      ObjectId running) {
  if (running == ObjectId(Heap::anyLoop))
    return false;
  auto isRunning = [&](AtomId id) {
    const Atom &atom = input.contexts.atoms[id];
    return atom.kind == AtomKind::Object && ObjectId(atom.a) == running;
  };
  llvm::ArrayRef<AtomId> loops = input.contexts.atoms.members(event.loops);
  bool isFutureOfCpp = event.effect->loop.kind == Reference::ReceiverField &&
                       isCppName(event.api->name);
  return isFutureOfCpp ? !loops.empty() && llvm::all_of(loops, isRunning)
                       : llvm::any_of(loops, isRunning);
}

Findings rules::checkSelfDeadlockWait(const RuleInput &input) {
  Findings findings;
  forEachEvent(
      input, EffectKind::WaitsFor,
      [&](InstanceId instance, const Event &event) {
        const ExecutionContext &context = input.contexts[event.context];
        bool isOnPool = context.running != Running::Yes;
        if (!needsLoop(input, event,
                       isOnPool ? context.currentLoop : context.runningLoop))
          return;
        std::string api = displayName(*event.api);
        Finding finding = makeFinding(
            input, 203, instance, event,
            llvm::formatv(isOnPool
                              ? "`{0}` waits on a thread of a pool for work "
                                "that needs a thread of the same pool"
                              : "`{0}` waits on the loop's own thread for work "
                                "that needs that loop",
                          api),
            llvm::formatv("`{0}` blocks the thread that has to do the work",
                          api));
        bool isOneOfSeveral =
            isOnPool || input.contexts.atoms.members(event.loops).size() > 1;
        if (isOneOfSeveral)
          finding.confidence = std::min(finding.confidence, Confidence::Likely);
        findings.push_back(std::move(finding));
      });
  return findings;
}
