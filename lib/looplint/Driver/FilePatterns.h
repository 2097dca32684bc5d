//===- FilePatterns.h - settings for the files that match -----------------===//

#ifndef LOOPLINT_LIB_DRIVER_FILEPATTERNS_H
#define LOOPLINT_LIB_DRIVER_FILEPATTERNS_H

#include "looplint/Driver/Configuration.h"
#include "looplint/Source/Sources.h"

#include <vector>

namespace looplint {

/// By file, whether it matches \p pattern, which means what it means in a
/// .gitignore beside the configuration.
std::vector<bool> filesMatching(llvm::StringRef pattern,
                                const Configuration &configuration,
                                const Sources &sources);

/// The target version of each file; empty where all have the same.
std::vector<Version> targetVersions(const Configuration &configuration,
                                    const Sources &sources);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_FILEPATTERNS_H
