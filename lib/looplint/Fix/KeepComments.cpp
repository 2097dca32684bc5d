//===- KeepComments.cpp - what a repair must not lose ---------------------===//
//
// A call that is written anew may have comments between its arguments. Where
// the new text has no place for one, it stands above the statement from then
// on. What is said beside a statement that goes, goes with it.
//
//===----------------------------------------------------------------------===//

#include "Draft.h"
#include "looplint/Source/CppFiles.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace looplint;
using python::Layout;
using python::Statement;

/// The statement that is written anew around the comment, in part or as a
/// whole; `none` where it goes, or is more than a line of code.
static std::uint32_t rewrittenAround(const Layout &layout, const Edit &edit,
                                     Span comment) {
  std::uint32_t index = layout.statementAt(comment.begin);
  if (index == Statement::none ||
      layout.statements()[index].kind != Statement::Simple)
    return Statement::none;
  Span statement = layout.statements()[index].span;
  bool isWithin = edit.at.span.begin <= statement.begin &&
                  statement.end <= edit.at.span.end;
  return isWithin && edit.text.empty() ? Statement::none : index;
}

void Draft::keepComments() {
  std::map<std::pair<FileId, std::uint32_t>, std::string> lost; // by statement
  for (const Edit &edit : edits) {
    if (isCppFile(bench.input.sources.file(edit.at.file).path()) ||
        !bench.text(edit.at).contains('#'))
      continue;
    const Layout &layout = bench.layout(edit.at.file);
    for (Span comment : layout.commentsIn(edit.at.span)) {
      llvm::StringRef text = bench.text({edit.at.file, comment}).rtrim();
      bool isKept = llvm::any_of(edits, [&](const Edit &other) {
        return llvm::StringRef(other.text).contains(text);
      });
      std::uint32_t index = rewrittenAround(layout, edit, comment);
      if (isKept || index == Statement::none)
        continue;
      std::uint32_t begin = layout.statements()[index].span.begin;
      lost[{edit.at.file, index}] +=
          text.str() + layout.lineEnd().str() + layout.indentation(begin).str();
    }
  }
  for (const auto &[statement, text] : lost) {
    const Layout &layout = bench.layout(statement.first);
    const Statement &at = layout.statements()[statement.second];
    std::uint32_t begin = at.span.begin;
    bool isCovered = llvm::any_of(edits, [&](const Edit &edit) {
      return edit.at.file == statement.first && edit.at.span.begin < begin &&
             begin < edit.at.span.end;
    });
    if (isCovered || !layout.hasLinesOfItsOwn(at))
      return giveUp("a comment would be lost");
    auto first = llvm::find_if(edits, [&](const Edit &edit) {
      return edit.at.file == statement.first && edit.at.span.begin == begin;
    });
    if (first == edits.end())
      insert(statement.first, begin, text);
    else
      first->text.insert(0, text);
  }
}
