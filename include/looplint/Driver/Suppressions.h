//===- Suppressions.h - comments that silence findings --------------------===//
//
//   x = f()  # noqa               everything on this line
//   x = f()  # noqa: LOOP201      these codes on this line
//   # looplint: ignore-next-line: LOOP201
//   # looplint: noqa: LOOP201     these codes in the whole file
//
// A line is a logical line: a comment anywhere in a statement of several lines
// silences all of it, as other linters do.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_DRIVER_SUPPRESSIONS_H
#define LOOPLINT_DRIVER_SUPPRESSIONS_H

#include "looplint/Rules/Finding.h"
#include "looplint/Source/SourceFile.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <vector>

namespace looplint {

struct Suppression {
  struct Code {
    llvm::StringRef spelling; // as written
    Span at;
  };

  /// Where a finding, or a step of its witness, must begin.
  Span covers;
  /// Empty: everything is silenced.
  std::vector<Code> codes;
  /// What to remove where the suppression goes: the comment, or its part of
  /// one, with the blanks in front of it. Empty where that is not known.
  Span removal{};
};

/// A quick test, so that most files are not scanned: whether a suppression may
/// be in \p text. Thread-safe, as is the next function.
bool mayContainSuppressions(llvm::StringRef text);

/// The suppressions in the comments of a Python file, in order. A comment
/// speaks of no line beyond its own cell.
std::vector<Suppression> findSuppressions(llvm::StringRef text,
                                          llvm::ArrayRef<CodeCell> cells = {});

/// The same in C++, in the words of clang-tidy:
///   f(); // NOLINT                       everything on this line
///   f(); // NOLINT(LOOP201, other-check) these on this line
///   // NOLINTNEXTLINE(LOOP201)
///   // NOLINTBEGIN(LOOP201) … // NOLINTEND(LOOP201)
///   // looplint: noqa: LOOP201            these in the whole file
std::vector<Suppression> findCppSuppressions(llvm::StringRef text);

/// Drops the findings that are suppressed in their file, and adds a LOOP901
/// for each code that silenced nothing, if \p isEnabled for that rule in that
/// file. \p suppressions has an entry for each file.
Findings
withoutSuppressed(Findings findings,
                  llvm::ArrayRef<std::vector<Suppression>> suppressions,
                  llvm::function_ref<bool(std::uint16_t, FileId)> isEnabled);

} // namespace looplint

#endif // LOOPLINT_DRIVER_SUPPRESSIONS_H
