//===- RemovePatch.cpp - a patch of the loop that nothing needs -----------===//
//
// Once no run is nested in another, a patch that allows nesting only hides the
// next one. Whether that is so is seen by analysing the program without it.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

using namespace looplint;
using python::Layout;
using python::Statement;

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
  return draft.finish(Applicability::Unsafe,
                      "remove the patch: nothing is nested");
}
