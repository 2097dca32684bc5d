//===- Cures.h - the repairs there are ------------------------------------===//
//
// A cure writes one kind of repair for one finding, or says that it does not
// apply. Cures.def tells which are tried for which code, best first.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_CURES_H
#define LOOPLINT_LIB_FIX_CURES_H

#include "Draft.h"

namespace looplint::cures {

#define CURE(Code, Name)                                                       \
  std::optional<Fix> Name(Workbench &bench, const Finding &finding);
#include "Cures.def"

} // namespace looplint::cures

#endif // LOOPLINT_LIB_FIX_CURES_H
