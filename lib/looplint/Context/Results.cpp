//===- Results.cpp - what rules ask for, put where they find it -----------===//
//
// When the solver has come to its end, what it knows in passing is sorted by
// the questions that rules ask, so that none of them walks over everything.
//
//===----------------------------------------------------------------------===//

#include "Solver.h"

using namespace looplint;

/// What a framework calls again and again makes its loops again and again.
void Solver::addRepeatedRuns() {
  for (const Instance &root : result.instances) {
    if (root.root != RootKind::Framework || !root.entry ||
        !root.entry->repeated)
      continue;
    for (AtomId first : atoms.members(root.outcome.loops.made))
      for (AtomId second : atoms.members(root.outcome.loops.made))
        result.successiveLoops.insert({atoms[first].a, atoms[second].a});
  }
}

/// Files what takes place by its kind.
void Solver::sortEvents() {
  for (std::uint32_t i = 0; i < result.instances.size(); ++i) {
    if (!result.isReached[i])
      continue;
    const Instance &instance = result.instances[i];
    if (!instance.handovers.empty())
      result.handingOver.emplace_back(i);
    for (std::uint32_t e = 0; e < instance.events.size(); ++e)
      result
          .eventsOfKind[static_cast<std::size_t>(
              instance.events[e].effect->kind)]
          .push_back({InstanceId(i), e});
  }
}

/// Tells the rules which classes derive from which.
void Solver::keepBases() {
  for (const auto &[derived, sets] : bases)
    for (SetId set : sets)
      for (AtomId id : atoms.members(set))
        if (atoms[id].kind == AtomKind::Class)
          result.bases[derived].emplace_back(atoms[id].a);
}
