//===- OwnMethods.h - the methods of one of the program's classes ---------===//

#ifndef LOOPLINT_LIB_CONTEXT_OWNMETHODS_H
#define LOOPLINT_LIB_CONTEXT_OWNMETHODS_H

#include "FieldUse.h"

#include <vector>

namespace looplint {

/// A method of a class of C++, wherever its body stands.
struct OwnMethod {
  FunctionKey key;
  llvm::StringRef name;
  FieldUse use;
  FileId file; // of the body; the names in `use` are this file's
};

/// Those that have an object and a body, in the order of the class.
std::vector<OwnMethod> ownMethods(const Program &program, FileId file,
                                  ClassId id);

/// `this`, in a method.
bool isThis(const Summary &summary, ValueId id);
/// `this.field`, in a method; not for no value.
bool isOwnField(const Summary &summary, ValueId id, llvm::StringRef field);

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_OWNMETHODS_H
