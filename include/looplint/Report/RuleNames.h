//===- RuleNames.h - rules as people know them ----------------------------===//

#ifndef LOOPLINT_REPORT_RULENAMES_H
#define LOOPLINT_REPORT_RULENAMES_H

#include "looplint/Rules/Rules.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace looplint {

/// "LOOP201".
std::string codeSpelling(std::uint16_t code);

/// The rule with that code, or null.
const RuleInfo *findRule(std::uint16_t code);

/// "nested-run". \p code must be in the catalogue.
llvm::StringRef ruleName(std::uint16_t code);

} // namespace looplint

#endif // LOOPLINT_REPORT_RULENAMES_H
