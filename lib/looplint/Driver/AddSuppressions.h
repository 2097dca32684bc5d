//===- AddSuppressions.h - comments for what is not repaired --------------===//

#ifndef LOOPLINT_LIB_DRIVER_ADDSUPPRESSIONS_H
#define LOOPLINT_LIB_DRIVER_ADDSUPPRESSIONS_H

#include "looplint/Rules/Finding.h"
#include "looplint/Source/Sources.h"

namespace looplint {

/// Edits that silence the findings in Python files, a comment for each logical
/// line: a suppression that stands there already gets their codes. \p reason,
/// if any, is written behind the codes of new ones.
Fix suppressionsFor(const Findings &findings, const Sources &sources,
                    llvm::StringRef reason);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_ADDSUPPRESSIONS_H
