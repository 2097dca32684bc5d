//===- Edits.h - changes to texts, as values ------------------------------===//
//
// All edits of a round are made against the same texts and applied at once, so
// their order does not matter. What would touch what another edit touches is
// refused, and has its turn in a later round, against the text that it finds
// then.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FIX_EDITS_H
#define LOOPLINT_FIX_EDITS_H

#include "looplint/Rules/Finding.h"
#include "looplint/Source/Sources.h"

#include "llvm/ADT/StringRef.h"

#include <map>
#include <string>
#include <vector>

namespace looplint {

/// Edits of any number of files of which no two touch each other.
class EditSet {
public:
  /// Takes all edits of \p fix, or none where one of them conflicts with what
  /// was taken before. An edit that was taken already is no conflict.
  bool add(const Fix &fix);

  bool empty() const { return edits.empty(); }
  /// The files that change, in order.
  std::vector<FileId> files() const;
  /// The text of \p file after the edits.
  std::string apply(FileId file, llvm::StringRef text) const;
  /// The file's document after the edits; see SourceFile::document(). As it is
  /// where an edit cannot be written there.
  std::string applyToDocument(const SourceFile &file, FileId id,
                              llvm::StringRef document) const;
  /// Where byte \p offset of the old text is in the new one. What was replaced
  /// maps to the beginning of what replaced it.
  std::uint32_t moved(FileId file, std::uint32_t offset) const;

private:
  bool conflicts(const Edit &edit) const;

  /// By file and place.
  std::map<Location, std::string> edits;
};

} // namespace looplint

#endif // LOOPLINT_FIX_EDITS_H
