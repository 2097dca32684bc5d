//===- OwnLoaders.h - loaders that the program itself defines -------------===//
//
// Two kinds of coroutines make a class of C++ a loader. One joins what others
// ask for in the same turn of the loop: it adds its parameter to a field,
// waits, and then takes all that the field holds by then. One remembers: it
// asks a field for its parameter and answers from there, or else waits for the
// answer and puts it under the parameter. No name counts.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_OWNLOADERS_H
#define LOOPLINT_LIB_CONTEXT_OWNLOADERS_H

#include "OwnMethods.h"

#include "llvm/ADT/DenseMap.h"

#include <memory>

namespace looplint {

/// What they do is said in the words of the models.
class OwnLoaders {
public:
  /// Looks whether the class is a loader. \p name is the qualified one.
  void examine(const Program &program, ClassKey key, llvm::StringRef name,
               llvm::ArrayRef<OwnMethod> methods);

  /// What a call of the coroutine function asks its loader for, or null.
  const ApiFunction *loadOf(FunctionKey function) const;
  /// What objects of the class do from the beginning, or null.
  const ApiFunction *makingOf(ClassKey key) const;

private:
  llvm::DenseMap<std::uint32_t, std::unique_ptr<ApiFunction>> loads;
  llvm::DenseMap<std::uint32_t, std::unique_ptr<ApiFunction>> makings;
};

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_OWNLOADERS_H
