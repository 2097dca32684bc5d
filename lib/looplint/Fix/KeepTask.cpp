//===- KeepTask.cpp - a reference for a task that nobody keeps ------------===//
//
// The loop itself refers to its tasks weakly. A set of the module holds the
// task until it is done, as the documentation of asyncio.create_task advises.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

static constexpr llvm::StringLiteral keeper = "background_tasks";

/// A name for the task that the function does not use for anything else.
static std::string freeName(const Workbench &bench, FunctionKey function) {
  const Program &program = bench.input.program;
  const Summary &summary = program.summary(program.fileOf(function));
  llvm::ArrayRef<Variable> variables =
      summary.variablesOf(bench.function(function));
  for (llvm::StringRef name : {"task", "background_task", "kept_task"}) {
    bool isTaken = llvm::any_of(variables, [&](const Variable &variable) {
      return summary.string(variable.name) == name;
    });
    if (!isTaken)
      return name.str();
  }
  return "";
}

/// Behind the imports at the top of the file.
static std::uint32_t afterImports(const Layout &layout) {
  std::uint32_t offset = 0;
  for (const Statement &statement : layout.statements()) {
    bool isHead = statement.kind == Statement::Docstring ||
                  statement.kind == Statement::FutureImport ||
                  statement.kind == Statement::Import ||
                  statement.kind == Statement::ImportFrom;
    if (statement.parent != Statement::none)
      continue;
    if (!isHead)
      break;
    offset = layout.linesOf(statement).end;
  }
  return offset;
}

std::optional<Fix> cures::keepTask(Workbench &bench, const Finding &finding) {
  OperationKey at = finding.subject.operation;
  const Operation &op = bench.operation(at);
  Location call = bench.locationOf(at);
  const Layout &layout = bench.layout(call.file);
  std::uint32_t index = layout.statementAt(call.span.begin);
  if (!op.isDiscarded || index == Statement::none ||
      layout.statements()[index].span != call.span ||
      !layout.hasLinesOfItsOwn(layout.statements()[index]))
    return std::nullopt;
  std::string name = freeName(bench, bench.functionOf(at));
  if (name.empty())
    return std::nullopt;

  const Program &program = bench.input.program;
  std::string end = layout.lineEnd().str();
  std::string next = end + layout.indentation(call.span.begin).str();
  Draft draft(bench);
  Symbol symbol = program.symbols.find(keeper);
  bool isKept = symbol && program.globalVariable(call.file, symbol) !=
                              Program::noVariable;
  if (!isKept)
    draft.insert(call.file, afterImports(layout),
                 end + keeper.str() + " = set()" + end);
  draft.insert(call.file, call.span.begin, name + " = ");
  draft.insert(call.file, call.span.end,
               next + keeper.str() + ".add(" + name + ")" + next + name +
                   ".add_done_callback(" + keeper.str() + ".discard)");
  return draft.finish(Applicability::Safe,
                      "keep the task in a set until it is done");
}
