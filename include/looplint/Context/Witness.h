//===- Witness.h - why code can run in a context --------------------------===//

#ifndef LOOPLINT_CONTEXT_WITNESS_H
#define LOOPLINT_CONTEXT_WITNESS_H

#include "looplint/Source/Location.h"

#include <cstdint>
#include <string>

namespace looplint {

/// How sure the witness is (docs/confidence.md).
enum class Confidence : std::uint8_t { Possible, Likely, Definite };

/// One step of the proof, from the root to the finding.
struct WitnessStep {
  Location at;
  std::string message;
};

} // namespace looplint

#endif // LOOPLINT_CONTEXT_WITNESS_H
