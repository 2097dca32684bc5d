//===- Relevance.h - which files can matter -------------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_RELEVANCE_H
#define LOOPLINT_LIB_DRIVER_RELEVANCE_H

#include "looplint/Source/Sources.h"
#include "looplint/Source/TriggerScan.h"

#include <vector>

namespace looplint {

/// For each file, whether what it contains can change a finding: it mentions a
/// trigger word, or imports connect it to such a file. Files without text do
/// not matter.
std::vector<bool> findRelevant(const Sources &sources,
                               const TriggerWords &triggers, unsigned jobs);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_RELEVANCE_H
