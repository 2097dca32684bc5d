//===- Json.cpp - the report as looplint's own JSON -----------------------===//
//
// A contract: fields are only ever added, and their order is kept, so that a
// difference of two reports is a difference of findings.
//
//===----------------------------------------------------------------------===//

#include "llvm/Support/JSON.h"

#include "looplint/Report/Formats.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;
using namespace looplint::report;
using llvm::json::fixUTF8;

static void writeStart(llvm::json::OStream &json, const ShownRange &place) {
  json.attribute("file", fixUTF8(place.file));
  if (place.cell != 0)
    json.attribute("cell", place.cell);
  json.attribute("line", place.begin.line);
  json.attribute("column", place.begin.column);
}

static void writeEnd(llvm::json::OStream &json, const ShownRange &place) {
  json.attribute("end_line", place.end.line);
  json.attribute("end_column", place.end.column);
}

static void writeFix(llvm::json::OStream &json, const Input &input,
                     const Fix &fix) {
  json.attribute("applicability", spelling(fix.applicability));
  json.attribute("message", fixUTF8(fix.message));
  json.attributeArray("edits", [&] {
    for (const Edit &edit : fix.edits)
      json.object([&] {
        ShownRange place = input.placeOf(edit.at);
        writeStart(json, place);
        writeEnd(json, place);
        json.attribute("text", fixUTF8(edit.text));
      });
  });
}

static void writeFinding(llvm::json::OStream &json, const Input &input,
                         const Finding &finding) {
  json.attribute("code", codeSpelling(finding.code));
  json.attribute("name", ruleName(finding.code));
  json.attribute("severity", spelling(finding.severity));
  json.attribute("confidence", spelling(finding.confidence));
  json.attribute("message", fixUTF8(finding.message));
  ShownRange place = input.placeOf(finding.at);
  writeStart(json, place);
  writeEnd(json, place);
  json.attribute("context", fixUTF8(finding.context));
  json.attributeArray("witness", [&] {
    for (const WitnessStep &step : finding.witness)
      json.object([&] {
        writeStart(json, input.placeOf(step.at));
        json.attribute("message", fixUTF8(step.message));
      });
  });
  json.attributeArray("fixes", [&] {
    for (const Fix &fix : finding.fixes)
      json.object([&] { writeFix(json, input, fix); });
  });
}

static void writeSummary(llvm::json::OStream &json, const Coverage &coverage) {
  json.attribute("files", coverage.files);
  json.attribute("parsed", coverage.parsed);
  json.attribute("incomplete", coverage.unanalysed);
  json.attribute("functions", coverage.functions);
  json.attribute("functions_reached", coverage.reached);
  json.attribute("calls", coverage.calls);
  json.attribute("unresolved_calls", coverage.unresolvedCalls);
  json.attribute("fixed", coverage.fixed);
  // Milliseconds: more digits would only be noise.
  json.attributeBegin("seconds");
  json.rawValue(llvm::formatv("{0:f3}", coverage.seconds).str());
  json.attributeEnd();
}

void report::printJson(llvm::raw_ostream &out, const Input &input) {
  llvm::json::OStream json(out, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("version", 1);
    json.attributeArray("diagnostics", [&] {
      for (const Finding &finding : input.report.findings)
        json.object([&] { writeFinding(json, input, finding); });
    });
    json.attributeObject("summary",
                         [&] { writeSummary(json, input.report.coverage); });
  });
  out << '\n';
}
