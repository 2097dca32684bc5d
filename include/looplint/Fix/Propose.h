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

/// A repair that cannot be written, and why: for people.
struct GivenUp {
  std::uint16_t code = 0;
  Location at;
  std::string reason;
};

/// Fills Finding::fixes with the repairs worth trying, best first. The findings
/// must come from the same analysis as \p input.
std::vector<GivenUp> proposeFixes(Findings &findings, const FixInput &input);

} // namespace looplint

#endif // LOOPLINT_FIX_PROPOSE_H
