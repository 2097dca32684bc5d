//===- QualifiedName.h - the names of two languages in one table ----------===//
//
// Everywhere inside, a qualified name is made of parts with dots in between.
// Those of C++ begin with a part that no name of Python can have, so that
// `asio::io_context` ("c++.asio.io_context") is never taken for a Python name.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_SUPPORT_QUALIFIEDNAME_H
#define LOOPLINT_SUPPORT_QUALIFIEDNAME_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace looplint {

/// What the qualified names of C++ begin with.
inline constexpr llvm::StringLiteral cppNamePrefix = "c++.";

inline bool isCppName(llvm::StringRef name) {
  return name.starts_with(cppNamePrefix);
}

/// "asio::io_context" as "c++.asio.io_context".
std::string cppName(llvm::StringRef written);

/// As people of the name's language write it: "asio::io_context::run",
/// "asyncio.run". All texts that name something of a library go through this.
std::string spelled(llvm::StringRef name);

} // namespace looplint

#endif // LOOPLINT_SUPPORT_QUALIFIEDNAME_H
