//===- BackgroundTasks.cpp ------------------------------------------------===//

#include "BackgroundTasks.h"

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
