//===- RuleSelection.h - which rules are on -------------------------------===//

#ifndef LOOPLINT_DRIVER_RULESELECTION_H
#define LOOPLINT_DRIVER_RULESELECTION_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace looplint {

/// Codes of rules: 201 for LOOP201.
using RuleSet = std::set<std::uint16_t>;

/// The rules that one selector means: a code ("LOOP201"), the beginning of
/// codes ("LOOP2"), a name ("nested-run") or "ALL". Case does not matter.
/// Fails with a suggestion where it means none.
llvm::Expected<RuleSet> rulesNamed(llvm::StringRef selector);

/// The rules that are on. The longer a selector, the more it counts, so
/// `LOOP2` can be ignored and `LOOP201` selected; of equal ones `ignore` wins.
llvm::Expected<RuleSet> selectRules(llvm::ArrayRef<std::string> select,
                                    llvm::ArrayRef<std::string> ignore);

} // namespace looplint

#endif // LOOPLINT_DRIVER_RULESELECTION_H
