//===- Sarif.cpp - SARIF 2.1.0 --------------------------------------------===//
//
// The witness becomes a code flow, so viewers let people step through it. The
// rules listed are those that have findings: a viewer needs no others, and
// small reports stay small.
//
//===----------------------------------------------------------------------===//

#include "Fingerprints.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

#include <set>

using namespace looplint;
using namespace looplint::report;
using llvm::json::fixUTF8;
using llvm::json::OStream;

/// A relative URI reference, or a file: URI for an absolute path.
static std::string uriOf(llvm::StringRef path) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string uri = llvm::sys::path::is_absolute(path) ? "file://" : "";
  for (char c : path) {
    if (llvm::isAlnum(c) || llvm::StringRef("/-._~!$&'()*+,;=@").contains(c)) {
      uri += c;
      continue;
    }
    auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += digits[byte >> 4];
    uri += digits[byte & 15];
  }
  return uri;
}

static llvm::StringRef levelOf(Severity severity) {
  return severity == Severity::Info ? "note" : spelling(severity);
}

static void writeText(OStream &json, llvm::StringRef key,
                      llvm::StringRef text) {
  json.attributeObject(key, [&] { json.attribute("text", fixUTF8(text)); });
}

static void writeRegion(OStream &json, llvm::StringRef key,
                        const ShownRange &place) {
  json.attributeObject(key, [&] {
    json.attribute("startLine", place.fileLine);
    // In a notebook the columns are those of the cell, not of the JSON text.
    if (place.cell != 0)
      return;
    json.attribute("startColumn", place.begin.column);
    json.attribute("endLine", place.end.line);
    json.attribute("endColumn", place.end.column);
  });
}

static void writeArtifact(OStream &json, llvm::StringRef file) {
  json.attributeObject("artifactLocation",
                       [&] { json.attribute("uri", uriOf(file)); });
}

/// The place in the file, and where that is a notebook, in the cell.
static void writePlace(OStream &json, const ShownRange &place) {
  if (place.cell != 0)
    json.attributeArray("logicalLocations", [&] {
      json.object([&] {
        json.attribute("name", "cell " + std::to_string(place.cell));
        json.attribute("fullyQualifiedName", fixUTF8(placeSpelling(place)));
      });
    });
  json.attributeObject("physicalLocation", [&] {
    writeArtifact(json, place.file);
    writeRegion(json, "region", place);
  });
}

static void writeStep(OStream &json, const Input &input,
                      const WitnessStep &step) {
  json.attributeObject("location", [&] {
    writePlace(json, input.placeOf(step.at));
    writeText(json, "message", step.message);
  });
}

static void writeThreadFlow(OStream &json, const Input &input,
                            const Finding &finding) {
  json.attributeArray("locations", [&] {
    for (const WitnessStep &step : finding.witness)
      json.object([&] { writeStep(json, input, step); });
  });
}

static void writeCodeFlow(OStream &json, const Input &input,
                          const Finding &finding) {
  json.attributeArray("threadFlows", [&] {
    json.object([&] { writeThreadFlow(json, input, finding); });
  });
}

static void writeReplacement(OStream &json, const Input &input,
                             const Edit &edit) {
  json.object([&] {
    writeArtifact(json, input.placeOf(edit.at).file);
    json.attributeArray("replacements", [&] {
      json.object([&] {
        writeRegion(json, "deletedRegion", input.placeOf(edit.at));
        writeText(json, "insertedContent", edit.text);
      });
    });
  });
}

static void writeFix(OStream &json, const Input &input, const Fix &fix) {
  writeText(json, "description", fix.message);
  json.attributeArray("artifactChanges", [&] {
    for (const Edit &edit : fix.edits)
      writeReplacement(json, input, edit);
  });
}

static void writeFixes(OStream &json, const Input &input,
                       const Finding &finding) {
  json.attributeArray("fixes", [&] {
    for (const Fix &fix : finding.fixes)
      // SARIF wants at least one change; advice without edits has none. In a
      // notebook it would be one of the JSON text.
      if (!fix.edits.empty() && input.placeOf(finding.at).cell == 0)
        json.object([&] { writeFix(json, input, fix); });
  });
}

static void writeResult(OStream &json, const Input &input,
                        const Finding &finding, Fingerprints &fingerprints) {
  json.attribute("ruleId", codeSpelling(finding.code));
  json.attribute("level", levelOf(finding.severity));
  writeText(json, "message",
            cellPrefix(input.placeOf(finding.at)) + finding.message);
  json.attributeArray("locations", [&] {
    json.object([&] { writePlace(json, input.placeOf(finding.at)); });
  });
  if (!finding.witness.empty())
    json.attributeArray("codeFlows", [&] {
      json.object([&] { writeCodeFlow(json, input, finding); });
    });
  if (!finding.fixes.empty())
    writeFixes(json, input, finding);
  json.attributeObject("partialFingerprints", [&] {
    json.attribute("looplint/v1",
                   fingerprints.next(finding, input.placeOf(finding.at).file));
  });
  json.attributeObject("properties", [&] {
    json.attribute("confidence", spelling(finding.confidence));
    json.attribute("context", fixUTF8(finding.context));
  });
}

static void writeDriver(OStream &json, const Report &report) {
  std::set<std::uint16_t> codes;
  for (const Finding &finding : report.findings)
    codes.insert(finding.code);

  json.attribute("name", "looplint");
  json.attribute("version", LOOPLINT_VERSION);
  json.attributeArray("rules", [&] {
    for (std::uint16_t code : codes)
      json.object([&] {
        const RuleInfo *rule = findRule(code);
        assert(rule && "a finding's code is in the catalogue");
        json.attribute("id", codeSpelling(code));
        json.attribute("name", rule->name);
        writeText(json, "shortDescription", rule->summary);
        json.attributeObject("defaultConfiguration", [&] {
          json.attribute("level", levelOf(rule->severity));
        });
      });
  });
}

static void writeRun(OStream &json, const Input &input) {
  json.attributeObject("tool", [&] {
    json.attributeObject("driver", [&] { writeDriver(json, input.report); });
  });
  json.attribute("columnKind", "unicodeCodePoints");
  Fingerprints fingerprints;
  json.attributeArray("results", [&] {
    for (const Finding &finding : input.report.findings)
      json.object([&] { writeResult(json, input, finding, fingerprints); });
  });
}

void report::printSarif(llvm::raw_ostream &out, const Input &input) {
  OStream json(out, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.attribute("version", "2.1.0");
    json.attributeArray("runs",
                        [&] { json.object([&] { writeRun(json, input); }); });
  });
  out << '\n';
}
