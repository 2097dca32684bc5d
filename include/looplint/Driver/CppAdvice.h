//===- CppAdvice.h - what to say where C++ was passed over ----------------===//

#ifndef LOOPLINT_DRIVER_CPPADVICE_H
#define LOOPLINT_DRIVER_CPPADVICE_H

#include "looplint/Driver/Configuration.h"
#include "looplint/Source/Sources.h"

#include <optional>
#include <string>

namespace looplint {

/// A warning for a run that says nothing of the C++ that it was started for,
/// since nothing tells how that is compiled; none where all is well, or where
/// the C++ lies beside the Python that it was started for.
std::optional<std::string> adviceForCpp(const Configuration &configuration,
                                        const Sources &sources);

} // namespace looplint

#endif // LOOPLINT_DRIVER_CPPADVICE_H
