//===- UnsafeCallFromThread.cpp - LOOP501 ---------------------------------===//
//
// A loop, and what works under it, is for the thread that runs the loop. A call
// from another thread neither wakes the loop nor waits for it. It is proved
// where the loop is known: the object's own, or the one that others use it
// under, and where somebody else is seen to run that loop.
//
// Running one loop on several threads is the same mistake, unless the loop is
// made for it; then its handlers are apart (ConcurrentHandlers.h).
//
//===----------------------------------------------------------------------===//

#include "Brackets.h"
#include "ConcurrentHandlers.h"
#include "WorkOfLoop.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;
using namespace looplint::rules;

namespace {
/// Under which loops the program waits for what an object gives.
using Users = std::map<std::uint32_t, std::vector<Occurrence>>;
} // namespace

static Users usersOf(const RuleInput &input) {
  Users users;
  auto isObject = [&](AtomId id) {
    return id && input.contexts.atoms[id].kind == AtomKind::Object;
  };
  forEachEvent(input, EffectKind::LoopBound,
               [&](InstanceId instance, const Event &event) {
                 if (event.isUse && isObject(event.receiver))
                   users[event.receiver.index()].push_back({instance, &event});
               });
  return users;
}

/// Whether any thread may use the loop: its library was told so before it was
/// made. A library of the program's leaves that to whoever has the main.
static bool isShared(const RuleInput &input, const Event &event,
                     ObjectId loop) {
  if (!event.effect->unlessShared)
    return false;
  return input.contexts.heap[loop].isShared ||
         llvm::none_of(input.contexts.instances, [](const Instance &instance) {
           return instance.root == RootKind::Main;
         });
}

static std::string threadName(const ExecutionContext &context) {
  return context.isWorker() ? "a worker thread" : "the main thread";
}

/// Whether the call may be of something else, too, about which nothing is said.
static bool isOneOfSeveral(const RuleInput &input, const Occurrence &place) {
  return place.event->confidence != Confidence::Definite &&
         llvm::count_if(input.contexts[place.instance].events,
                        [&](const Event &other) {
                          return other.at == place.event->at && !other.isUse &&
                                 other.effect->kind == EffectKind::LoopAffine;
                        }) < 2;
}

/// Whether what makes the object says for which loop, whatever thread that is
/// on.
static bool isGivenItsLoop(const RuleInput &input, const Object &object) {
  const Atoms &atoms = input.contexts.atoms;
  if (!object.type || atoms[object.type].kind != AtomKind::ApiType)
    return false;
  bool isGiven = false;
  bool isTaken = false;
  for (const Effect &effect :
       atoms.apiType(atoms[object.type]).constructor.effects)
    if (effect.kind == EffectKind::Keeps && effect.field == "loop")
      (effect.loop ? isTaken : isGiven) = true;
  return isGiven && !isTaken;
}

/// Whether there is one such object, and its one loop may be at work with it.
static bool isAtWork(const RuleInput &input, const Threads &threads,
                     const Occurrence &place, const Object &object,
                     ObjectId loop) {
  OperationKey loopSite = input.contexts.heap[loop].site;
  return loopSite && isGivenItsLoop(input, object) &&
         threads.isOnce(loopSite) && threads.isOnce(object.site) &&
         isAtWorkWith(input, threads, place, loop);
}

/// Whether the thread makes such objects itself, so that this may be its own.
static bool mayBeOwn(const RuleInput &input, const Threads &threads,
                     const Occurrence &place, ObjectId loop) {
  const Contexts &contexts = input.contexts;
  AtomId receiver = place.event->receiver;
  if (!receiver || contexts.atoms[receiver].kind != AtomKind::Object)
    return false;
  const Object &object = contexts.heap[ObjectId(contexts.atoms[receiver].a)];
  // It is only declared to be of that type: what is seen to be made may be
  // another one.
  Language language =
      input.program.summary(input.program.fileOf(place.event->at)).language;
  bool isCpp = language == Language::Cpp;
  if (isCpp && !object.site && !object.isLoop && !object.wrapped)
    return true;
  // What a model tells of an attribute is made where that is read.
  bool isMade =
      object.site && object.site != place.event->at &&
      input.program.operation(object.site).kind == OperationKind::Call;
  if (object.isLoop || !isMade ||
      !threads.alsoRuns(place, functionAround(input, object.site)))
    return false;
  return !isCpp || !isAtWork(input, threads, place, object, loop);
}

static llvm::BitVector reachedFrom(const Contexts &contexts, InstanceId root) {
  llvm::BitVector isReached(contexts.instances.size());
  llvm::SmallVector<InstanceId, 32> open = {root};
  isReached.set(root.index());
  while (!open.empty())
    for (const Edge &edge : contexts[open.pop_back_val()].edges)
      if (!isReached.test(edge.to.index())) {
        isReached.set(edge.to.index());
        open.push_back(edge.to);
      }
  return isReached;
}

/// Of several programs each has a default loop of its own: whether none of
/// those that run it leads to the place.
static bool isOfOtherProgram(const RuleInput &input, const Threads &threads,
                             const Occurrence &place) {
  const Contexts &contexts = input.contexts;
  llvm::SmallVector<InstanceId, 4> mains;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
    if (contexts.instances[i].root == RootKind::Main)
      mains.push_back(InstanceId(i));
  if (mains.size() < 2)
    return false;
  return llvm::none_of(mains, [&](InstanceId main) {
    llvm::BitVector isReached = reachedFrom(contexts, main);
    return isReached.test(place.instance.index()) &&
           llvm::any_of(threads.runsOf(ObjectId(Heap::mainLoop)),
                        [&](const Occurrence &run) {
                          return isReached.test(run.instance.index());
                        });
  });
}

/// Whether \p loop belongs to another thread than the place's, and may run.
static bool isElsewhere(const RuleInput &input, const Threads &threads,
                        const Occurrence &place, ObjectId loop) {
  const ExecutionContext &here = input.contexts[place.event->context];
  // Whoever runs it is no part of the program, unless this thread does.
  if (loop == ObjectId(Heap::ambientLoop))
    return here.isWorker() && here.running == Running::No &&
           !threads.mayRunAny(place);
  if (threads.runsOf(loop).empty() || threads.mayRun(place, loop))
    return false;
  if (loop == ObjectId(Heap::mainLoop) &&
      isOfOtherProgram(input, threads, place))
    return false;
  // A new thread finds the loop running or not; the thread that started the
  // loop's own one may still prepare it.
  bool isThreadsOwn = here.isWorker() && here.running == Running::No;
  return isThreadsOwn ||
         (threads.ranBefore(place, loop) && !threads.hasWaited(place));
}

static Finding report(const RuleInput &input, const Threads &threads,
                      const Occurrence &place, ObjectId loop) {
  const ExecutionContext &here = input.contexts[place.event->context];
  std::string api = displayName(*place.event->api);
  std::string twin = place.event->effect->twin;
  Finding finding = makeFinding(
      input, 501, place.instance, *place.event,
      llvm::formatv("`{0}` is called on {1}, while its loop runs on another: "
                    "it is not thread-safe, and the loop may not notice{2}",
                    api, threadName(here),
                    twin.empty() ? "" : "; `" + twin + "` is for that"),
      llvm::formatv("`{0}` is called on {1}", api, threadName(here)));
  llvm::ArrayRef<Occurrence> runs = threads.runsOf(loop);
  if (runs.empty())
    return finding;
  const Occurrence &run = runs.front();
  finding.witness.insert(
      finding.witness.begin(),
      {placeOf(input, run.event->at),
       llvm::formatv("`{0}` runs the loop on {1}", displayName(*run.event->api),
                     threadName(input.contexts[run.event->context]))});
  return finding;
}

/// Whether a `for` or `while` stands around the place, or around a call that
/// leads to it on the same stack: what is made there, is made several times.
static bool isMadeInLoop(const RuleInput &input, InstanceId instance,
                         OperationKey at) {
  if (isInLoop(input.program, at))
    return true;
  for (InstanceId callee : wayTo(input.contexts, instance)) {
    PathStep step = input.contexts.paths[callee.index()];
    if (!step.from)
      return false;
    const Edge &edge = input.contexts[step.from].edges[step.edge];
    if (!isOnStack(input, step.from, edge))
      return false;
    if (isInLoop(input.program, edge.at))
      return true;
  }
  return false;
}

/// The loops that the main thread makes, all in one call of a function: a class
/// that makes one for each of its objects makes several at one place.
static std::vector<std::uint32_t> loopsMadeOnce(const RuleInput &input) {
  std::map<std::uint32_t, FrameId> makers; // invalid for several
  forEachEvent(
      input, EffectKind::NewLoop, [&](InstanceId instance, const Event &event) {
        FrameId frame = input.contexts[instance].frame;
        bool isOnMain = input.contexts[event.context].isOnMain();
        bool isOnce = !isMadeInLoop(input, instance, event.at);
        for (ObjectId loop : certainLoops(input, event.loops)) {
          FrameId &maker =
              makers.try_emplace(loop.index(), frame).first->second;
          maker = isOnMain && isOnce && maker == frame ? frame : FrameId();
        }
      });
  std::vector<std::uint32_t> loops;
  for (const auto &[loop, maker] : makers)
    if (maker)
      loops.push_back(loop);
  return loops;
}

/// Where threads are started that lead to the place. That objects of a class
/// are started by somebody, as its statement tells, is no further start.
static std::set<OperationKey> startCalls(const RuleInput &input,
                                         const Threads &threads,
                                         const Occurrence &place) {
  std::set<OperationKey> calls;
  for (OperationKey start : threads.startPlaces(place))
    if (input.program.operation(start).kind == OperationKind::Call)
      calls.insert(start);
  return calls;
}

/// One loop that several threads run: all but the first get an exception, as
/// long as the first one does.
static void findSharedRuns(const RuleInput &input, const Threads &threads,
                           Findings &findings) {
  for (std::uint32_t index : loopsMadeOnce(input)) {
    // Where nobody is seen to start the thread, it is one of those that are.
    llvm::SmallVector<Occurrence, 4> onWorkers;
    for (const Occurrence &run : threads.runsOf(ObjectId(index)))
      if (input.contexts[run.event->context].isWorker() &&
          !startCalls(input, threads, run).empty())
        onWorkers.push_back(run);
    // One place that starts a thread may start one for each loop.
    bool areSeveral = llvm::any_of(onWorkers, [&](const Occurrence &run) {
      return threads.isOnSeveral(run) ||
             startCalls(input, threads, run) !=
                 startCalls(input, threads, onWorkers.front());
    });
    if (!areSeveral)
      continue;
    for (const Occurrence &run : onWorkers) {
      std::string api = displayName(*run.event->api);
      findings.push_back(makeFinding(
          input, 501, run.instance, *run.event,
          llvm::formatv(
              "`{0}` runs one loop on several threads{1}", api,
              isOfPython(*run.event)
                  ? ": RuntimeError: This event loop is already running"
                  : ", which it is not made for"),
          llvm::formatv("`{0}` runs a loop that was made on another thread",
                        api)));
    }
  }
}

Findings rules::checkUnsafeCallFromThread(const RuleInput &input) {
  Findings findings;
  Threads threads(input);
  Users users = usersOf(input);
  forEachEvent(
      input, EffectKind::LoopAffine,
      [&](InstanceId instance, const Event &event) {
        if (event.handled == Handled::Expected || event.isUse)
          return;
        Occurrence place{instance, &event};
        llvm::SmallVector<ObjectId, 2> loops = certainLoops(input, event.loops);
        auto used =
            event.receiver ? users.find(event.receiver.index()) : users.end();
        if (loops.empty() && used != users.end())
          for (const Occurrence &use : used->second)
            loops.push_back(input.contexts[use.event->context].runningLoop);
        bool isElsewhereForAll =
            !loops.empty() && llvm::all_of(loops, [&](ObjectId loop) {
              return isElsewhere(input, threads, place, loop) &&
                     !isShared(input, event, loop);
            });
        if (isElsewhereForAll && !isOneOfSeveral(input, place) &&
            !mayBeOwn(input, threads, place, loops.front()))
          findings.push_back(report(input, threads, place, loops.front()));
      });
  findSharedRuns(input, threads, findings);
  findConcurrentHandlers(input, threads, findings);
  return findings;
}
