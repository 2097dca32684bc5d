//===- Removals.cpp - statements that a repair leaves out -----------------===//
//
// What becomes of the blocks that they stand in is known only once all of them
// are.
//
//===----------------------------------------------------------------------===//

#include "Draft.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

void Draft::removeStatement(FileId file, std::uint32_t index) {
  removals.emplace(file, index);
}

bool Draft::isRemoved(FileId file, std::uint32_t offset) const {
  return llvm::any_of(removals, [&](const auto &removal) {
    if (removal.first != file)
      return false;
    const Layout &layout = bench.layout(file);
    Span gone = layout.linesOf(layout.statements()[removal.second]);
    return gone.begin <= offset && offset < gone.end;
  });
}

/// All statements of its block are removed.
bool Draft::isEmptied(FileId file, std::uint32_t index) const {
  llvm::ArrayRef<Statement> statements = bench.layout(file).statements();
  const Statement &statement = statements[index];
  if (statement.parent == Statement::none)
    return false;
  for (std::uint32_t i = 0; i < statements.size(); ++i)
    if (statements[i].parent == statement.parent &&
        statements[i].block == statement.block && !removals.contains({file, i}))
      return false;
  return true;
}

/// Writes the body of a `try` that has but a `finally`, which goes, in its
/// place; false where more than indentation is in the way.
bool Draft::unwrapTry(FileId file, std::uint32_t index) {
  const Layout &layout = bench.layout(file);
  llvm::ArrayRef<Statement> statements = layout.statements();
  if (index == Statement::none || statements[index].kind != Statement::Try)
    return false;
  std::optional<std::uint32_t> first = layout.firstInBody(index);
  std::uint32_t bodyEnd = 0;
  for (std::uint32_t i = index + 1; i < statements.size(); ++i)
    if (statements[i].parent == index && statements[i].block == 0)
      bodyEnd = layout.linesOf(statements[i]).end;
  if (!first || !layout.hasLinesOfItsOwn(statements[*first]))
    return false;
  llvm::StringRef text = bench.text(file);
  Span lines = layout.linesOf(statements[index]);
  auto opening = static_cast<std::uint32_t>(text.find('\n', lines.begin) + 1);
  Span head{lines.begin, opening};
  Span tail{bodyEnd, lines.end};
  llvm::StringRef body = text.slice(head.end, bodyEnd);
  auto written = [&](Span span) { return text.slice(span.begin, span.end); };
  std::size_t outer = layout.indentation(statements[index].span.begin).size();
  std::size_t inner = layout.indentation(statements[*first].span.begin).size();
  bool isPlain = written(head).trim() == "try:" &&
                 written(tail).trim().starts_with("finally") &&
                 !written(tail).contains('#') && !body.contains("\"\"\"") &&
                 !body.contains("'''") && inner > outer;
  if (!isPlain)
    return false;
  replace({file, head}, "");
  replace({file, tail}, "");
  for (std::uint32_t at = head.end; at < bodyEnd;) {
    llvm::StringRef line = text.slice(at, bodyEnd).split('\n').first;
    auto width = static_cast<std::uint32_t>(inner - outer);
    if (!line.trim().empty() && !isRemoved(file, at) &&
        line.take_front(width).trim().empty())
      replace({file, {at, at + width}}, "");
    at += static_cast<std::uint32_t>(line.size()) + 1;
  }
  return true;
}

void Draft::writeRemovals() {
  std::set<std::pair<FileId, std::uint32_t>> unwrapped; // `try` statements
  for (const auto &[file, index] : removals) {
    const Layout &layout = bench.layout(file);
    const Statement &statement = layout.statements()[index];
    if (unwrapped.contains({file, statement.parent}) && statement.block != 0)
      continue;
    if (!isEmptied(file, index)) {
      if (!layout.hasLinesOfItsOwn(statement))
        return giveUp();
      replace({file, layout.withGap(layout.linesOf(statement))}, "");
      continue;
    }
    if (statement.block != 0 && unwrapTry(file, statement.parent)) {
      unwrapped.emplace(file, statement.parent);
      continue;
    }
    bool isFirst = llvm::none_of(removals, [&](const auto &other) {
      const Statement &each =
          bench.layout(other.first).statements()[other.second];
      return other.first == file && other.second < index &&
             each.parent == statement.parent && each.block == statement.block;
    });
    if (isFirst)
      replace({file, statement.span}, "pass");
    else if (layout.hasLinesOfItsOwn(statement))
      replace({file, layout.linesOf(statement)}, "");
    else
      return giveUp();
  }
}
