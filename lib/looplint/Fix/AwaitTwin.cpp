//===- AwaitTwin.cpp - the async form of a blocking call ------------------===//

#include "Colouring.h"
#include "Cures.h"

#include "llvm/ADT/StringExtras.h"

using namespace looplint;

/// `time.sleep` and `asyncio.sleep` take the same, `subprocess.run` and what
/// asyncio has instead do not: only a function of the same name can be put in
/// the other's place without a look at its arguments.
static bool canTakeThePlace(llvm::StringRef twin, const ApiFunction &api) {
  llvm::StringRef name = llvm::StringRef(api.name).rsplit('.').second;
  return !twin.empty() && twin.rsplit('.').second == name;
}

std::optional<Fix> cures::awaitTwin(Workbench &bench, const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  if (!subject.effect || !subject.api ||
      !canTakeThePlace(subject.effect->twin, *subject.api))
    return std::nullopt;
  auto [module, name] = llvm::StringRef(subject.effect->twin).rsplit('.');
  bool isMethod = module.rsplit('.').second.empty()
                      ? false
                      : llvm::isUpper(module.rsplit('.').second.front());
  FunctionKey function = bench.functionOf(subject.operation);
  if (isMethod || !bench.isCoroutine(function))
    return std::nullopt;

  Location call = bench.locationOf(subject.operation);
  const Operation &op = bench.operation(subject.operation);
  Draft draft(bench);
  makeAwaitable(bench, draft, subject.operation);
  std::string callee = draft.name(call.file, module, name);
  bool needsParentheses = bench.layout(call.file).needsParentheses(call.span);
  draft.replace({call.file, {call.span.begin, op.inner.end}},
                (needsParentheses ? "(await " : "await ") + callee);
  if (needsParentheses)
    draft.insert(call.file, call.span.end, ")");
  return draft.finish(Applicability::Unsafe, "await `" + callee + "` instead");
}
