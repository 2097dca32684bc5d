//===- LoopLives.h - what becomes of each loop that the program makes -----===//

#ifndef LOOPLINT_LIB_RULES_LOOPLIVES_H
#define LOOPLINT_LIB_RULES_LOOPLIVES_H

#include "Threads.h"

namespace looplint::rules {

/// A loop, by the place that makes it, and all that happens to it.
struct LoopLife {
  ObjectId loop;
  std::vector<Occurrence> made, run, closed, stopped, installed;
  /// Kept in an object's field; in a variable of a module or class, in a
  /// container, or in one that nested functions use.
  bool isInField = false;
  bool isInModule = false;
  bool isInContainer = false;
  bool isInClosure = false;

  bool runsForever() const;
  bool isKept() const {
    return isInField || isInModule || isInContainer || isInClosure;
  }
};

/// In the order of the loops.
std::vector<LoopLife> loopLives(const RuleInput &input);

struct UnclosedLoop {
  const LoopLife *life = nullptr;
  Occurrence made;
  std::string why;
};

/// Loops that are not closed on every path, among \p lives.
std::vector<UnclosedLoop> unclosedLoops(const RuleInput &input,
                                        const Threads &threads,
                                        const std::vector<LoopLife> &lives);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_LOOPLIVES_H
