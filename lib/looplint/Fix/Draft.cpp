//===- Draft.cpp ----------------------------------------------------------===//

#include "Draft.h"

#include "looplint/Fix/Edits.h"
#include "looplint/Fix/UnusedImports.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::ImportClause;
using python::Layout;
using python::Statement;

/// In a notebook: within one cell, and nothing that only IPython understands,
/// in the place of which the text has something else.
static bool isEditable(const SourceFile &file, Span span) {
  if (file.cells().empty())
    return true;
  const CodeCell *cell = file.cellAt(span.begin);
  return cell && span.end <= cell->span.end &&
         file.text().slice(span.begin, span.end) ==
             file.written().slice(span.begin, span.end);
}

void Draft::replace(Location at, llvm::StringRef text) {
  if (!isEditable(bench.input.sources.file(at.file), at.span))
    return giveUp();
  Edit edit{at, text.str()};
  bool isKnown = llvm::any_of(edits, [&](const Edit &known) {
    return known.at == edit.at && known.text == edit.text;
  });
  if (!isKnown)
    edits.push_back(std::move(edit));
}

void Draft::insertFirst(FunctionKey function, llvm::StringRef lines) {
  FileId file = bench.input.program.fileOf(function);
  const Layout &layout = bench.layout(file);
  std::optional<std::uint32_t> first = layout.firstInBody(
      layout.statementAt(bench.function(function).nameSpan.begin));
  if (!first || !layout.hasLinesOfItsOwn(layout.statements()[*first]))
    return giveUp();
  const Statement &statement = layout.statements()[*first];
  std::string text;
  llvm::SmallVector<llvm::StringRef, 4> parts;
  lines.split(parts, '\n');
  for (llvm::StringRef part : parts)
    text += layout.indentation(statement.span.begin).str() +
            part.rtrim('\r').str() + layout.lineEnd().str();
  insert(file, layout.linesOf(statement).begin, text);
}

void Draft::putInBlock(FileId file, std::uint32_t first, std::uint32_t last,
                       llvm::StringRef opening) {
  const Layout &layout = bench.layout(file);
  const Statement &begin = layout.statements()[first];
  Span lines{layout.linesOf(begin).begin,
             layout.linesOf(layout.statements()[last]).end};
  llvm::StringRef text = bench.text({file, lines});
  // A string over several lines must not gain what looks like indentation.
  if (!layout.hasLinesOfItsOwn(begin) || text.contains("\"\"\"") ||
      text.contains("'''"))
    return giveUp();
  llvm::StringRef indentation = layout.indentation(begin.span.begin);
  std::string step = indentation.contains('\t') ? "\t" : "    ";
  std::string before = (indentation + opening + layout.lineEnd()).str();
  for (std::uint32_t at = lines.begin; at < lines.end;) {
    llvm::StringRef line = text.drop_front(at - lines.begin).split('\n').first;
    auto next = at + static_cast<std::uint32_t>(line.size()) + 1;
    if (!line.trim().empty() && !isRemoved(file, at))
      insert(file, at, std::exchange(before, "") + step);
    at = next;
  }
}

void Draft::await(Location expression) {
  const Layout &layout = bench.layout(expression.file);
  if (layout.isAwaited(expression.span))
    return; // in error so far, and right from now on
  if (!layout.needsParentheses(expression.span))
    return insert(expression.file, expression.span.begin, "await ");
  insert(expression.file, expression.span.begin, "(await ");
  insert(expression.file, expression.span.end, ")");
}

void Draft::passOn(OperationKey call, llvm::StringRef opener) {
  Location arguments = bench.argumentsOf(call);
  const Operation &op = bench.operation(call);
  llvm::StringRef given = bench.text(arguments);
  std::string callee = bench.calleeOf(call).str();
  std::string text = opener.str();
  bool isOnNextLine = given.ltrim(" \t\r").starts_with("\n");
  if (given.trim().empty())
    text += callee;
  else if (isOnNextLine)
    // As its arguments are written.
    text += given.take_front(given.find_first_not_of(" \t\r\n")).str() +
            callee + ",";
  else
    text += callee + ", ";
  replace({arguments.file, {op.span.begin, arguments.span.begin}}, text);
}

/// Python has no `await await f()`, and no other parser may be relied on to say
/// so.
static bool awaitsTwice(llvm::StringRef text, const Edit &edit) {
  return llvm::StringRef(edit.text).starts_with("await ") &&
         text.take_front(edit.at.span.begin).rtrim().ends_with("await");
}

/// Every import that has a use has one that no edit replaces. To parse the text
/// with the edits, for each of many repairs, would take long.
static bool keepsImports(const Layout &layout, llvm::ArrayRef<Span> replaced) {
  auto keeps = [&](const ImportClause &clause) {
    bool isTouched = llvm::any_of(replaced, [&](Span span) {
      return layout.source().slice(span.begin, span.end).contains(clause.bound);
    });
    return !isTouched || layout.usesName(clause.bound, replaced);
  };
  return llvm::all_of(layout.statements(), [&](const Statement &statement) {
    return llvm::all_of(statement.imports, keeps);
  });
}

/// What the edits leave without a use is imported no more.
void Draft::removeUnusedImports(const EditSet &whole,
                                std::vector<Edit> &into) const {
  for (FileId file : whole.files()) {
    if (!bench.input.sources.file(file).cells().empty())
      continue; // cells yet to be written may use it
    const Layout &before = bench.layout(file);
    llvm::SmallVector<Span, 8> replaced;
    for (const Edit &edit : into)
      if (edit.at.file == file)
        replaced.push_back(edit.at.span);
    if (keepsImports(before, replaced))
      continue;
    std::string text = whole.apply(file, bench.text(file));
    for (Edit &edit :
         unusedImports(bench.input, file, before, before, Layout(text)))
      if (llvm::none_of(into, [&](const Edit &known) {
            return known.at.file == file &&
                   known.at.span.begin < edit.at.span.end &&
                   edit.at.span.begin <= known.at.span.end;
          }))
        into.push_back(std::move(edit));
  }
  llvm::sort(into, [](const Edit &left, const Edit &right) {
    return left.at < right.at;
  });
}

/// What is inserted in front of what is replaced is one edit.
static void joinAtSamePlace(std::vector<Edit> &edits) {
  for (std::size_t i = 0; i + 1 < edits.size(); ++i) {
    Edit &first = edits[i];
    Edit &second = edits[i + 1];
    bool isInFront = first.at.file == second.at.file &&
                     first.at.span.begin == second.at.span.begin &&
                     first.at.span.begin == first.at.span.end &&
                     second.at.span.begin < second.at.span.end;
    if (!isInFront)
      continue;
    second.text.insert(0, first.text);
    edits.erase(edits.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

std::optional<Fix> Draft::finish(Applicability applicability,
                                 std::string message) {
  keepComments();
  writeRemovals();
  if (!isPossible || edits.empty())
    return std::nullopt;
  llvm::sort(edits, [](const Edit &left, const Edit &right) {
    return left.at < right.at;
  });
  joinAtSamePlace(edits);
  Fix fix{applicability, std::move(message), {}};
  EditSet whole;
  for (Edit &edit : edits) {
    if (awaitsTwice(bench.text(edit.at.file), edit) ||
        !whole.add({.edits = {edit}}))
      return std::nullopt;
    fix.edits.push_back(std::move(edit));
  }
  removeUnusedImports(whole, fix.edits);
  return fix;
}
