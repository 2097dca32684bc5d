//===- SharedObjects.h - objects that get from one loop to another --------===//

#ifndef LOOPLINT_LIB_RULES_SHAREDOBJECTS_H
#define LOOPLINT_LIB_RULES_SHAREDOBJECTS_H

#include "Threads.h"

namespace looplint::rules {

/// An object that works under one loop only, and where that becomes plain.
struct SharedObject {
  AtomId object;
  std::vector<Occurrence> made, used;
  /// It stays in a variable of a module or class, made when first needed.
  bool isMadeOnce = false;
  /// Made while no loop ran.
  bool isMadeOutside = false;
};

/// In the order in which they are made.
std::vector<SharedObject> sharedObjects(const RuleInput &input);

/// An object that is used under a second loop.
struct ForeignUse {
  ObjectId first; // the loop that it belongs to
  Occurrence use; // under another
};

std::optional<ForeignUse> foreignUse(const RuleInput &input,
                                     const SharedObject &shared);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_SHAREDOBJECTS_H
