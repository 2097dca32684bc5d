//===- Gitlab.cpp - GitLab's code quality report --------------------------===//
//
// GitLab matches the findings of two runs by fingerprint. It must survive
// edits above the finding, so it is made of what does not move (file, code,
// message), and counts equal ones.
//
//===----------------------------------------------------------------------===//

#include "looplint/Report/Formats.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/xxhash.h"

using namespace looplint;
using namespace looplint::report;
using llvm::json::fixUTF8;

static llvm::StringRef gitlabSeverity(Severity severity) {
  static constexpr llvm::StringLiteral words[] = {"info", "minor", "major"};
  return words[static_cast<std::size_t>(severity)];
}

void report::printGitlab(llvm::raw_ostream &out, const Input &input) {
  llvm::StringMap<unsigned> seen;
  llvm::json::OStream json(out, /*IndentSize=*/2);
  json.array([&] {
    for (const Finding &finding : input.report.findings) {
      ShownRange place = input.placeOf(finding.at);
      std::string identity = llvm::formatv("{0}:{1}:{2}", place.file,
                                           finding.code, finding.message)
                                 .str();
      identity += ':' + std::to_string(seen[identity]++);
      json.object([&] {
        json.attribute("check_name", codeSpelling(finding.code));
        json.attribute("description", fixUTF8(finding.message));
        json.attribute(
            "fingerprint",
            llvm::formatv("{0:x-16}", llvm::xxh3_64bits(identity)).str());
        json.attribute("severity", gitlabSeverity(finding.severity));
        json.attributeObject("location", [&] {
          json.attribute("path", fixUTF8(place.file));
          json.attributeObject("lines", [&] {
            json.attribute("begin", place.begin.line);
            json.attribute("end", place.end.line);
          });
        });
      });
    }
  });
  out << '\n';
}
