//===- EnabledRules.h - which rules are on in a file ----------------------===//

#ifndef LOOPLINT_LIB_DRIVER_ENABLEDRULES_H
#define LOOPLINT_LIB_DRIVER_ENABLEDRULES_H

#include "looplint/Driver/Configuration.h"
#include "looplint/Source/Sources.h"

#include <vector>

namespace looplint {

/// `select` and `ignore`, then `per-file-ignores`, whose patterns mean what
/// they mean in a .gitignore.
class EnabledRules {
public:
  EnabledRules(const Configuration &configuration, const Sources &sources);

  bool contain(std::uint16_t code, FileId file) const {
    return enabled.contains(code) && !ignored[file.index()].contains(code);
  }

private:
  const RuleSet &enabled;
  std::vector<RuleSet> ignored;
};

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_ENABLEDRULES_H
