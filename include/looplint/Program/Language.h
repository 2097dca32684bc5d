//===- Language.h - names that a language itself defines ------------------===//
//
// What belongs to the language is no library and has no model.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_PROGRAM_LANGUAGE_H
#define LOOPLINT_PROGRAM_LANGUAGE_H

#include "llvm/ADT/StringRef.h"

namespace looplint::language {

/// The tuple that a program compares to tell versions of Python apart.
inline constexpr llvm::StringLiteral pythonVersion = "sys.version_info";
/// What annotations are wrapped in (`typing.Optional`).
inline constexpr llvm::StringLiteral annotationPrefix = "typing.";

/// Decorators of functions that only declare a signature.
inline constexpr llvm::StringLiteral overload[] = {
    "typing.overload", "typing_extensions.overload"};

} // namespace looplint::language

#endif // LOOPLINT_PROGRAM_LANGUAGE_H
