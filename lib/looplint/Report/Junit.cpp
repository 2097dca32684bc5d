//===- Junit.cpp - JUnit's XML, for test dashboards -----------------------===//
//
// One suite for each file with findings. A dashboard shows a run without any
// test case as broken, so a clean run has one case, which passes.
//
//===----------------------------------------------------------------------===//

#include "looplint/Report/Formats.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/JSON.h"

using namespace looplint;
using namespace looplint::report;

/// Also drops what XML 1.0 cannot express at all: most control characters.
static std::string escaped(llvm::StringRef text) {
  std::string valid = llvm::json::fixUTF8(text);
  std::string result;
  for (char c : valid) {
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    case '\n':
      result += "&#10;";
      break;
    case '\t':
      result += "&#9;";
      break;
    default:
      result += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    }
  }
  return result;
}

static void printCase(llvm::raw_ostream &out, const Input &input,
                      const Finding &finding) {
  ShownRange place = input.placeOf(finding.at);
  std::string code = codeSpelling(finding.code);
  std::string cell =
      place.cell == 0 ? "" : "cell " + std::to_string(place.cell) + ":";
  out << "    <testcase name=\"" << code << ':' << cell << place.begin.line
      << ':' << place.begin.column << "\" classname=\"" << escaped(place.file)
      << "\" file=\"" << escaped(place.file) << "\" line=\"" << place.fileLine
      << "\">\n";
  out << "      <failure type=\"" << spelling(finding.severity)
      << "\" message=\"" << escaped(finding.message) << "\">"
      << escaped(placeSpelling(place)) << ": " << escaped(finding.message)
      << " [" << code << "]\n";
  for (const WitnessStep &step : finding.witness) {
    out << escaped(placeSpelling(input.placeOf(step.at))) << ": "
        << escaped(step.message) << '\n';
  }
  out << "</failure>\n    </testcase>\n";
}

static void printSuite(llvm::raw_ostream &out, const Input &input,
                       llvm::ArrayRef<Finding> findings) {
  out << "  <testsuite name=\""
      << escaped(input.placeOf(findings.front().at).file) << "\" tests=\""
      << findings.size() << "\" failures=\"" << findings.size() << "\">\n";
  for (const Finding &finding : findings)
    printCase(out, input, finding);
  out << "  </testsuite>\n";
}

void report::printJunit(llvm::raw_ostream &out, const Input &input) {
  llvm::ArrayRef<Finding> findings = input.report.findings;
  std::size_t tests = std::max<std::size_t>(findings.size(), 1);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out << "<testsuites name=\"looplint\" tests=\"" << tests << "\" failures=\""
      << findings.size() << "\">\n";
  if (findings.empty())
    out << "  <testsuite name=\"looplint\" tests=\"1\" failures=\"0\">\n"
           "    <testcase name=\"no findings\" classname=\"looplint\"/>\n"
           "  </testsuite>\n";

  // Findings come in the order of files.
  while (!findings.empty()) {
    llvm::ArrayRef<Finding> sameFile = findings.take_while(
        [&](auto &f) { return f.at.file == findings.front().at.file; });
    printSuite(out, input, sameFile);
    findings = findings.drop_front(sameFile.size());
  }
  out << "</testsuites>\n";
}
