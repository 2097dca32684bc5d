//===- SourceFindings.h - what was left out of the analysis ---------------===//

#ifndef LOOPLINT_LIB_DRIVER_SOURCEFINDINGS_H
#define LOOPLINT_LIB_DRIVER_SOURCEFINDINGS_H

#include "looplint/Program/Summary.h"
#include "looplint/Rules/Finding.h"
#include "looplint/Source/Sources.h"

#include <vector>

namespace looplint {

/// LOOP900 for each file that could not be read or decoded (an error), or of
/// which a part could not be parsed (a warning). Of files that do not matter
/// syntax is not judged, whether they were parsed or not.
Findings reportUnanalysed(const Sources &sources,
                          const std::vector<Summary> &summaries,
                          const std::vector<bool> &matters);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_SOURCEFINDINGS_H
