//===- Gitlab.cpp - GitLab's code quality report --------------------------===//
//
// GitLab matches the findings of two runs by fingerprint. It must survive
// edits above the finding, so it is made of what does not move (file, code,
// message), and counts equal ones.
//
//===----------------------------------------------------------------------===//

#include "looplint/Report/Formats.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/xxhash.h"

#include <map>
#include <tuple>

using namespace looplint;
using namespace looplint::report;
using llvm::json::fixUTF8;

static llvm::StringRef gitlabSeverity(Severity severity) {
  static constexpr llvm::StringLiteral words[] = {"info", "minor", "major"};
  return words[static_cast<std::size_t>(severity)];
}

static void writeEntry(llvm::json::OStream &json, const Finding &finding,
                       const ShownRange &place, unsigned equalBefore) {
  std::string identity =
      llvm::formatv("{0}:{1}:{2}:{3}", place.file, finding.code,
                    finding.message, equalBefore)
          .str();
  json.attribute("check_name", codeSpelling(finding.code));
  json.attribute("description", fixUTF8(cellPrefix(place) + finding.message));
  json.attribute("fingerprint",
                 llvm::formatv("{0:x-16}", llvm::xxh3_64bits(identity)).str());
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
  std::map<std::tuple<llvm::StringRef, std::uint16_t, llvm::StringRef>,
           unsigned>
      seen;
  llvm::json::OStream json(out, /*IndentSize=*/2);
  json.array([&] {
    for (const Finding &finding : input.report.findings) {
      ShownRange place = input.placeOf(finding.at);
      unsigned before = seen[{place.file, finding.code, finding.message}]++;
      json.object([&] { writeEntry(json, finding, place, before); });
    }
  });
  out << '\n';
}
