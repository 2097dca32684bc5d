//===- RemovePatch.cpp - a patch of the loop that nothing needs -----------===//
//
// Once no run is nested in another, a patch that allows nesting only hides the
// next one. Whether that is so is seen by analysing the program without it, as
// long as no closure that others call has a run in it.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

#include "llvm/ADT/DenseSet.h"

using namespace looplint;
using python::Layout;
using python::Statement;

/// The call runs a loop, by the name that it is written with.
static bool runsLoop(const Workbench &bench, OperationKey call) {
  const Program &program = bench.input.program;
  const Summary &summary = program.summary(program.fileOf(call));
  const Operation &op = bench.operation(call);
  if (op.kind != OperationKind::Call || !op.value)
    return false;
  const ApiFunction *api = bench.libraryFunction(call);
  const Value &callee = summary.value(op.value);
  if (!api && callee.kind == ValueKind::Attribute)
    api = bench.loopMethod(summary.string(StringId(callee.b)));
  return api && api->find(EffectKind::RunLoop);
}

/// Some run stands in a closure, which is made for somebody else to call, where
/// no execution is known to come: whether it is nested, nobody can tell.
static bool hasUnknownRun(const Workbench &bench) {
  const Contexts &contexts = bench.input.contexts;
  const Program &program = bench.input.program;
  llvm::DenseSet<std::uint32_t> reached;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
    if (contexts.isReached[i] &&
        contexts[contexts.instances[i].context].running != Running::Unknown)
      reached.insert(contexts.functionOf(InstanceId(i)).index());
  for (std::uint32_t i = 0; i < program.fileCount(); ++i) {
    FileId file(i);
    const Summary &summary = program.summary(file);
    for (std::uint32_t f = 0; f < summary.functions.size(); ++f) {
      FunctionId parent = summary.functions[f].parent;
      bool isClosure =
          parent && summary.function(parent).kind == FunctionKind::Plain;
      if (!isClosure ||
          reached.contains(program.key(file, FunctionId(f)).index()))
        continue;
      IndexRange range = summary.functions[f].operations;
      for (std::uint32_t op = range.begin; op < range.end; ++op)
        if (runsLoop(bench, program.key(file, op)))
          return true;
    }
  }
  return false;
}

std::optional<Fix> cures::removePatch(Workbench &bench,
                                      const Finding &finding) {
  OperationKey at = finding.subject.operation;
  const Operation &op = bench.operation(at);
  Location call = bench.locationOf(at);
  const Layout &layout = bench.layout(call.file);
  std::uint32_t index = layout.statementAt(call.span.begin);
  bool isStatement = op.kind == OperationKind::Call && op.isDiscarded &&
                     index != Statement::none &&
                     layout.statements()[index].span == call.span;
  if (!isStatement)
    return std::nullopt;
  if (hasUnknownRun(bench)) {
    bench.reason = "who calls a closure that runs a loop is not known";
    return std::nullopt;
  }
  Draft draft(bench);
  draft.removeStatement(call.file, index);
  return draft.finish(Applicability::Unsafe,
                      "remove the patch: nothing is nested");
}
