//===- ReadSources.h - the files of a run, read ---------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_READSOURCES_H
#define LOOPLINT_LIB_DRIVER_READSOURCES_H

#include "looplint/Driver/Configuration.h"
#include "looplint/Source/Sources.h"

#include "llvm/Support/Error.h"

namespace looplint {

/// Finds and reads all files, in parallel. A file that cannot be read is among
/// them and says why; a path that does not exist is an error.
llvm::Expected<Sources> readSources(const Configuration &configuration);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_READSOURCES_H
