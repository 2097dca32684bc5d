//===- CppText.h - calls of C++ as they are written -----------------------===//
//
// Edits in C++ are made around calls whose text is the call itself. Where a
// macro stands for one, the text at its place is the macro's, and nothing is
// edited.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_CPPTEXT_H
#define LOOPLINT_LIB_FIX_CPPTEXT_H

#include "Workbench.h"

#include <optional>

namespace looplint {

/// A call `callee(arguments)` that no macro hides.
struct WrittenCall {
  OperationKey at;
  Location whole;
  /// The last name of the callee.
  Location name;
  /// Between the parentheses.
  Location inside;
};

/// The call as it is written; none where its text is something else.
std::optional<WrittenCall> writtenCall(const Workbench &bench,
                                       OperationKey call);

/// The positional arguments of a call, none where one of them has no text of
/// its own.
llvm::SmallVector<const Argument *, 4>
writtenArguments(const Workbench &bench, const WrittenCall &call);

/// What coroutines like this one, or the one around the operation, return; null
/// for other functions, and where no model describes it.
const ApiType *coroutineType(const Workbench &bench, FunctionKey coroutine);
const ApiType *coroutineType(const Workbench &bench, OperationKey at);
/// `co_await` may stand at the operation's place.
bool mayCoAwait(const Workbench &bench, OperationKey at);

/// \p expression with the library's namespace as the file has it: \p type is
/// the name of a type of the library there, and one in a model is \p known.
std::string inNamesOf(const Workbench &bench, FileId file,
                      llvm::StringRef expression, llvm::StringRef type,
                      llvm::StringRef known);
/// The same for what a coroutine awaits, or is made of.
std::string inNamesOfCoroutine(const Workbench &bench, FunctionKey coroutine,
                               llvm::StringRef expression);
std::string inNamesOfCoroutine(const Workbench &bench, OperationKey at,
                               llvm::StringRef expression);

/// `co_await` in front of what stands at \p place, as edits around it; in
/// parentheses where something behind it would be taken first.
std::vector<Edit> coAwait(const Workbench &bench, Location place);

/// The fix, with edits at one place joined.
Fix cppFix(Applicability applicability, std::string message,
           std::vector<Edit> edits);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_CPPTEXT_H
