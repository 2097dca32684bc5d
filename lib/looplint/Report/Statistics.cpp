//===- Statistics.cpp - findings by code, and what was looked at ----------===//

#include "looplint/Report/Formats.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/Support/Format.h"

#include <map>

using namespace looplint;

void looplint::printStatistics(llvm::raw_ostream &out, const Report &report) {
  std::map<std::uint16_t, unsigned> counts;
  for (const Finding &finding : report.findings)
    ++counts[finding.code];
  for (auto [code, count] : counts)
    out << llvm::format("%7u  ", count) << codeSpelling(code) << "  "
        << ruleName(code) << '\n';

  const Coverage &c = report.coverage;
  out << "analysed " << report::counted(c.files, "file") << " (" << c.parsed
      << " parsed, " << c.fromCache << " of them in an earlier run"
      << (c.unanalysed == 0 ? ""
                            : ", " + std::to_string(c.unanalysed) +
                                  " not or not wholly analysed")
      << "), " << report::counted(c.functions, "function") << " (" << c.reached
      << " reached from a known root), " << report::counted(c.calls, "call")
      << " (" << c.unresolvedCalls << " of what nothing is known of)"
      << llvm::format(" in %.2f s\n", c.seconds);
}
