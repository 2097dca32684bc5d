//===- Threads.h - which thread code runs on, and which one runs a loop ---===//
//
// Two pieces of code are on one thread for sure only where a common start leads
// to both: the script, a thread's target, a job. Threads answers that from the
// calls that lead to an instance, and knows who runs which loop.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_RULES_THREADS_H
#define LOOPLINT_LIB_RULES_THREADS_H

#include "Evidence.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <map>
#include <set>

namespace looplint::rules {

/// An effect, and the instance that it takes place in.
struct Occurrence {
  InstanceId instance;
  const Event *event = nullptr;
};

/// The loop objects among \p loops that are one certain loop each.
llvm::SmallVector<ObjectId, 2> certainLoops(const RuleInput &input,
                                            SetId loops);

/// Whether the edge keeps to the caller's thread and call stack.
bool isOnStack(const RuleInput &input, InstanceId from, const Edge &edge);

class Threads {
public:
  explicit Threads(const RuleInput &input);

  /// Calls \p visit with each edge that leads to \p callee on one thread.
  void
  forEachCaller(InstanceId callee,
                llvm::function_ref<void(InstanceId, const Edge &)> visit) const;
  /// Whether the place may be on a thread that runs \p loop.
  bool mayRun(const Occurrence &place, ObjectId loop) const;
  bool mayRunAny(const Occurrence &place) const;
  /// Where \p loop is run, no other loop running there.
  llvm::ArrayRef<Occurrence> runsOf(ObjectId loop) const;
  /// Whether \p loop ran before the place, on whatever thread.
  bool ranBefore(const Occurrence &place, ObjectId loop) const;
  /// Whether another thread may have been waited for before the place.
  bool hasWaited(const Occurrence &place) const;
  /// Whether one execution has several threads that begin where this one does.
  bool isOnSeveral(const Occurrence &place) const;
  /// Whether somebody has it run later, or on another thread.
  bool isHandedOver(InstanceId instance) const {
    return !handoversOf(instance).empty();
  }
  /// Where the threads that lead to the place are started.
  std::set<OperationKey> startPlaces(const Occurrence &place) const;
  /// Whether two places begin at different starts of threads.
  bool areApart(const Occurrence &left, const Occurrence &right) const;

  /// Whether a thread that leads to the place also runs the function.
  bool alsoRuns(const Occurrence &place, FunctionKey function) const;
  /// Whether one execution comes to the operation once, before any loop runs.
  bool isOnce(OperationKey at) const;

private:
  llvm::ArrayRef<InstanceId> instancesOf(FunctionKey function) const;
  using Starts = llvm::SmallVector<std::uint64_t, 4>;
  const Starts &startsOf(InstanceId instance) const;
  Starts startsOf(const Occurrence &place) const;
  llvm::ArrayRef<const Edge *> handoversOf(InstanceId instance) const;

  const RuleInput &input;
  std::map<std::uint32_t, std::vector<Occurrence>> runs;
  mutable bool knowsHandovers = false;
  mutable llvm::DenseMap<std::uint32_t, llvm::SmallVector<const Edge *, 1>>
      handedOver; // by instance
  mutable llvm::DenseMap<std::uint32_t, Starts> known;
  mutable std::map<FunctionKey, std::vector<InstanceId>> knownInstances;
};

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_THREADS_H
