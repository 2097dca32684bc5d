//===- Threads.cpp - which thread code runs on ----------------------------===//

#include "Threads.h"

#include "Brackets.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using namespace looplint::rules;

// A start that is no function of the program: the hand-over's operation.
static constexpr std::uint64_t operationTag = std::uint64_t{1} << 40;

llvm::SmallVector<ObjectId, 2> rules::certainLoops(const RuleInput &input,
                                                   SetId loops) {
  llvm::SmallVector<ObjectId, 2> certain;
  for (AtomId id : input.contexts.atoms.members(loops)) {
    const Atom &atom = input.contexts.atoms[id];
    if (atom.kind == AtomKind::Object &&
        ObjectId(atom.a) != ObjectId(Heap::anyLoop))
      certain.push_back(ObjectId(atom.a));
  }
  return certain;
}

bool rules::isOnStack(const RuleInput &input, InstanceId from,
                      const Edge &edge) {
  const Contexts &contexts = input.contexts;
  // A thread's own method calls its target at once, but not for the starter.
  bool isOtherThread = contexts[contexts[edge.to].context].isWorker() &&
                       !contexts[contexts[from].context].isWorker();
  return edge.kind != EdgeKind::Schedules && edge.kind != EdgeKind::Defines &&
         !isOtherThread;
}

Threads::Threads(const RuleInput &input) : input(input) {
  forEachEvent(input, EffectKind::RunLoop,
               [&](InstanceId instance, const Event &event) {
                 if (input.contexts[event.context].running != Running::No)
                   return;
                 for (ObjectId loop : certainLoops(input, event.loops))
                   runs[loop.index()].push_back({instance, &event});
               });
}

/// What has the instance run later or elsewhere. Most programs have no place
/// whose thread is asked for, so it is not looked for before.
llvm::ArrayRef<const Edge *> Threads::handoversOf(InstanceId instance) const {
  if (!knowsHandovers) {
    knowsHandovers = true;
    for (std::uint32_t i = 0; i < input.contexts.instances.size(); ++i)
      if (input.contexts.isReached[i])
        for (const Edge &edge : input.contexts.instances[i].edges)
          if (!isOnStack(input, InstanceId(i), edge))
            handedOver[edge.to.index()].push_back(&edge);
  }
  auto found = handedOver.find(instance.index());
  if (found == handedOver.end())
    return {};
  return found->second;
}

llvm::ArrayRef<Occurrence> Threads::runsOf(ObjectId loop) const {
  auto found = runs.find(loop.index());
  if (found == runs.end())
    return {};
  return found->second;
}

void Threads::forEachCaller(
    InstanceId callee,
    llvm::function_ref<void(InstanceId, const Edge &)> visit) const {
  const Contexts &contexts = input.contexts;
  llvm::SmallDenseSet<std::uint32_t, 8> seen;
  for (InstanceId caller : contexts[callee].dependents)
    if (seen.insert(caller.index()).second &&
        contexts.isReached[caller.index()])
      for (const Edge &edge : contexts[caller].edges)
        if (edge.to == callee && isOnStack(input, caller, edge))
          visit(caller, edge);
}

/// All instances at which a thread, a task or the program starts and leads to
/// this one by calls.
const Threads::Starts &Threads::startsOf(InstanceId instance) const {
  auto [entry, inserted] = known.try_emplace(instance.index());
  if (!inserted)
    return entry->second;
  Starts starts;
  llvm::SmallVector<InstanceId, 16> open{instance};
  llvm::DenseSet<std::uint32_t> seen{instance.index()};
  while (!open.empty()) {
    InstanceId next = open.pop_back_val();
    bool isCalled = false;
    forEachCaller(next, [&](InstanceId caller, const Edge &) {
      isCalled = true;
      if (seen.insert(caller.index()).second)
        open.push_back(caller);
    });
    bool isScheduled = !handoversOf(next).empty();
    if (!isCalled || isScheduled || input.contexts[next].root != RootKind::None)
      starts.push_back(next.index());
  }
  return known[instance.index()] = std::move(starts);
}

/// What a library runs by itself on a thread (`Thread(target=loop.stop)`) is
/// noted where it was handed over, and starts there.
Threads::Starts Threads::startsOf(const Occurrence &place) const {
  const Contexts &contexts = input.contexts;
  bool isElsewhere = contexts[place.event->context].thread !=
                     contexts[contexts[place.instance].context].thread;
  if (isElsewhere)
    return {operationTag | place.event->at.index()};
  return startsOf(place.instance);
}

bool Threads::areApart(const Occurrence &left, const Occurrence &right) const {
  Starts others = startsOf(right);
  return llvm::none_of(startsOf(left), [&](std::uint64_t start) {
    return llvm::is_contained(others, start);
  });
}

bool Threads::mayRun(const Occurrence &place, ObjectId loop) const {
  const ExecutionContext &here = input.contexts[place.event->context];
  for (const Occurrence &run : runsOf(loop)) {
    const ExecutionContext &there = input.contexts[run.event->context];
    if (here.isWorker() != there.isWorker() &&
        here.thread != ThreadKind::LoopThread &&
        there.thread != ThreadKind::LoopThread)
      continue;
    if (!here.isWorker() || !areApart(place, run))
      return true;
  }
  return false;
}

bool Threads::mayRunAny(const Occurrence &place) const {
  return llvm::any_of(runs, [&](const auto &known) {
    return mayRun(place, ObjectId(known.first));
  });
}

bool Threads::ranBefore(const Occurrence &place, ObjectId loop) const {
  const Contexts &contexts = input.contexts;
  auto contains = [&](SetId loops) {
    return llvm::is_contained(certainLoops(input, loops), loop);
  };
  if (contains(place.event->ranBefore))
    return true;
  llvm::SmallVector<InstanceId, 16> open{place.instance};
  llvm::DenseSet<std::uint32_t> seen{place.instance.index()};
  while (!open.empty()) {
    InstanceId next = open.pop_back_val();
    bool isCalled = false;
    bool hasRun = false;
    forEachCaller(next, [&](InstanceId caller, const Edge &edge) {
      isCalled = true;
      hasRun |= contains(edge.ranBefore);
      if (seen.insert(caller.index()).second)
        open.push_back(caller);
    });
    // A callback runs later than all that has been set up.
    if (hasRun || (!isCalled && contexts[next].root == RootKind::None))
      return true;
  }
  return false;
}

bool Threads::hasWaited(const Occurrence &place) const {
  const Atoms &atoms = input.contexts.atoms;
  auto waits = [&](SetId released) {
    return llvm::any_of(atoms.members(released), [&](AtomId id) {
      return atoms[id].kind == AtomKind::ApiFunction;
    });
  };
  bool hasWaited = waits(place.event->released);
  llvm::SmallVector<InstanceId, 16> open{place.instance};
  llvm::DenseSet<std::uint32_t> seen{place.instance.index()};
  while (!open.empty() && !hasWaited)
    forEachCaller(open.pop_back_val(),
                  [&](InstanceId caller, const Edge &edge) {
                    hasWaited |= waits(edge.released);
                    if (seen.insert(caller.index()).second)
                      open.push_back(caller);
                  });
  return hasWaited;
}

/// Whether the thread, and with it the object whose thread it is, may be any:
/// where an object may be on several, and what many kinds of callers share.
static bool mayBeAnyThread(const ExecutionContext &context) {
  return context.currentLoop == ObjectId(Heap::anyLoop) ||
         (!context.currentLoop && context.current == Current::Unknown);
}

/// Whether both may be on the thread of one object, wherever they begin there:
/// what is delivered to it is worked off there, one after the other.
static bool mayBeOnOneThread(const ExecutionContext &left,
                             const ExecutionContext &right) {
  if (!left.isWorker() || !right.isWorker())
    return false;
  if (mayBeAnyThread(left))
    return right.currentLoop || mayBeAnyThread(right);
  return left.currentLoop &&
         (mayBeAnyThread(right) || left.currentLoop == right.currentLoop);
}

llvm::ArrayRef<InstanceId> Threads::instancesOf(FunctionKey function) const {
  if (knownInstances.empty())
    for (std::uint32_t i = 0; i < input.contexts.instances.size(); ++i)
      if (input.contexts.isReached[i])
        knownInstances[input.contexts.functionOf(InstanceId(i))].push_back(
            InstanceId(i));
  return knownInstances[function];
}

bool Threads::isOnce(OperationKey at) const {
  if (isInLoop(input.program, at))
    return false;
  llvm::SmallVector<InstanceId, 16> open(
      instancesOf(functionAround(input, at)));
  llvm::DenseSet<std::uint32_t> seen;
  std::map<FunctionKey, OperationKey> calls;
  bool isOnce = true;
  while (!open.empty() && isOnce) {
    InstanceId id = open.pop_back_val();
    if (!seen.insert(id.index()).second)
      continue;
    FunctionKey callee = input.contexts.functionOf(id);
    isOnce = handoversOf(id).empty() &&
             input.contexts[input.contexts[id].context].running == Running::No;
    forEachCaller(id, [&](InstanceId caller, const Edge &edge) {
      OperationKey call = calls.try_emplace(callee, edge.at).first->second;
      isOnce &= call == edge.at && !isInLoop(input.program, edge.at);
      open.push_back(caller);
    });
  }
  return isOnce;
}

bool Threads::alsoRuns(const Occurrence &place, FunctionKey function) const {
  Starts here = startsOf(place);
  const Contexts &contexts = input.contexts;
  return llvm::any_of(instancesOf(function), [&](InstanceId instance) {
    if (mayBeOnOneThread(contexts[place.event->context],
                         contexts[contexts[instance].context]))
      return true;
    return llvm::any_of(startsOf(instance), [&](std::uint64_t start) {
      return llvm::is_contained(here, start);
    });
  });
}

std::set<OperationKey> Threads::startPlaces(const Occurrence &place) const {
  std::set<OperationKey> places;
  for (std::uint64_t start : startsOf(place)) {
    if (start & operationTag) {
      places.insert(place.event->at);
      continue;
    }
    for (const Edge *edge :
         handoversOf(InstanceId(static_cast<std::uint32_t>(start))))
      places.insert(edge->at);
  }
  return places;
}

bool Threads::isOnSeveral(const Occurrence &place) const {
  const Contexts &contexts = input.contexts;
  auto isRepeated = [](const Edge *edge) {
    return edge->api &&
           llvm::any_of(edge->api->effects, [](const Effect &made) {
             return made.kind == EffectKind::Invokes && made.repeated;
           });
  };
  for (std::uint64_t start : startsOf(place)) {
    if (start & operationTag)
      continue;
    const Instance &instance = contexts.instances[start];
    if (instance.entry && instance.entry->repeated)
      return true;
    if (llvm::any_of(handoversOf(InstanceId(static_cast<std::uint32_t>(start))),
                     isRepeated))
      return true;
  }
  return false;
}
