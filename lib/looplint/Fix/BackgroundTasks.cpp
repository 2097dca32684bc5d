//===- BackgroundTasks.cpp ------------------------------------------------===//

#include "BackgroundTasks.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

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

static bool hasGlobal(const Workbench &bench, FileId file,
                      llvm::StringRef name) {
  const Program &program = bench.input.program;
  Symbol symbol = program.symbols.find(name);
  return symbol && program.globalVariable(file, symbol) != Program::noVariable;
}

static constexpr llvm::StringLiteral keeper = "background_tasks";
static constexpr llvm::StringLiteral runner = "run_in_background";

std::string looplint::backgroundTasks(Workbench &bench, Draft &draft,
                                      FileId file) {
  const Layout &layout = bench.layout(file);
  std::string end = layout.lineEnd().str();
  if (!hasGlobal(bench, file, keeper))
    draft.insert(file, afterImports(layout),
                 end + keeper.str() + " = set()" + end);
  return keeper.str();
}

/// A name for the task that the function does not use for anything else.
static std::string freeName(const Workbench &bench, FunctionKey function) {
  const Summary &summary = bench.summaryOf(function);
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

/// The offset behind all that stands in the line, its end left out.
static std::uint32_t endOfLine(llvm::StringRef text, std::uint32_t offset) {
  llvm::StringRef rest = text.drop_front(offset);
  llvm::StringRef line = rest.take_until([](char c) { return c == '\n'; });
  line.consume_back("\r");
  return offset + static_cast<std::uint32_t>(line.size());
}

bool looplint::keepInSet(Workbench &bench, Draft &draft, OperationKey makes,
                         llvm::StringRef shift) {
  Location call = bench.locationOf(makes);
  const Layout &layout = bench.layout(call.file);
  std::uint32_t index = layout.statementAt(call.span.begin);
  std::string name = freeName(bench, bench.functionOf(makes));
  if (!bench.operation(makes).isDiscarded || index == Statement::none ||
      layout.statements()[index].span != call.span ||
      !layout.hasLinesOfItsOwn(layout.statements()[index]) || name.empty())
    return false;
  std::string next = layout.lineEnd().str() + shift.str() +
                     layout.indentation(call.span.begin).str();
  std::string keeper = backgroundTasks(bench, draft, call.file);
  // Not inserted, since the line may be moved by an edit right there.
  Location callee{call.file,
                  {call.span.begin, bench.operation(makes).inner.end}};
  draft.replace(callee, name + " = " + bench.text(callee).str());
  draft.insert(call.file, endOfLine(bench.text(call.file), call.span.end),
               next + keeper + ".add(" + name + ")" + next + name +
                   ".add_done_callback(" + keeper + ".discard)");
  return true;
}

std::string looplint::backgroundRunner(Workbench &bench, Draft &draft,
                                       FileId file) {
  if (hasGlobal(bench, file, runner))
    return runner.str();
  const Layout &layout = bench.layout(file);
  std::string end = layout.lineEnd().str();
  std::string set = hasGlobal(bench, file, keeper)
                        ? ""
                        : end + keeper.str() + " = set()" + end;
  std::string lookup = draft.name(file, "asyncio", "get_running_loop");
  std::string text = set;
  for (std::string line :
       {std::string(), std::string(), "def " + runner.str() + "(coroutine):",
        "    task = " + lookup + "().create_task(coroutine)",
        "    " + keeper.str() + ".add(task)",
        "    task.add_done_callback(" + keeper.str() + ".discard)"})
    text += line + end;
  draft.insert(file, afterImports(layout), text);
  return runner.str();
}
