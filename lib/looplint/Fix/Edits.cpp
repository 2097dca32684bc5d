//===- Edits.cpp ----------------------------------------------------------===//

#include "looplint/Fix/Edits.h"

#include "looplint/Source/Notebook.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// Two edits touch each other where one could see what the other did: they
/// overlap, or insert at one place. Edits side by side do not.
static bool touch(Span left, Span right) {
  if (left.begin == right.begin)
    return true;
  return left.begin < right.end && right.begin < left.end;
}

bool EditSet::conflicts(const Edit &edit) const {
  for (const auto &[at, text] : edits) {
    if (at.file != edit.at.file || !touch(at.span, edit.at.span))
      continue;
    if (at.span != edit.at.span || text != edit.text)
      return true;
  }
  return false;
}

bool EditSet::add(const Fix &fix) {
  if (llvm::any_of(fix.edits,
                   [&](const Edit &edit) { return conflicts(edit); }))
    return false;
  for (const Edit &edit : fix.edits)
    edits.emplace(edit.at, edit.text);
  return true;
}

std::vector<FileId> EditSet::files() const {
  std::vector<FileId> files;
  for (const auto &[at, text] : edits)
    if (files.empty() || files.back() != at.file)
      files.push_back(at.file);
  return files;
}

std::string EditSet::apply(FileId file, llvm::StringRef text) const {
  std::string result;
  std::size_t done = 0;
  for (const auto &[at, replacement] : edits) {
    if (at.file != file)
      continue;
    result += text.slice(done, at.span.begin);
    result += replacement;
    done = at.span.end;
  }
  result += text.drop_front(done);
  return result;
}

std::string EditSet::applyToDocument(const SourceFile &file, FileId id,
                                     llvm::StringRef document) const {
  if (!isNotebook(file.path()))
    return apply(id, document);
  std::vector<TextChange> changes;
  for (const auto &[at, replacement] : edits)
    if (at.file == id)
      changes.push_back({at.span, replacement});
  return editNotebook(document, changes).value_or(document.str());
}

std::uint32_t EditSet::moved(FileId file, std::uint32_t offset) const {
  std::int64_t shift = 0;
  for (const auto &[at, replacement] : edits) {
    if (at.file != file)
      continue;
    if (at.span.begin >= offset && at.span != Span{offset, offset})
      break;
    if (offset < at.span.end)
      return static_cast<std::uint32_t>(at.span.begin + shift);
    shift += static_cast<std::int64_t>(replacement.size()) -
             (at.span.end - at.span.begin);
  }
  return static_cast<std::uint32_t>(offset + shift);
}
