//===- ReentrantLoops.h - where running loops may be run again ------------===//

#ifndef LOOPLINT_LIB_RULES_REENTRANTLOOPS_H
#define LOOPLINT_LIB_RULES_REENTRANTLOOPS_H

#include "looplint/Rules/Rules.h"

#include <vector>

namespace looplint::rules {

/// Knows which files run in a process whose loops have been made re-entrant.
class ReentrantLoops {
public:
  explicit ReentrantLoops(const RuleInput &input);

  /// Whether the code that leads to \p instance belongs to such a program.
  bool holdFor(InstanceId instance) const;

private:
  void markCallers();
  void markImported();

  const Contexts &contexts;
  const Program &program;
  std::vector<InstanceId> patches;
  /// By file. All empty where nothing patches.
  std::vector<bool> isPatching; // its top level leads to the patch
  std::vector<bool> isPatched;  // … or is imported by a file whose does
};

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_REENTRANTLOOPS_H
