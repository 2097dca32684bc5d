//===- GilHeldWait.cpp - LOOP502 ------------------------------------------===//
//
// A thread that holds the lock of Python's interpreter waits for another one
// that needs it: neither goes on. It is proved where what is waited for started
// the other thread, or runs its jobs, and that one takes the lock somewhere
// before it ends.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/FormatVariadic.h"

#include <deque>

using namespace looplint;

namespace {

/// What runs on the threads that objects of the program stand for.
class OtherThreads {
public:
  explicit OtherThreads(const RuleInput &input);

  /// The first call that takes the interpreter's lock on the thread, or on a
  /// thread of the pool, that \p waited stands for; null where none is known.
  const Event *findTaking(AtomId waited) const;

private:
  const Event *findBelow(InstanceId start) const;

  const RuleInput &input;
  /// By the operation that starts a thread, and by pool: what runs there.
  llvm::DenseMap<std::uint32_t, llvm::SmallVector<InstanceId, 2>> started;
  llvm::DenseMap<std::uint32_t, llvm::SmallVector<InstanceId, 2>> jobs;
};

} // namespace

static bool takesInterpreter(const Event &event) {
  return event.effect->kind == EffectKind::Interpreter &&
         event.effect->interpreter == InterpreterChange::Held;
}

OtherThreads::OtherThreads(const RuleInput &input) : input(input) {
  for (const Instance &instance : input.contexts.instances)
    for (const Edge &edge : instance.edges) {
      const ExecutionContext &there =
          input.contexts[input.contexts[edge.to].context];
      if (edge.kind != EdgeKind::Schedules || !there.isWorker())
        continue;
      started[edge.at.raw()].push_back(edge.to);
      if (there.currentLoop)
        jobs[there.currentLoop.raw()].push_back(edge.to);
    }
}

const Event *OtherThreads::findBelow(InstanceId start) const {
  std::deque<InstanceId> open{start};
  llvm::DenseSet<std::uint32_t> seen{start.raw()};
  for (; !open.empty(); open.pop_front()) {
    const Instance &instance = input.contexts[open.front()];
    for (const Event &event : instance.events)
      if (takesInterpreter(event))
        return &event;
    for (const Edge &edge : instance.edges) {
      bool isOnStack =
          edge.kind == EdgeKind::Call || edge.kind == EdgeKind::Invokes ||
          edge.kind == EdgeKind::Awaits || edge.kind == EdgeKind::Drives;
      if (isOnStack && edge.confidence != Confidence::Possible &&
          seen.insert(edge.to.raw()).second)
        open.push_back(edge.to);
    }
  }
  return nullptr;
}

const Event *OtherThreads::findTaking(AtomId waited) const {
  const Atom &atom = input.contexts.atoms[waited];
  if (atom.kind != AtomKind::Object)
    return nullptr;
  ObjectId object(atom.a);
  OperationKey site = input.contexts.heap[object].site;
  auto ofThread = site ? started.find(site.raw()) : started.end();
  if (ofThread != started.end())
    for (InstanceId start : ofThread->second)
      if (const Event *taking = findBelow(start))
        return taking;
  auto ofPool = jobs.find(object.raw());
  if (ofPool != jobs.end())
    for (InstanceId start : ofPool->second)
      if (const Event *taking = findBelow(start))
        return taking;
  return nullptr;
}

/// Whether it waits for as long as it takes, and keeps the interpreter's lock.
static bool keepsInterpreter(const RuleInput &input, const Event &event) {
  return input.contexts[event.context].interpreter == InterpreterLock::Held &&
         event.effect->category == "synchronization" &&
         !event.effect->timeout && event.receiver;
}

Findings rules::checkGilHeldWait(const RuleInput &input) {
  Findings findings;
  std::optional<OtherThreads> threads;
  forEachEvent(
      input, EffectKind::Blocks, [&](InstanceId instance, const Event &event) {
        if (!keepsInterpreter(input, event))
          return;
        if (!threads)
          threads.emplace(input);
        const Event *taking = threads->findTaking(event.receiver);
        if (!taking)
          return;
        std::string api = displayName(*event.api);
        Finding finding = makeFinding(
            input, 502, instance, event,
            llvm::formatv("`{0}` waits with the GIL held for a thread that "
                          "needs the GIL itself, so neither goes on; release "
                          "it around the wait",
                          api),
            llvm::formatv("`{0}` waits here, and keeps the GIL", api));
        finding.witness.push_back(
            {placeOf(input, taking->at),
             llvm::formatv("`{0}` needs the GIL on the thread that is waited "
                           "for",
                           displayName(*taking->api))});
        if (taking->isGuarded)
          finding.confidence = std::min(finding.confidence, Confidence::Likely);
        findings.push_back(std::move(finding));
      });
  return findings;
}
