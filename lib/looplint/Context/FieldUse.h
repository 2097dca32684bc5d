//===- FieldUse.h - what a method does with its object's fields -----------===//

#ifndef LOOPLINT_LIB_CONTEXT_FIELDUSE_H
#define LOOPLINT_LIB_CONTEXT_FIELDUSE_H

#include "looplint/Link/Program.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace looplint {

/// A parameter is put into a field that holds several things.
struct StoredParameter {
  StringId field;
  std::uint32_t parameter = 0; // its variable
  /// An object that was made of another field, a lock on a mutex, was alive.
  bool isLocked = false;
};

/// Read off one method of C++, whose variable 0 is `this`.
struct FieldUse {
  /// Fields of which an element is called.
  llvm::SmallVector<StringId, 2> called;
  llvm::SmallVector<StoredParameter, 2> stored;
  /// Fields of which an element is returned.
  llvm::SmallVector<StringId, 2> returned;
  /// Fields of whose elements a part is tested, or asked.
  llvm::SmallVector<StringId, 2> weighed;
  /// Own methods that are called in a loop, by name.
  llvm::SmallVector<StringId, 4> calledInLoop;
  bool callsInLoop = false; // one of `called`
};

FieldUse fieldUseOf(const Summary &summary, FunctionId method);

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_FIELDUSE_H
