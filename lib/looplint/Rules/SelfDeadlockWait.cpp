//===- SelfDeadlockWait.cpp - LOOP203 -------------------------------------===//
//
// The thread that runs a loop waits for work that only this loop can do. It is
// proved only where both are the same loop for sure. A pool does the same to
// itself when its last thread waits, and the main thread where the loop is one
// that it has yet to run.
//
//===----------------------------------------------------------------------===//

#include "Threads.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <optional>

using namespace looplint;
using namespace looplint::rules;

/// Whether one of the loops that the wait needs is the one running here. In
/// C++, whose objects belong to many loops and are moved from one to another,
/// each has to be this one.
static bool needsLoop(const RuleInput &input, const Event &event,
                      ObjectId running) {
  if (running == ObjectId(Heap::anyLoop))
    return false;
  auto isRunning = [&](AtomId id) {
    const Atom &atom = input.contexts.atoms[id];
    return atom.kind == AtomKind::Object && ObjectId(atom.a) == running;
  };
  llvm::ArrayRef<AtomId> loops = input.contexts.atoms.members(event.loops);
  return isCppName(event.api->name)
             ? !loops.empty() && llvm::all_of(loops, isRunning)
             : llvm::any_of(loops, isRunning);
}

/// Whether the main thread waits for a loop that nobody but itself runs, and
/// has not run yet.
static bool waitsBeforeRun(const RuleInput &input, const Threads &threads,
                           const Occurrence &place) {
  llvm::SmallVector<ObjectId, 2> loops =
      certainLoops(input, place.event->loops);
  if (loops.size() != 1 || !needsLoop(input, *place.event, loops.front()))
    return false;
  auto isOnMain = [&](const Occurrence &run) {
    return input.contexts[run.event->context].isOnMain();
  };
  llvm::ArrayRef<Occurrence> runs = threads.runsOf(loops.front());
  return !runs.empty() && llvm::all_of(runs, isOnMain) &&
         !threads.ranBefore(place, loops.front());
}

static Finding report(const RuleInput &input, const Occurrence &place,
                      llvm::StringRef what) {
  const Event &event = *place.event;
  std::string api = displayName(*event.api);
  return makeFinding(
      input, 203, place.instance, event, llvm::formatv("`{0}` {1}", api, what),
      llvm::formatv("`{0}` blocks the thread that has to do the work", api));
}

Findings rules::checkSelfDeadlockWait(const RuleInput &input) {
  Findings findings;
  std::optional<Threads> threads;
  forEachEvent(
      input, EffectKind::WaitsFor,
      [&](InstanceId instance, const Event &event) {
        const ExecutionContext &context = input.contexts[event.context];
        Occurrence place{instance, &event};
        bool isRunning = context.running == Running::Yes;
        if (!isRunning && context.thread == ThreadKind::Main) {
          if (!threads)
            threads.emplace(input);
          if (waitsBeforeRun(input, *threads, place))
            findings.push_back(report(
                input, place,
                "waits on the main thread for work that needs a loop which "
                "only this thread runs, and not yet"));
          return;
        }
        if (!needsLoop(input, event,
                       isRunning ? context.runningLoop : context.currentLoop))
          return;
        Finding finding = report(
            input, place,
            isRunning ? "waits on the loop's own thread for work that needs "
                        "that loop"
                      : "waits on a thread of a pool for work that needs a "
                        "thread of the same pool");
        bool isOneOfSeveral =
            !isRunning || input.contexts.atoms.members(event.loops).size() > 1;
        if (isOneOfSeveral)
          finding.confidence = std::min(finding.confidence, Confidence::Likely);
        findings.push_back(std::move(finding));
      });
  return findings;
}
