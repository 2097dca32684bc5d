//===- UnusedImports.cpp --------------------------------------------------===//

#include "looplint/Fix/UnusedImports.h"

#include "StandardModules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace looplint;
using python::ImportClause;
using python::Layout;
using python::Statement;

bool looplint::isImportedElsewhere(const Program &program, FileId file,
                                   llvm::StringRef name) {
  for (std::uint32_t i = 0; i < program.fileCount(); ++i) {
    FileId other(i);
    if (other == file)
      continue;
    const Summary &summary = program.summary(other);
    for (const Value &value : summary.values)
      if (value.kind == ValueKind::ImportedName &&
          summary.string(StringId(value.c)) == name &&
          program.findModule(other, summary.string(StringId(value.a)),
                             value.b) == file)
        return true;
  }
  return false;
}

/// What is given to others from here is no less used for that.
static bool isFacade(llvm::StringRef path) {
  return llvm::sys::path::filename(path) == "__init__.py";
}

/// From the clause to the next one, or from the last one to it.
static Span clauseWithComma(const std::vector<ImportClause> &clauses,
                            std::size_t index) {
  if (index + 1 < clauses.size())
    return {clauses[index].span.begin, clauses[index + 1].span.begin};
  return {clauses[index - 1].span.end, clauses[index].span.end};
}

std::vector<Edit> looplint::unusedImports(const FixInput &input, FileId file,
                                          const Layout &edited,
                                          const Layout &before,
                                          const Layout &after) {
  std::vector<Edit> edits;
  if (isFacade(input.sources.file(file).path()))
    return edits;
  llvm::StringRef text = edited.source();
  auto isUnused = [&](const ImportClause &clause) {
    bool mayGo = isStandardModule(clause.module) ||
                 input.models.knowsModule(clause.module);
    return mayGo && before.usesName(clause.bound) &&
           !after.usesName(clause.bound) &&
           !isImportedElsewhere(input.program, file, clause.bound);
  };
  for (const Statement &statement : edited.statements()) {
    if (statement.parent != Statement::none || statement.imports.empty() ||
        statement.kind == Statement::FutureImport ||
        !edited.hasLinesOfItsOwn(statement))
      continue;
    Span lines = edited.linesOf(statement);
    if (text.slice(lines.begin, lines.end).contains('#'))
      continue;
    const std::vector<ImportClause> &clauses = statement.imports;
    if (llvm::all_of(clauses, isUnused)) {
      edits.push_back({{file, edited.withGap(lines)}, ""});
      continue;
    }
    // One at a time: their commas are each other's.
    auto unused = llvm::find_if(clauses, isUnused);
    if (unused != clauses.end())
      edits.push_back(
          {{file, clauseWithComma(clauses, static_cast<std::size_t>(
                                               unused - clauses.begin()))},
           ""});
  }
  return edits;
}
