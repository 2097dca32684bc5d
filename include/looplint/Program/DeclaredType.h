//===- DeclaredType.h - values behind their declared types ----------------===//

#ifndef LOOPLINT_PROGRAM_DECLAREDTYPE_H
#define LOOPLINT_PROGRAM_DECLAREDTYPE_H

#include "looplint/Program/Summary.h"

namespace looplint {

/// The value itself, where C++ declares of which class it is. \p id is valid.
inline const Value &behindType(const Summary &summary, ValueId id) {
  const Value *value = &summary.value(id);
  while (value->kind == ValueKind::Typed)
    value = &summary.value(ValueId(value->a));
  return *value;
}

} // namespace looplint

#endif // LOOPLINT_PROGRAM_DECLAREDTYPE_H
