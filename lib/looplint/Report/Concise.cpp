//===- Concise.cpp - one line for each finding ----------------------------===//

#include "looplint/Report/Formats.h"
#include "looplint/Report/RuleNames.h"

using namespace looplint;
using namespace looplint::report;

void report::printConcise(llvm::raw_ostream &out, const Input &input) {
  for (const Finding &finding : input.report.findings) {
    ShownRange place = input.placeOf(finding.at);
    out << printable(placeSpelling(place)) << ": " << spelling(finding.severity)
        << ": " << printable(finding.message) << " ["
        << codeSpelling(finding.code) << "]\n";
  }
}
