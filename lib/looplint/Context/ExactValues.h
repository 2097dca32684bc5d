//===- ExactValues.h - atoms that are one value and no other --------------===//

#ifndef LOOPLINT_LIB_CONTEXT_EXACTVALUES_H
#define LOOPLINT_LIB_CONTEXT_EXACTVALUES_H

#include "looplint/Context/Atoms.h"

#include <optional>

namespace looplint {

/// Whether the atom is one value and no other.
inline bool isExact(const Atom &atom) {
  switch (atom.kind) {
  case AtomKind::None:
  case AtomKind::True:
  case AtomKind::False:
  case AtomKind::Integer:
  case AtomKind::String:
  case AtomKind::Function:
  case AtomKind::Class:
  case AtomKind::ApiFunction:
  case AtomKind::ApiType:
  case AtomKind::Coroutine:
  case AtomKind::Method:
    return true;
  default:
    return false;
  }
}

inline bool isOneExact(const Atoms &atoms, SetId value) {
  llvm::ArrayRef<AtomId> members = atoms.members(value);
  return members.size() == 1 && isExact(atoms[members[0]]);
}

/// What a test gives where it is true, or false: 1 or 0 in C.
inline std::optional<bool> yesOrNo(const Atom &answer) {
  bool isNumber = answer.kind == AtomKind::Integer && answer.a <= 1;
  if (answer.kind == AtomKind::True || (isNumber && answer.a == 1))
    return true;
  if (answer.kind == AtomKind::False || isNumber)
    return false;
  return std::nullopt;
}

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_EXACTVALUES_H
