//===- Describe.h - effects in words --------------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_DESCRIBE_H
#define LOOPLINT_LIB_MODELS_DESCRIBE_H

#include "looplint/Models/Models.h"

#include <string>

namespace looplint::models {

/// `text`, in backticks.
std::string quoted(llvm::StringRef text);

std::string describe(const Reference &reference);

/// What a caller of the function should know, as the rest of a sentence that
/// begins with the function.
std::string describe(const Effect &effect);

/// What a test tells of its subject.
llvm::StringRef describe(TestSubject test);

llvm::StringRef describe(InterpreterChange change);

/// " (if …)"; empty where there is none.
std::string describe(llvm::ArrayRef<Condition> conditions);

/// "returns …"; empty where nothing is known.
std::string describe(const Returned &returned);

/// What an attribute or an object is: the same without "returns".
std::string describeValue(const Returned &value);

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_DESCRIBE_H
