//===- Rules.h - findings from contexts and effects -----------------------===//
//
// A rule is a function from (program, contexts) to findings. It asks which
// effects take place in which contexts; it knows no library by name, no
// language and no syntax. Rules.def lists them.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_RULES_RULES_H
#define LOOPLINT_RULES_RULES_H

#include "looplint/Context/Contexts.h"
#include "looplint/Rules/Finding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace looplint {

struct RuleInput {
  const Program &program;
  const Contexts &contexts;
  /// Categories of blocking calls that are reported on demand only.
  llvm::ArrayRef<std::string> blockingTiers = {};

  /// The lowest Python version that the file has to run on.
  Version versionAt(Location at) const {
    return contexts.options.versionIn(at.file);
  }
};

struct RuleInfo {
  std::uint16_t code = 0;
  llvm::StringRef name;
  Severity severity = Severity::Warning;
  llvm::StringRef summary;
  /// Null for what the driver itself reports (LOOP9xx).
  Findings (*check)(const RuleInput &) = nullptr;
};

/// The catalogue, sorted by code.
llvm::ArrayRef<RuleInfo> allRules();

/// What all rules find: one finding a place, by the order of precedence of the
/// catalogue. Sorted by place.
Findings runRules(const RuleInput &input);

} // namespace looplint

#endif // LOOPLINT_RULES_RULES_H
