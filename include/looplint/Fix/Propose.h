//===- Propose.h - how findings could be repaired -------------------------===//
//
// A rule knows what is wrong; how the repair reads in the file's own style is
// decided here. A proposal is only that: whether it removes its finding and
// adds none is checked by whoever can analyse the program again.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FIX_PROPOSE_H
#define LOOPLINT_FIX_PROPOSE_H

#include "looplint/Rules/Finding.h"
#include "looplint/Source/Sources.h"

namespace looplint {

struct FixInput {
  const Program &program;
  const Contexts &contexts;
  const ModelSet &models;
  const Sources &sources;
  /// The lowest version that repairs have to be valid in.
  Version targetVersion = 310;
};

/// Fills Finding::fixes with the repairs worth trying, best first. The findings
/// must come from the same analysis as \p input.
void proposeFixes(Findings &findings, const FixInput &input);

} // namespace looplint

#endif // LOOPLINT_FIX_PROPOSE_H
