//===- LambdaText.h - lambdas of C++ as they are written ------------------===//

#ifndef LOOPLINT_LIB_FIX_LAMBDATEXT_H
#define LOOPLINT_LIB_FIX_LAMBDATEXT_H

#include "Workbench.h"

#include <optional>

namespace looplint {

/// `[captures](parameters) -> returned { … }` that no macro hides.
struct WrittenLambda {
  Location whole;
  /// Between the parentheses; where there are none, an empty place behind the
  /// captures.
  Location parameters;
  bool hasParentheses = false;
  Location returned;
};

/// The lambda that stands at the place, and nothing else; none where its text
/// is something else, or has template parameters.
std::optional<WrittenLambda> writtenLambda(const Workbench &bench,
                                           Location place);

/// The lambda that the operation calls, where it is written, without arguments.
std::optional<WrittenLambda> calledLambda(const Workbench &bench,
                                          OperationKey call);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_LAMBDATEXT_H
