//===- Text.cpp - findings for people -------------------------------------===//
//
// The style of Clang's diagnostics, which editors and people already read: the
// place, the message, the line with its range marked; then the witness, one
// note for each step from the root to the finding. Findings that come from one
// cause stand behind the first of them, which has the whole witness; the others
// show what is their own.
//
//===----------------------------------------------------------------------===//

#include "Causes.h"
#include "Snippet.h"
#include "looplint/Report/Formats.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;
using namespace looplint::report;

static llvm::raw_ostream::Colors colorOf(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return llvm::raw_ostream::RED;
  case Severity::Warning:
    return llvm::raw_ostream::MAGENTA;
  case Severity::Info:
    return llvm::raw_ostream::BLUE;
  }
  return llvm::raw_ostream::RED;
}

/// `pkg/a.py:3:5: error: `, with the label in its colour.
static void printHead(llvm::raw_ostream &out, const ShownRange &place,
                      llvm::StringRef label, llvm::raw_ostream::Colors color) {
  out.changeColor(llvm::raw_ostream::SAVEDCOLOR, /*Bold=*/true);
  out << printable(placeSpelling(place)) << ": ";
  out.changeColor(color, /*Bold=*/true);
  out << label << ": ";
  out.resetColor();
}

static void printWitness(llvm::raw_ostream &out, const Input &input,
                         const Finding &finding,
                         llvm::ArrayRef<WitnessStep> steps) {
  for (const WitnessStep &step : steps) {
    ShownRange place = input.placeOf(step.at);
    printHead(out, place, "note", llvm::raw_ostream::CYAN);
    out << printable(step.message) << '\n';
    // The last step is often the finding's own place, which was just shown.
    if (step.at == finding.at)
      continue;
    printSnippet(out, firstLine(input.report.sources, step.at),
                 place.begin.line);
  }
}

static void printFinding(llvm::raw_ostream &out, const Input &input,
                         const Finding &finding) {
  ShownRange place = input.placeOf(finding.at);
  printHead(out, place, spelling(finding.severity), colorOf(finding.severity));
  out.changeColor(llvm::raw_ostream::SAVEDCOLOR, /*Bold=*/true);
  out << printable(finding.message);
  out.resetColor();
  out << " [" << codeSpelling(finding.code) << ']';
  if (finding.confidence != Confidence::Definite)
    out << " (" << spelling(finding.confidence) << ')';
  out << '\n';

  LineRange line = firstLine(input.report.sources, finding.at);
  if (!line.text.empty())
    printSnippet(out, line, place.begin.line);
}

static void printFixes(llvm::raw_ostream &out, const Finding &finding) {
  for (const Fix &fix : finding.fixes)
    out << "  fix (" << spelling(fix.applicability)
        << "): " << printable(fix.message) << '\n';
}

static void printGroup(llvm::raw_ostream &out, const Input &input,
                       const CauseGroup &group) {
  const Finding &first = *group.first;
  printFinding(out, input, first);
  printWitness(out, input, first, first.witness);
  printFixes(out, first);
  if (!group.others.empty())
    out << "  " << group.others.size() << " more from the same cause:\n";
  for (const Finding *other : group.others) {
    printFinding(out, input, *other);
    printWitness(out, input, *other, furtherSteps(first, *other));
    printFixes(out, *other);
  }
}

/// "3 errors, 1 warning in 12 files".
static void printTotals(llvm::raw_ostream &out, const Report &report) {
  llvm::SmallVector<std::string, 3> parts;
  for (Severity severity :
       {Severity::Error, Severity::Warning, Severity::Info}) {
    auto count = static_cast<std::size_t>(llvm::count_if(
        report.findings, [&](auto &f) { return f.severity == severity; }));
    if (count == 0)
      continue;
    llvm::StringRef noun =
        severity == Severity::Info ? "info finding" : spelling(severity);
    parts.push_back(counted(count, noun));
  }
  if (parts.empty())
    parts.push_back("no findings");
  out << llvm::join(parts, ", ") << " in "
      << counted(report.coverage.files, "file") << '\n';
}

void report::printText(llvm::raw_ostream &out, const Input &input) {
  out.enable_colors(input.options.color);
  if (!input.options.details) {
    for (const Finding &finding : input.report.findings) {
      printFinding(out, input, finding);
      printFixes(out, finding);
    }
    return;
  }
  for (const CauseGroup &group : groupsByCause(input.report.findings))
    printGroup(out, input, group);
  printTotals(out, input.report);
}
