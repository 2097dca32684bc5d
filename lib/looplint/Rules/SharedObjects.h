//===- SharedObjects.h - objects that get from one loop to another --------===//

#ifndef LOOPLINT_LIB_RULES_SHAREDOBJECTS_H
#define LOOPLINT_LIB_RULES_SHAREDOBJECTS_H

#include "Resets.h"

namespace looplint::rules {

/// An object that stays, and where what is said of it becomes plain.
struct SharedObject {
  AtomId object;
  std::vector<Occurrence> made, used;
  /// It stays in a variable of a module or class, made when first needed.
  bool isMadeOnce = false;
  /// Made while no loop ran.
  bool isMadeOutside = false;
};

/// Those that work under one loop only, or with a cache (\p kind: LoopBound or
/// Caches), in the order in which they are made.
std::vector<SharedObject> sharedObjects(const RuleInput &input,
                                        EffectKind kind);

/// The instance whose code makes the object, at \p site: what is noted below a
/// constructor of the program's own happens where that is called.
InstanceId makerOf(const RuleInput &input, const Occurrence &made,
                   OperationKey site);

/// An object that is used under a second loop.
struct ForeignUse {
  ObjectId first; // the loop that it belongs to
  Occurrence use; // under another
};

std::optional<ForeignUse> foreignUse(const RuleInput &input,
                                     const Resets &resets,
                                     const SharedObject &shared);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_SHAREDOBJECTS_H
