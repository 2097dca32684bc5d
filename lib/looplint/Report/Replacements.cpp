//===- Replacements.cpp - fixes for other tools to apply ------------------===//
//
// The YAML of clang-tidy's --export-fixes: one entry for each finding that has
// a fix, with replacements by path, offset and length.
//
//===----------------------------------------------------------------------===//

#include "looplint/Report/Report.h"
#include "looplint/Report/RuleNames.h"
#include "looplint/Source/Notebook.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

using namespace looplint;

namespace {

/// A change of the bytes of a file on disk.
struct Replacement {
  FileId file;
  TextChange change;
};

class Exporter {
public:
  Exporter(llvm::raw_ostream &out, const Report &report)
      : out(out), report(report) {}

  void add(const Finding &finding, const Fix &fix);

private:
  std::optional<std::vector<Replacement>> onDisk(const Fix &fix) const;
  bool isFree(const Replacement &wanted) const;
  std::string path(FileId file) const;

  llvm::raw_ostream &out;
  const Report &report;
  std::vector<Replacement> taken;
};

} // namespace

/// A double-quoted scalar, which can hold any text on one line.
static std::string quoted(llvm::StringRef text) {
  std::string yaml = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      yaml += '\\';
    if (c == '\n')
      yaml += "\\n";
    else if (c == '\r')
      yaml += "\\r";
    else if (c == '\t')
      yaml += "\\t";
    else if (static_cast<unsigned char>(c) < 0x20)
      yaml += "\\x" + llvm::utohexstr(static_cast<unsigned char>(c),
                                      /*LowerCase=*/true, /*Width=*/2);
    else
      yaml += c;
  }
  return yaml + "\"";
}

std::string Exporter::path(FileId file) const {
  llvm::SmallString<256> path(report.sources.file(file).diskPath());
  llvm::sys::fs::make_absolute(path);
  return std::string(path);
}

/// The fix in terms of bytes on disk; none where they cannot be told.
std::optional<std::vector<Replacement>> Exporter::onDisk(const Fix &fix) const {
  std::vector<Replacement> all;
  for (const Edit &edit : fix.edits) {
    const SourceFile &file = report.sources.file(edit.at.file);
    bool isPlain = file.encoding().isUtf8() && file.cells().empty() &&
                   !isNotebook(file.path()) && !file.diskPath().empty();
    if (!isPlain)
      return std::nullopt;
    std::uint32_t mark = file.encoding().hasByteOrderMark ? 3 : 0;
    Span span{edit.at.span.begin + mark, edit.at.span.end + mark};
    all.push_back({edit.at.file, {span, edit.text}});
  }
  return all;
}

bool Exporter::isFree(const Replacement &wanted) const {
  return llvm::none_of(taken, [&](const Replacement &known) {
    if (known.file != wanted.file)
      return false;
    const Span &left = known.change.span;
    const Span &right = wanted.change.span;
    bool isSame = left == right && known.change.text == wanted.change.text;
    bool touches = left.begin == right.begin ||
                   (left.begin < right.end && right.begin < left.end);
    return touches && !isSame;
  });
}

void Exporter::add(const Finding &finding, const Fix &fix) {
  std::optional<std::vector<Replacement>> wanted = onDisk(fix);
  if (!wanted || !llvm::all_of(*wanted, [&](const Replacement &each) {
        return isFree(each);
      }))
    return;
  llvm::append_range(taken, *wanted);
  out << "  - DiagnosticName: " << codeSpelling(finding.code)
      << "\n    DiagnosticMessage:\n      Message: " << quoted(finding.message)
      << "\n      FilePath: " << quoted(path(finding.at.file))
      << "\n      FileOffset: " << finding.at.span.begin
      << "\n      Replacements:\n";
  for (const Replacement &each : *wanted)
    out << "        - FilePath: " << quoted(path(each.file))
        << "\n          Offset: " << each.change.span.begin
        << "\n          Length: "
        << each.change.span.end - each.change.span.begin
        << "\n          ReplacementText: " << quoted(each.change.text) << '\n';
  out << "    Level: "
      << (finding.severity == Severity::Error ? "Error" : "Warning") << '\n';
}

void looplint::printReplacements(llvm::raw_ostream &out, const Report &report,
                                 bool unsafeToo) {
  out << "---\nMainSourceFile: ''\nDiagnostics:\n";
  Exporter exporter(out, report);
  for (const Finding &finding : report.findings)
    for (const Fix &fix : finding.fixes)
      if (fix.applicability == Applicability::Safe ||
          (unsafeToo && fix.applicability == Applicability::Unsafe))
        exporter.add(finding, fix);
  out << "...\n";
}
