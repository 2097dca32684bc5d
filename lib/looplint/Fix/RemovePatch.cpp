//===- RemovePatch.cpp - a patch of the loop that nothing needs -----------===//
//
// Once no run is nested in another, a patch that allows nesting only hides the
// next one. Whether that is so is seen by analysing the program without it, as
// long as it is known of every run whether it stands on a running loop; else
// the repair is shown only.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

#include "llvm/ADT/BitVector.h"

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

/// By function: an execution comes to it of which it is known whether a loop
/// runs there, and none of which that is not known.
static llvm::BitVector knownPlaces(const Workbench &bench) {
  const Contexts &contexts = bench.input.contexts;
  llvm::BitVector isKnown(bench.input.program.functionCount());
  llvm::BitVector isDoubtful(bench.input.program.functionCount());
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    if (!contexts.isReached[i])
      continue;
    const ExecutionContext &context = contexts[contexts.instances[i].context];
    bool isKnownHere = context.running != Running::Unknown;
    (isKnownHere ? isKnown : isDoubtful)
        .set(contexts.functionOf(InstanceId(i)).index());
  }
  return isKnown.reset(isDoubtful);
}

/// Some run stands where it is not known whether a loop runs there: it may be
/// nested, and nobody can tell.
static bool hasUnknownRun(const Workbench &bench) {
  const Program &program = bench.input.program;
  llvm::BitVector isKnown = knownPlaces(bench);
  for (std::uint32_t i = 0; i < program.fileCount(); ++i) {
    FileId file(i);
    const Summary &summary = program.summary(file);
    for (std::uint32_t f = 0; f < summary.functions.size(); ++f) {
      if (isKnown.test(program.key(file, FunctionId(f)).index()))
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
  Draft draft(bench);
  draft.removeStatement(call.file, index);
  if (hasUnknownRun(bench))
    return draft.finish(
        Applicability::Display,
        "remove the patch, if no caller outside of the program nests runs");
  return draft.finish(Applicability::Unsafe,
                      "remove the patch: nothing is nested");
}
