//===- Imports.cpp - names of other modules, in the file's own style ------===//
//
// A name that the file imports already is used as it is known there. Else the
// module is imported as a whole, in the group of imports where a reader looks
// for it, at its alphabetic place: `import x` stands before `from x import y`,
// the standard library before everything else.
//
//===----------------------------------------------------------------------===//

#include "Draft.h"
#include "StandardModules.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::ImportClause;
using python::Layout;
using python::Statement;

/// `name` of `module` as one of the file's import statements provides it; empty
/// if none does.
static std::string importedAs(const Layout &layout, llvm::StringRef module,
                              llvm::StringRef name) {
  for (const Statement &statement : layout.statements()) {
    if (statement.parent != Statement::none)
      continue;
    for (const ImportClause &clause : statement.imports) {
      if (clause.module != module)
        continue;
      if (clause.name == name)
        return clause.bound;
      bool isWhole =
          clause.name.empty() &&
          (clause.bound != module.split('.').first || !module.contains('.'));
      if (isWhole)
        return clause.bound + "." + name.str();
    }
  }
  return "";
}

static bool isImport(const Statement &statement) {
  return statement.kind == Statement::Import ||
         statement.kind == Statement::ImportFrom;
}

/// The imports at the top of the file, up to the first empty line between them
/// or other statement: the file's first group.
static std::vector<const Statement *> firstGroup(const Layout &layout,
                                                 llvm::StringRef text) {
  std::vector<const Statement *> group;
  for (const Statement &statement : layout.statements()) {
    if (statement.kind == Statement::Docstring ||
        statement.kind == Statement::FutureImport)
      continue;
    if (!isImport(statement) || statement.parent != Statement::none)
      break;
    if (!group.empty()) {
      llvm::StringRef between =
          text.slice(group.back()->span.end, statement.span.begin);
      if (between.count('\n') > 1)
        break;
    }
    group.push_back(&statement);
  }
  return group;
}

/// `import module` would stand in front of the statement.
static bool sortsBefore(llvm::StringRef module, const Statement &statement) {
  if (statement.kind == Statement::ImportFrom || statement.imports.empty())
    return true;
  return module.compare_insensitive(statement.imports.front().module) < 0;
}

/// Behind the docstring and the imports of the future; else in front of the
/// first statement, so below the file's opening comments.
static std::uint32_t startOfCode(const Layout &layout) {
  std::uint32_t offset = 0;
  for (const Statement &statement : layout.statements()) {
    if (statement.kind != Statement::Docstring &&
        statement.kind != Statement::FutureImport)
      return offset == 0 ? layout.linesOf(statement).begin : offset;
    offset = layout.linesOf(statement).end;
  }
  return offset;
}

void Draft::addImport(FileId file, llvm::StringRef module) {
  const Layout &layout = bench.layout(file);
  llvm::StringRef text = bench.text(file);
  std::string end = layout.lineEnd().str();
  std::string line = "import " + module.str() + end;

  std::vector<const Statement *> group = firstGroup(layout, text);
  bool isOwnGroup =
      !group.empty() && llvm::any_of(group, [](const Statement *statement) {
        return !statement->imports.empty() &&
               isStandardModule(statement->imports.front().module);
      });
  if (!isOwnGroup) {
    std::uint32_t at =
        group.empty() ? startOfCode(layout) : layout.linesOf(*group[0]).begin;
    bool isAfterText = at > 0 && group.empty() && text[at - 1] == '\n' &&
                       !text.take_front(at).trim().empty() &&
                       !text.take_front(at).ends_with(end + end);
    return insert(file, at, (isAfterText ? end : "") + line + end);
  }
  for (const Statement *statement : group)
    if (sortsBefore(module, *statement))
      return insert(file, layout.linesOf(*statement).begin, line);
  insert(file, layout.linesOf(*group.back()).end, line);
}

/// The module's top level binds that name to something else. An import of the
/// module, say below a condition, is not something else.
static bool isTaken(const Program &program, FileId file, llvm::StringRef name) {
  Symbol symbol = program.symbols.find(name);
  std::uint32_t variable =
      symbol ? program.globalVariable(file, symbol) : Program::noVariable;
  if (variable == Program::noVariable)
    return false;
  const Summary &summary = program.summary(file);
  const Function &module = summary.function(FunctionId(0));
  auto bindsOther = [&](const Operation &operation) {
    if (operation.kind != OperationKind::Bind || operation.scope ||
        operation.variable != variable)
      return false;
    const Value &value = summary.value(operation.value);
    return value.kind != ValueKind::Module ||
           summary.string(StringId(value.a)) != name;
  };
  return llvm::any_of(
      llvm::ArrayRef(summary.operations)
          .slice(module.operations.begin, module.operations.size()),
      bindsOther);
}

/// A library that the file does not import at its top is perhaps not there.
static bool isAtHand(const Layout &layout, llvm::StringRef module) {
  llvm::StringRef package = module.split('.').first;
  return isStandardModule(module) ||
         llvm::any_of(layout.statements(), [&](const Statement &statement) {
           return statement.parent == Statement::none &&
                  llvm::any_of(statement.imports, [&](const auto &clause) {
                    return llvm::StringRef(clause.module).split('.').first ==
                           package;
                  });
         });
}

std::string Draft::name(FileId file, llvm::StringRef module,
                        llvm::StringRef name) {
  const Layout &layout = bench.layout(file);
  std::string known = importedAs(layout, module, name);
  if (!known.empty())
    return known;
  if (!isAtHand(layout, module) ||
      isTaken(bench.input.program, file, module.split('.').first))
    giveUp();
  else
    addImport(file, module);
  return (module + "." + name).str();
}

std::string Draft::nameBeside(FileId file, Span neighbour,
                              llvm::StringRef module, llvm::StringRef name) {
  const Layout &layout = bench.layout(file);
  std::string known = importedAs(layout, module, name);
  if (!known.empty())
    return known;
  llvm::StringRef written = bench.text({file, neighbour});
  auto bindsNeighbour = [&](const Statement &statement) {
    return statement.kind == Statement::ImportFrom &&
           layout.hasLinesOfItsOwn(statement) &&
           llvm::any_of(statement.imports, [&](const ImportClause &clause) {
             return clause.bound == written;
           });
  };
  auto at = llvm::find_if(layout.statements(), bindsNeighbour);
  if (at == layout.statements().end() || bench.freeName(file, {name}).empty())
    return this->name(file, module, name);
  std::string line = ("from " + module + " import " + name).str();
  bool isOver = at->imports.size() == 1 && !layout.usesName(written, neighbour);
  if (isOver)
    replace({file, at->span}, line);
  else
    insert(file, layout.linesOf(*at).begin,
           layout.indentation(at->span.begin).str() + line +
               layout.lineEnd().str());
  return name.str();
}
