//===- Fingerprints.h - findings that are told apart across runs ----------===//

#ifndef LOOPLINT_LIB_REPORT_FINGERPRINTS_H
#define LOOPLINT_LIB_REPORT_FINGERPRINTS_H

#include "looplint/Report/Formats.h"

#include <map>
#include <tuple>

namespace looplint::report {

/// Platforms match the findings of two runs by fingerprint. It must survive
/// edits above the finding, so it is made of what does not move (file, code,
/// message), and counts equal ones, in the order in which they are asked for.
class Fingerprints {
public:
  std::string next(const Finding &finding, llvm::StringRef file);

private:
  std::map<std::tuple<std::string, std::uint16_t, std::string>, unsigned> seen;
};

} // namespace looplint::report

#endif // LOOPLINT_LIB_REPORT_FINGERPRINTS_H
