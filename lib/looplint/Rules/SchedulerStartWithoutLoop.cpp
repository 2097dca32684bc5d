//===- SchedulerStartWithoutLoop.cpp - LOOP304 ----------------------------===//
//
// A scheduler's timers belong to a loop. Nothing runs them if that loop is
// never run afterwards, or ends before the first one is due, as the loop of a
// thread is where the thread runs none. Two more ways to wait in vain: a run of
// a loop that has come to its end and was not restarted, and a callback for the
// library's own loop in a program that only runs others.
//
//===----------------------------------------------------------------------===//

#include "Threads.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <optional>

using namespace looplint;
using namespace looplint::rules;

/// It waits for the loop that a thread would have to run itself.
static bool isOfThread(const ArmedTimer &timer) {
  return timer.loop == ObjectId(Heap::anyLoop);
}

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
          .message = llvm::formatv(isOfThread(timer)
                                       ? "`{0}` is called on a thread that "
                                         "runs no loop: nothing comes of it"
                                       : "the scheduler is started on a loop "
                                         "that does not run afterwards: no job "
                                         "of `{0}` ever runs",
                                   api),
          .at = at,
          .context = describe(input.contexts[input.contexts[instance].context]),
          .witness = std::move(steps),
          .subject = {
              .operation = timer.at, .instance = instance, .api = timer.api}};
}

//===----------------------------------------------------------------------===//
// Loops that have come to their end
//===----------------------------------------------------------------------===//

namespace {
/// A loop, and what stands for its having come to its end.
struct EndedLoop {
  ObjectId loop;
  ObjectId duty;
};
} // namespace

static bool contains(const RuleInput &input, SetId values, ObjectId object) {
  const Atoms &atoms = input.contexts.atoms;
  return llvm::any_of(atoms.members(values), [&](AtomId id) {
    return atoms[id].kind == AtomKind::Object &&
           ObjectId(atoms[id].a) == object;
  });
}

/// Whether it is another operation of the function that has run the loop to its
/// end. What only comes back to itself, in a C++ loop that tries until it is
/// told to stop, runs the loop again after an exception.
static bool isEndedByOther(const RuleInput &input, InstanceId instance,
                           OperationKey at, const EndedLoop &ended) {
  const Contexts &contexts = input.contexts;
  bool isRunBefore =
      llvm::any_of(contexts[instance].events, [&](const Event &event) {
        return event.effect->kind == EffectKind::RunLoop &&
               event.effect->exhausts && event.at != at &&
               contains(input, event.loops, ended.loop);
      });
  return isRunBefore ||
         llvm::any_of(contexts[instance].edges, [&](const Edge &edge) {
           return edge.kind == EdgeKind::Call && edge.at != at &&
                  contains(input, contexts[edge.to].outcome.loops.open,
                           ended.duty);
         });
}

/// Whether the callers of \p instance have run the loop to its end, on some way
/// to it, and not restarted it.
static bool isEndedByCaller(const RuleInput &input, const Threads &threads,
                            InstanceId instance, const EndedLoop &ended) {
  llvm::SmallVector<InstanceId, 8> open{instance};
  llvm::DenseSet<std::uint32_t> seen{instance.index()};
  bool isEnded = false;
  while (!open.empty() && !isEnded)
    threads.forEachCaller(
        open.pop_back_val(), [&](InstanceId caller, const Edge &edge) {
          if (edge.kind != EdgeKind::Call)
            return;
          bool isOpen = contains(input, edge.open, ended.duty);
          isEnded |= isOpen && isEndedByOther(input, caller, edge.at, ended);
          bool isFresh = contains(input, edge.released, ended.duty);
          if (!isOpen && !isFresh && seen.insert(caller.index()).second)
            open.push_back(caller);
        });
  return isEnded;
}

static bool isExhausted(const RuleInput &input, const Threads &threads,
                        InstanceId instance, const Event &event,
                        ObjectId loop) {
  EndedLoop ended{loop, input.contexts.heap.existingDuty(Duty::Restart, loop)};
  // What stands for loops of many places tells nothing of one of them.
  if (!ended.duty || !input.contexts.heap[loop].site)
    return false;
  if (contains(input, event.open, ended.duty))
    return isEndedByOther(input, instance, event.at, ended);
  return !contains(input, event.released, ended.duty) &&
         isEndedByCaller(input, threads, instance, ended);
}

static void findExhausted(const RuleInput &input, Findings &findings) {
  std::optional<Threads> threads;
  forEachEvent(
      input, EffectKind::RunLoop, [&](InstanceId instance, const Event &event) {
        if (!event.effect->exhausts ||
            input.contexts[event.context].running != Running::No)
          return;
        if (!threads)
          threads.emplace(input);
        llvm::SmallVector<ObjectId, 2> loops = certainLoops(input, event.loops);
        if (loops.size() != 1 ||
            !isExhausted(input, *threads, instance, event, loops.front()))
          return;
        std::string api = displayName(*event.api);
        findings.push_back(makeFinding(
            input, 304, instance, event,
            llvm::formatv("`{0}` returns at once: the loop has come to its end "
                          "before and nobody has restarted it, so nothing that "
                          "waits for it ever runs",
                          api),
            llvm::formatv("`{0}` runs the loop once more", api)));
      });
}

//===----------------------------------------------------------------------===//
// Callbacks for a loop that nobody runs
//===----------------------------------------------------------------------===//

/// Whether the program has a main and runs loops of which none may be the
/// library's own.
static bool runsOnlyOwnLoops(const RuleInput &input) {
  bool runsOwn = false;
  bool mayRunOther = false;
  forEachEvent(input, EffectKind::RunLoop, [&](InstanceId, const Event &event) {
    llvm::ArrayRef<AtomId> loops = input.contexts.atoms.members(event.loops);
    llvm::SmallVector<ObjectId, 2> certain = certainLoops(input, event.loops);
    bool isOwn = !certain.empty() && certain.size() == loops.size() &&
                 llvm::none_of(certain, [&](ObjectId loop) {
                   return input.contexts.heap[loop].isAmbient;
                 });
    (isOwn ? runsOwn : mayRunOther) = true;
  });
  return runsOwn && !mayRunOther &&
         llvm::any_of(input.contexts.instances, [](const Instance &instance) {
           return instance.root == RootKind::Main;
         });
}

/// Its thread has a current loop of its own, and still the callback goes to the
/// one that the library makes for the process.
static bool missesCurrentLoop(const RuleInput &input,
                              const Handover &handover) {
  const ExecutionContext &here = input.contexts[handover.context];
  return handover.effect->kind == EffectKind::Invokes &&
         handover.place == Place::Loop && handover.effect->later &&
         handover.effect->loop.kind == Reference::DefaultLoop &&
         here.current == Current::Set &&
         !input.contexts.heap[here.currentLoop].isAmbient;
}

static void findUnserved(const RuleInput &input, Findings &findings) {
  std::optional<bool> isSure;
  forEachHandover(input, [&](InstanceId instance, const Handover &handover) {
    if (!missesCurrentLoop(input, handover))
      return;
    if (!isSure)
      isSure = runsOnlyOwnLoops(input);
    if (!*isSure)
      return;
    Confidence confidence = handover.confidence;
    std::vector<WitnessStep> steps =
        witness(input.contexts, instance, confidence);
    Location at = placeOf(input, handover);
    std::string api = displayName(*handover.api);
    steps.push_back({at, llvm::formatv("`{0}` does not ask for the thread's "
                                       "current loop",
                                       api)});
    findings.push_back(
        {.code = 304,
         .severity = Severity::Error,
         .confidence = confidence,
         .message = llvm::formatv("`{0}` gives its callback to the default "
                                  "loop, which nothing in the program runs: it "
                                  "is never called",
                                  api),
         .at = at,
         .context = describe(input.contexts[handover.context]),
         .witness = std::move(steps),
         .subject = subjectOf(instance, handover)});
  });
}

//===----------------------------------------------------------------------===//
// Threads without a loop
//===----------------------------------------------------------------------===//

/// Whether a thread, and nothing but a thread, begins with the instance.
static bool isThreadsBeginning(const RuleInput &input, const Threads &threads,
                               InstanceId id) {
  const Instance &instance = input.contexts[id];
  const ExecutionContext &context = input.contexts[instance.context];
  bool isNewThread = context.isWorker() && context.running == Running::No &&
                     context.current == Current::Unset && !context.currentLoop;
  if (!isNewThread || instance.root == RootKind::UnknownCaller)
    return false;
  bool isCalled = false;
  threads.forEachCaller(id, [&](InstanceId, const Edge &) { isCalled = true; });
  return !isCalled;
}

/// A thread that comes to its end without having run a loop.
static void findLooplessThreads(const RuleInput &input, Findings &findings) {
  std::optional<Threads> threads;
  for (std::uint32_t i = 0; i < input.contexts.instances.size(); ++i) {
    const Instance &instance = input.contexts.instances[i];
    bool isOpen = input.contexts.isReached[i] &&
                  llvm::any_of(instance.outcome.armed, [](const auto &timer) {
                    return isOfThread(timer) && !timer.isServed;
                  });
    if (!isOpen)
      continue;
    if (!threads)
      threads.emplace(input);
    if (!isThreadsBeginning(input, *threads, InstanceId(i)))
      continue;
    for (const ArmedTimer &timer : instance.outcome.armed)
      if (isOfThread(timer) && !timer.isServed)
        findings.push_back(report(input, InstanceId(i), timer));
  }
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
        if (!timer.isServed)
          findings.push_back(report(input, InstanceId(i), timer));
  }
  findLooplessThreads(input, findings);
  findExhausted(input, findings);
  findUnserved(input, findings);
  return findings;
}
