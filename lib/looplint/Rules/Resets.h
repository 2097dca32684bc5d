//===- Resets.h - code that lets go of what is kept -----------------------===//

#ifndef LOOPLINT_LIB_RULES_RESETS_H
#define LOOPLINT_LIB_RULES_RESETS_H

#include "Threads.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace looplint::rules {

/// Whether the operation stands on one side of a condition of \p function.
bool isConditional(const Program &program, const Function &function,
                   OperationKey at);

class Resets {
public:
  explicit Resets(const RuleInput &input);

  /// Whether the way to the place goes past a reset of what holds the object,
  /// so that the object found there was made since.
  bool comeBefore(AtomId object, const Occurrence &place) const;

private:
  /// Operations, by their index.
  using Places = llvm::SmallVector<std::uint32_t, 2>;
  void addContainers(SetId value);
  bool isIn(const Places &places, InstanceId instance, std::uint32_t end,
            unsigned depth) const;

  const RuleInput &input;
  /// By what it holds: where a container is made in the place of another.
  llvm::DenseMap<std::uint32_t, Places> places;
};

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_RESETS_H
