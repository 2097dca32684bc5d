//===- LoadModels.h - built-in and user models ----------------------------===//

#ifndef LOOPLINT_DRIVER_LOADMODELS_H
#define LOOPLINT_DRIVER_LOADMODELS_H

#include "looplint/Driver/Configuration.h"
#include "looplint/Models/Models.h"

#include "llvm/Support/Error.h"

namespace looplint {

/// What is built in, and on top of it the user's own models. Fails on a file
/// that cannot be read or is no model.
llvm::Expected<ModelSet> loadModels(const Configuration &configuration);

} // namespace looplint

#endif // LOOPLINT_DRIVER_LOADMODELS_H
