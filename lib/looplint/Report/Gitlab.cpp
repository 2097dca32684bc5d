//===- Gitlab.cpp - GitLab's code quality report --------------------------===//
//===----------------------------------------------------------------------===//

#include "Fingerprints.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/Support/JSON.h"

using namespace looplint;
using namespace looplint::report;
using llvm::json::fixUTF8;

static llvm::StringRef gitlabSeverity(Severity severity) {
  static constexpr llvm::StringLiteral words[] = {"info", "minor", "major"};
  return words[static_cast<std::size_t>(severity)];
}

static void writeEntry(llvm::json::OStream &json, const Finding &finding,
                       const ShownRange &place, Fingerprints &fingerprints) {
  json.attribute("check_name", codeSpelling(finding.code));
  json.attribute("description", fixUTF8(cellPrefix(place) + finding.message));
  json.attribute("fingerprint", fingerprints.next(finding, place.file));
  json.attribute("severity", gitlabSeverity(finding.severity));
  json.attributeObject("location", [&] {
    json.attribute("path", fixUTF8(place.file));
    json.attributeObject("lines", [&] {
      const std::uint32_t lines = place.end.line - place.begin.line;
      json.attribute("begin", place.fileLine);
      json.attribute("end", place.fileLine + (place.cell == 0 ? lines : 0));
    });
  });
}

void report::printGitlab(llvm::raw_ostream &out, const Input &input) {
  Fingerprints fingerprints;
  llvm::json::OStream json(out, /*IndentSize=*/2);
  json.array([&] {
    for (const Finding &finding : input.report.findings) {
      ShownRange place = input.placeOf(finding.at);
      json.object([&] { writeEntry(json, finding, place, fingerprints); });
    }
  });
  out << '\n';
}
