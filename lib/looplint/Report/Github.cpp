//===- Github.cpp - workflow commands of GitHub Actions -------------------===//
//
// GitHub shows the witness only where it is part of the message, so its steps
// follow there, one line each. It knows of no cells: a finding in a notebook
// stands at the line of the file, and the message begins with its cell.
//
//===----------------------------------------------------------------------===//

#include "looplint/Report/Formats.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/ADT/StringRef.h"

using namespace looplint;
using namespace looplint::report;

/// Properties end at `,` and `:`; both they and messages end at a line's end.
static std::string escaped(llvm::StringRef text, bool isProperty) {
  std::string result;
  for (char c : text) {
    if (c == '%')
      result += "%25";
    else if (c == '\r')
      result += "%0D";
    else if (c == '\n')
      result += "%0A";
    else if (isProperty && c == ':')
      result += "%3A";
    else if (isProperty && c == ',')
      result += "%2C";
    else
      result += c;
  }
  return result;
}

static llvm::StringRef commandOf(Severity severity) {
  return severity == Severity::Info ? "notice" : spelling(severity);
}

void report::printGithub(llvm::raw_ostream &out, const Input &input) {
  for (const Finding &finding : input.report.findings) {
    ShownRange place = input.placeOf(finding.at);
    std::string message = cellPrefix(place) + finding.message;
    for (const WitnessStep &step : finding.witness)
      message +=
          "\n" + placeSpelling(input.placeOf(step.at)) + ": " + step.message;
    out << "::" << commandOf(finding.severity)
        << " file=" << escaped(place.file, /*isProperty=*/true)
        << ",line=" << place.fileLine;
    if (place.cell == 0)
      out << ",col=" << place.begin.column << ",endLine=" << place.end.line
          << ",endColumn=" << place.end.column;
    out << ",title=looplint (" << codeSpelling(finding.code)
        << ")::" << escaped(message, /*isProperty=*/false) << '\n';
  }
}
