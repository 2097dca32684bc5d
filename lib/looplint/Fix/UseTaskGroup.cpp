//===- UseTaskGroup.cpp - the group in sight starts the task --------------===//
//
// Inside of `async with asyncio.TaskGroup() as group:` a task that nobody keeps
// becomes one of the group's, which waits for it.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// The `async with` statements around the operation, the innermost one last.
static std::vector<std::uint32_t> enclosingWiths(const Workbench &bench,
                                                 OperationKey at) {
  const Program &program = bench.input.program;
  const Summary &summary = bench.summaryOf(at);
  IndexRange range = bench.function(bench.functionOf(at)).operations;
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = range.begin; i < program.local(at).index(); ++i) {
    OperationKind kind = summary.operations[i].kind;
    if (kind == OperationKind::With)
      open.push_back(i);
    else if (kind == OperationKind::EndWith && !open.empty())
      open.pop_back();
  }
  return open;
}

/// The name that the group is bound to by the statement \p with; empty where it
/// is no group, or has none.
static std::string groupOf(const Workbench &bench, FileId file,
                           std::uint32_t with) {
  const Summary &summary = bench.input.program.summary(file);
  const Operation &statement = summary.operations[with];
  OperationKey made = bench.callBehind(file, statement.value);
  const ApiFunction *api = made ? bench.libraryFunction(made) : nullptr;
  if (!statement.flag || !api || api->name != "asyncio.TaskGroup")
    return "";
  for (std::uint32_t i = with + 1; i < summary.operations.size(); ++i) {
    const Operation &bind = summary.operations[i];
    bool isTarget = bind.kind == OperationKind::Bind && bind.value &&
                    summary.value(bind.value).kind == ValueKind::Entered &&
                    summary.value(bind.value).a == with;
    if (isTarget)
      return bench.text({file, bind.inner}).str();
  }
  return "";
}

std::optional<Fix> cures::useTaskGroup(Workbench &bench,
                                       const Finding &finding) {
  OperationKey at = finding.subject.operation;
  const Operation &call = bench.operation(at);
  FileId file = bench.input.program.fileOf(at);
  if (call.kind != OperationKind::Call || !call.isDiscarded ||
      bench.input.program.summary(file).argumentsOf(call).size() != 1)
    return std::nullopt;
  std::string group;
  for (std::uint32_t with : enclosingWiths(bench, at)) {
    std::string name = groupOf(bench, file, with);
    if (!name.empty())
      group = name;
  }
  if (group.empty())
    return std::nullopt;
  Draft draft(bench);
  draft.replace({file, call.inner}, group + ".create_task");
  return draft.finish(Applicability::Unsafe,
                      "let the task group keep the task");
}
