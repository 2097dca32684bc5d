//===- Uses.h - what becomes of a call's result ---------------------------===//

#ifndef LOOPLINT_LIB_RULES_USES_H
#define LOOPLINT_LIB_RULES_USES_H

#include "looplint/Context/Contexts.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

#include <optional>

namespace looplint::rules {

/// Adds the values that \p value is made of.
void addParts(const Summary &summary, const Value &value,
              llvm::SmallVectorImpl<ValueId> &open);

/// Answers for one run of a rule; remembers what it has counted.
class Uses {
public:
  explicit Uses(const Contexts &contexts)
      : contexts(contexts), program(contexts.program) {}

  /// The operation that binds the result of the call to a variable of its
  /// function; none where something else becomes of it.
  std::optional<std::uint32_t> bindOf(FunctionKey function, OperationKey call);
  /// Whether the variable that the operation binds is read anywhere in the
  /// function.
  bool isRead(FunctionKey function, std::uint32_t bind);
  /// The same, but for `return`.
  bool isReadBeforeReturn(FunctionKey function, std::uint32_t bind);
  /// Whether the function only looks at what the variable holds (is it true, an
  /// attribute of it) and never does anything that may have it awaited. True
  /// only where nothing else is ever bound to the variable.
  bool isOnlyLookedAt(FunctionKey function, std::uint32_t bind);
  /// Whether the function is suspended behind the operation, with its
  /// variables alive.
  bool isSuspendedAfter(FunctionKey function, std::uint32_t operation);
  /// "x": the variable's name.
  std::string nameOf(FunctionKey function, std::uint32_t bind);

private:
  struct Reads {
    llvm::BitVector all, beforeReturn;
    llvm::BitVector asItself; // where more than looking at it is done
    llvm::BitVector rebound;
    std::uint32_t lastSuspension = 0; // the operation, if there is any
  };
  const Reads &readsOf(FunctionKey function);
  void countUses(const Summary &summary, const Function &function,
                 Reads &reads) const;
  /// Marks the variables that the operation does more with than look at them.
  void markUses(const Summary &summary, const Operation &op,
                llvm::BitVector &used) const;
  void markUses(const Summary &summary, ValueId root, bool isLookedAt,
                llvm::BitVector &used) const;
  /// Whether the value is computed from its parts without handing them on.
  bool looksAtParts(const Summary &summary, const Value &value) const;

  const Contexts &contexts;
  const Program &program;
  llvm::DenseMap<std::uint32_t, Reads> known;
};

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_USES_H
