//===- AwaitTwin.cpp - the async form of a blocking call ------------------===//

#include "AwaitTwin.h"

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

/// The function that takes the place of the callee's last name: the program's
/// own twin, or a method that the library offers on the same object.
static llvm::StringRef siblingOf(const Workbench &bench,
                                 const FindingSubject &subject) {
  if (subject.twin) {
    // What a decorator puts in a function's place has no name to call it by.
    const Function &twin = bench.function(subject.twin);
    bool isNamed = twin.classOfMethod || twin.parent == FunctionId(0);
    return isNamed ? bench.summaryOf(subject.twin).string(twin.name) : "";
  }
  if (subject.effect && !llvm::StringRef(subject.effect->twin).contains('.'))
    return subject.effect->twin;
  return "";
}

/// `x.get(…)` becomes `await x.get_async(…)`.
static void renameAndAwait(Workbench &bench, Draft &draft, Location call,
                           OperationKey at, llvm::StringRef sibling) {
  std::uint32_t end = bench.operation(at).inner.end;
  auto [owner, name] = bench.calleeOf(at).rsplit('.');
  if (name.empty())
    name = owner;
  draft.replace(
      {call.file, {static_cast<std::uint32_t>(end - name.size()), end}},
      sibling);
  draft.await(call);
}

/// A function elsewhere that takes the same arguments.
static void replaceAndAwait(Workbench &bench, Draft &draft, Location call,
                            OperationKey at, llvm::StringRef twin) {
  auto [module, name] = twin.rsplit('.');
  bool needsParentheses = bench.layout(call.file).needsParentheses(call.span);
  // "loop.getaddrinfo" is a method of the loop that runs.
  std::string callee =
      module == "loop" ? draft.name(call.file, "asyncio", "get_running_loop") +
                             "()." + name.str()
                       : draft.name(call.file, module, name);
  draft.replace({call.file, {call.span.begin, bench.operation(at).inner.end}},
                (needsParentheses ? "(await " : "await ") + callee);
  if (needsParentheses)
    draft.insert(call.file, call.span.end, ")");
}

bool looplint::awaitTwinFunction(Workbench &bench, Draft &draft,
                                 OperationKey call, const Effect &blocks,
                                 const ApiFunction &api) {
  llvm::StringRef twin = blocks.twin;
  if (!canTakeThePlace(twin, api))
    return false;
  llvm::StringRef owner = twin.rsplit('.').first;
  llvm::StringRef type = owner.rsplit('.').second;
  if (!type.empty() && llvm::isUpper(type.front()))
    return false; // a method of another class
  replaceAndAwait(bench, draft, bench.locationOf(call), call, twin);
  return true;
}

std::optional<Fix> cures::awaitTwin(Workbench &bench, const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  Location call = bench.locationOf(subject.operation);
  // The async form that only calls the sync one has nothing else to call.
  bool isInTwin =
      subject.twin && bench.functionOf(subject.operation) == subject.twin;
  if (isInTwin || bench.isAwaitedElsewhere(subject.operation) ||
      bench.operation(subject.operation).kind != OperationKind::Call)
    return std::nullopt;
  Draft draft(bench);
  llvm::StringRef sibling = siblingOf(bench, subject);
  std::string twin;
  if (!sibling.empty()) {
    twin = sibling.str();
    renameAndAwait(bench, draft, call, subject.operation, sibling);
  } else if (subject.effect && subject.api &&
             awaitTwinFunction(bench, draft, subject.operation, *subject.effect,
                               *subject.api)) {
    twin = subject.effect->twin;
  } else {
    return std::nullopt;
  }
  makeAwaitable(bench, draft, subject.operation);
  return draft.finish(Applicability::Unsafe, "await `" + twin + "` instead");
}
