//===- AddSuppressions.cpp ------------------------------------------------===//

#include "AddSuppressions.h"

#include "PythonComments.h"
#include "looplint/Driver/Suppressions.h"
#include "looplint/Report/RuleNames.h"
#include "looplint/Source/CppFiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>
#include <set>

using namespace looplint;

/// They are about files and comments, which a comment cannot silence.
static constexpr std::uint16_t firstAboutFiles = 900;

namespace {

/// The codes to silence on the logical line that begins at a byte.
using CodesByLine = std::map<std::uint32_t, std::set<std::string>>;

struct Lines {
  std::map<std::uint32_t, Span> byStart;

  Lines(llvm::StringRef text, llvm::ArrayRef<CodeCell> cells) {
    auto read = [&](Span part) {
      for (Span line : findLogicalLines(text, part))
        byStart[line.begin] = line;
    };
    for (const CodeCell &cell : cells)
      read(cell.span);
    if (cells.empty())
      read({0, static_cast<std::uint32_t>(text.size())});
  }

  /// The line around the byte, or null.
  const Span *around(std::uint32_t offset) const {
    auto after = byStart.upper_bound(offset);
    if (after == byStart.begin())
      return nullptr;
    const Span &line = std::prev(after)->second;
    return offset < line.end ? &line : nullptr;
  }
};

} // namespace

/// Where a suppression of that line lists its codes: behind the last one.
static std::optional<std::uint32_t>
endOfCodes(llvm::ArrayRef<Suppression> suppressions, Span line) {
  for (const Suppression &suppression : suppressions)
    if (suppression.covers == line && !suppression.codes.empty() &&
        suppression.removal.begin >= line.begin)
      return suppression.codes.back().at.end;
  return std::nullopt;
}

static Edit silence(FileId file, llvm::StringRef text, Span line,
                    const std::set<std::string> &codes,
                    llvm::ArrayRef<Suppression> suppressions,
                    llvm::StringRef reason) {
  std::string list = llvm::join(codes, ", ");
  if (std::optional<std::uint32_t> end = endOfCodes(suppressions, line))
    return {{file, {*end, *end}}, ", " + list};
  llvm::StringRef written = text.slice(line.begin, line.end);
  auto end = line.begin + static_cast<std::uint32_t>(written.rtrim().size());
  return {{file, {end, end}},
          "  # noqa: " + list + (reason.empty() ? "" : "  # " + reason.str())};
}

Fix looplint::suppressionsFor(const Findings &findings, const Sources &sources,
                              llvm::StringRef reason) {
  std::map<FileId, CodesByLine> wanted;
  std::map<FileId, Lines> lines;
  for (const Finding &finding : findings) {
    const SourceFile &file = sources.file(finding.at.file);
    if (finding.code >= firstAboutFiles || isCppFile(file.path()))
      continue;
    const Lines &known =
        lines.try_emplace(finding.at.file, file.text(), file.cells())
            .first->second;
    if (const Span *line = known.around(finding.at.span.begin))
      wanted[finding.at.file][line->begin].insert(codeSpelling(finding.code));
  }
  Fix fix{Applicability::Safe, "suppress", {}};
  for (const auto &[id, codesByLine] : wanted) {
    const SourceFile &file = sources.file(id);
    std::vector<Suppression> present =
        findSuppressions(file.text(), file.cells());
    for (const auto &[start, codes] : codesByLine)
      fix.edits.push_back(silence(id, file.text(),
                                  lines.at(id).byStart.at(start), codes,
                                  present, reason));
  }
  return fix;
}
