//===- KeepTask.cpp - a reference for a task that nobody keeps ------------===//
//
// A set of the module holds the task until it is done.
//
//===----------------------------------------------------------------------===//

#include "BackgroundTasks.h"
#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

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

/// What the task runs asks another future for its result, outside of any `try`:
/// it fails as that one did, and keeping it shows nobody.
static bool failsWithAnother(Workbench &bench, OperationKey makes) {
  const Program &program = bench.input.program;
  for (FunctionKey driven : bench.calledAt(makes)) {
    FileId file = program.fileOf(driven);
    const Summary &summary = program.summary(file);
    IndexRange range = bench.function(driven).operations;
    unsigned tries = 0;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Operation &operation = summary.operations[i];
      tries += operation.kind == OperationKind::Try;
      tries -= operation.kind == OperationKind::EndTry;
      if (tries > 0 || operation.kind != OperationKind::Call)
        continue;
      auto [future, method] = bench.calleeOf(program.key(file, i)).rsplit('.');
      if (method == "result" && summary.argumentsOf(operation).empty())
        return true;
    }
  }
  return false;
}

std::optional<Fix> cures::keepTask(Workbench &bench, const Finding &finding) {
  OperationKey at = finding.subject.operation;
  const Operation &op = bench.operation(at);
  Location call = bench.locationOf(at);
  const Layout &layout = bench.layout(call.file);
  std::uint32_t index = layout.statementAt(call.span.begin);
  if (!op.isDiscarded || index == Statement::none ||
      layout.statements()[index].span != call.span ||
      !layout.hasLinesOfItsOwn(layout.statements()[index]) ||
      failsWithAnother(bench, at))
    return std::nullopt;
  std::string name = freeName(bench, bench.functionOf(at));
  if (name.empty())
    return std::nullopt;

  std::string end = layout.lineEnd().str();
  std::string next = end + layout.indentation(call.span.begin).str();
  Draft draft(bench);
  std::string keeper = backgroundTasks(bench, draft, call.file);
  draft.insert(call.file, call.span.begin, name + " = ");
  draft.insert(call.file, call.span.end,
               next + keeper + ".add(" + name + ")" + next + name +
                   ".add_done_callback(" + keeper + ".discard)");
  return draft.finish(Applicability::Safe,
                      "keep the task in a set until it is done");
}
