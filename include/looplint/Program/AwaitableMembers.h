//===- AwaitableMembers.h - what objects that are awaited have --*- C++ -*-===//
//
// Whoever reads one of these from the result of a call knows that the result is
// a coroutine, an async generator or a future. Any other attribute was meant to
// be read from what awaiting it gives.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_PROGRAM_AWAITABLEMEMBERS_H
#define LOOPLINT_PROGRAM_AWAITABLEMEMBERS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"

namespace looplint {

inline bool isOfAwaitables(llvm::StringRef attribute) {
  if (attribute.starts_with("_") || attribute.starts_with("cr_") ||
      attribute.starts_with("ag_") || attribute.starts_with("gi_"))
    return true;
  return llvm::StringSwitch<bool>(attribute)
      .Cases({"send", "throw", "close"}, true)
      .Cases({"asend", "athrow", "aclose"}, true)
      .Cases({"result", "exception", "done", "cancel", "cancelled"}, true)
      .Cases({"add_done_callback", "set_name", "get_name"}, true)
      .Default(false);
}

/// Built-in functions that make another value of what they are given, so that
/// nobody awaits it.
inline constexpr llvm::StringLiteral conversions[] = {
    "bool",  "bytes", "dict", "float",  "int", "len", "list",
    "print", "repr",  "set",  "sorted", "str", "sum", "tuple"};

} // namespace looplint

#endif // LOOPLINT_PROGRAM_AWAITABLEMEMBERS_H
