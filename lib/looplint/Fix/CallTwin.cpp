//===- CallTwin.cpp - a form of the call that does not wait for itself ----===//
//
// C++: some libraries have a second name for a call that hands work to a loop
// and waits for it, which does the work at once where that loop runs already.
//
//===----------------------------------------------------------------------===//

#include "CppText.h"
#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

static bool hasSameParameters(const ApiFunction &left,
                              const ApiFunction &right) {
  return llvm::equal(
      left.parameters, right.parameters,
      [](const ModelParameter &one, const ModelParameter &other) {
        return one.name == other.name;
      });
}

std::optional<Fix> cures::callTwin(Workbench &bench, const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  std::optional<WrittenCall> call = writtenCall(bench, subject.operation);
  const Effect *blocks =
      subject.api ? subject.api->find(EffectKind::Blocks) : nullptr;
  if (!call || !blocks || blocks->twin.empty() ||
      !subject.api->find(EffectKind::WaitsFor))
    return std::nullopt;
  const ApiFunction *twin = bench.input.models.method(
      llvm::StringRef(subject.api->name).rsplit('.').first, blocks->twin);
  // What hands on the same callable, and neither waits nor has to be awaited.
  bool takesPlace = twin && twin->find(EffectKind::Invokes) &&
                    !twin->find(EffectKind::WaitsFor) &&
                    !twin->find(EffectKind::Blocks) &&
                    !twin->find(EffectKind::Coroutine) &&
                    hasSameParameters(*twin, *subject.api);
  if (!takesPlace)
    return std::nullopt;
  return cppFix(Applicability::Safe, "call `" + blocks->twin + "` instead",
                {{call->name, blocks->twin}});
}
