//===- RemovePatch.cpp - a patch of the loop that nothing needs -----------===//
//
// Once no run is nested in another, a patch that allows nesting only hides the
// next one. Whether that is so is seen by analysing the program without it, as
// long as it is known of every run whether it stands on a running loop; else
// the repair is shown only. Runs that are nested are repaired along with it, as
// they would be without the patch: all of them, or none.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

/// The call runs a loop, by the name that it is written with.
static bool runsLoop(const Workbench &bench, OperationKey call) {
  const Summary &summary = bench.summaryOf(call);
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

/// The runs that stand on a running loop, as findings of the rule that would
/// tell of them without the patch.
static std::vector<Finding> nestedRuns(const Workbench &bench) {
  static constexpr std::uint16_t nestedRun = 201;
  const Contexts &contexts = bench.input.contexts;
  std::vector<Finding> found;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    if (!contexts.isReached[i])
      continue;
    for (const Event &event : contexts.instances[i].events) {
      bool isNested = event.effect->kind == EffectKind::RunLoop &&
                      event.effect->reentry != Reentry::Allowed &&
                      contexts[event.context].running == Running::Yes;
      bool isKnown = llvm::any_of(found, [&](const Finding &other) {
        return other.subject.operation == event.at;
      });
      if (isNested && !isKnown)
        found.push_back({.code = nestedRun,
                         .at = bench.locationOf(event.at),
                         .subject = {.operation = event.at,
                                     .instance = InstanceId(i),
                                     .context = event.context,
                                     .api = event.api,
                                     .effect = event.effect}});
    }
  }
  return found;
}

/// Adds the edits that are not there yet; false where one of them is in the way
/// of another.
static bool addEdits(const Fix &fix, std::vector<Edit> &into) {
  auto isSame = [](const Edit &left, const Edit &right) {
    return left.at.file == right.at.file && left.at.span == right.at.span &&
           left.text == right.text;
  };
  auto collides = [](const Edit &left, const Edit &right) {
    return left.at.file == right.at.file &&
           left.at.span.begin <= right.at.span.end &&
           right.at.span.begin <= left.at.span.end;
  };
  std::size_t known = into.size();
  for (const Edit &edit : fix.edits) {
    llvm::ArrayRef<Edit> others(into.data(), known);
    if (llvm::any_of(others, [&](auto &other) { return isSame(edit, other); }))
      continue;
    if (llvm::any_of(others,
                     [&](auto &other) { return collides(edit, other); }))
      return false;
    into.push_back(edit);
  }
  return true;
}

/// What makes the program do without nested runs; none where one of them has no
/// repair.
static std::optional<std::vector<Edit>> unnest(Workbench &bench) {
  std::vector<Edit> edits;
  for (const Finding &run : nestedRuns(bench)) {
    std::optional<Fix> fix = cures::awaitInstead(bench, run);
    if (!fix)
      fix = cures::awaitDriven(bench, run);
    if (!fix)
      fix = cures::offload(bench, run);
    if (!fix || !addEdits(*fix, edits))
      return std::nullopt;
  }
  return edits;
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
  // Where some run has none, the proof says so.
  std::vector<Edit> edits = unnest(bench).value_or(std::vector<Edit>());
  for (const Edit &edit : edits)
    draft.replace(edit.at, edit.text);
  return draft.finish(Applicability::Unsafe,
                      edits.empty() ? "remove the patch: nothing is nested"
                                    : "remove the patch, and what is nested");
}
