//===- Report.h - findings to bytes ---------------------------------------===//
//
// A report is a plain value: the findings that are left, the files they speak
// of, and how much of the program was looked at. An output format is a
// function from a report to text, in a file of its own, listed in Formats.def.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_REPORT_REPORT_H
#define LOOPLINT_REPORT_REPORT_H

#include "looplint/Rules/Finding.h"
#include "looplint/Source/Sources.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace looplint {

/// How much of the program the run has seen.
struct Coverage {
  unsigned files = 0;      // found or named
  unsigned parsed = 0;     // the others cannot matter
  unsigned fromCache = 0;  // of those, in an earlier run
  unsigned unanalysed = 0; // not, or not wholly, read or parsed
  unsigned functions = 0;
  unsigned reached = 0; // functions that a known root leads to
  unsigned calls = 0;   // places in the code, however often they are executed
  unsigned unresolvedCalls = 0; // neither the program's nor a model's
  unsigned fixed = 0;
  double seconds = 0;
};

struct Report {
  /// In the order of files and places.
  Findings findings;
  Sources sources;
  Coverage coverage;
  /// What the files that fixes have changed, in memory, contained before.
  std::map<FileId, std::string> originals;
  /// Why other fixes were not applied or offered: lines for people.
  std::vector<std::string> withheldFixes;
};

enum class OutputFormat : std::uint8_t {
#define FORMAT(Name, spelling, isDocument) Name,
#include "looplint/Report/Formats.def"
};

/// The format that --output-format calls \p spelling.
std::optional<OutputFormat> parseOutputFormat(llvm::StringRef spelling);
/// All spellings, in the order of Formats.def.
std::vector<llvm::StringRef> outputFormatSpellings();
/// The output is one document for a program to read, so nothing may be added.
bool isDocument(OutputFormat format);

struct PrintOptions {
  bool color = false;
  /// The witness is printed (text only), and the line of totals.
  bool details = true;
};

void print(llvm::raw_ostream &out, const Report &report, OutputFormat format,
           const PrintOptions &options);

/// The fixes that come with the findings, safe ones or all, in the YAML that
/// clang-apply-replacements reads. Offsets are bytes of the files on disk. What
/// overlaps with a fix before it is left out, and so are files in encodings
/// whose offsets are not those of their text.
void printReplacements(llvm::raw_ostream &out, const Report &report,
                       bool unsafeToo);

/// What the fixes change, as a unified diff (`diff -u`).
void printDiff(llvm::raw_ostream &out, const Report &report);

/// Findings for each code, and the coverage: `--statistics`.
void printStatistics(llvm::raw_ostream &out, const Report &report);

} // namespace looplint

#endif // LOOPLINT_REPORT_REPORT_H
