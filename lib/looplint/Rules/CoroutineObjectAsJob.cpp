//===- CoroutineObjectAsJob.cpp - LOOP302 ---------------------------------===//
//
// A call's result is handed over where a callable belongs: the function has run
// already, or, being a coroutine function, will never run. So it is where tasks
// belong.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

/// What the value is, in words, if it cannot be called; else empty.
static std::string uncallable(const RuleInput &input,
                              const Handover &handover) {
  const Contexts &contexts = input.contexts;
  const Atom &atom = contexts.atoms[handover.value];
  if (atom.kind == AtomKind::Coroutine)
    return "a coroutine object";
  // In C++ a text names a method, or would not compile.
  bool isName = atom.kind == AtomKind::String && isCppName(handover.api->name);
  if (!handover.isCallResult || isName)
    return "";
  if (atom.kind == AtomKind::Data || atom.kind == AtomKind::Integer ||
      atom.kind == AtomKind::String || atom.kind == AtomKind::Tuple)
    return "the result of a call";
  if (atom.kind != AtomKind::Object)
    return "";
  AtomId type = contexts.heap[ObjectId(atom.a)].type;
  bool isLibraryObject = type &&
                         contexts.atoms[type].kind == AtomKind::ApiType &&
                         !contexts.atoms.apiType(contexts.atoms[type])
                              .methods.contains("__call__") &&
                         contexts.isAwaitable(ObjectId(atom.a));
  return isLibraryObject ? "a task" : "";
}

/// What took coroutine objects up to some version, and wants tasks now.
static bool refusesCoroutine(const RuleInput &input, const Handover &handover,
                             Location at) {
  Version since = handover.effect->raisesSince;
  return since != 0 && input.versionAt(at) >= since &&
         input.contexts.atoms[handover.value].kind == AtomKind::Coroutine;
}

Findings rules::checkCoroutineObjectAsJob(const RuleInput &input) {
  Findings findings;
  forEachHandover(input, [&](InstanceId instance, const Handover &handover) {
    bool wantsTasks =
        refusesCoroutine(input, handover, placeOf(input, handover));
    if (handover.effect->accepts == Accepts::CoroutineObject && !wantsTasks)
      return;
    std::string what = uncallable(input, handover);
    if (what.empty())
      return;
    std::string needs =
        wantsTasks ? llvm::formatv("which takes tasks: it raises TypeError "
                                   "since {0}",
                                   spelled(handover.effect->raisesSince))
                         .str()
                   : "which needs a callable";
    Confidence confidence = handover.confidence;
    std::vector<WitnessStep> steps =
        witness(input.contexts, instance, confidence);
    Location at = placeOf(input, handover);
    std::string api = displayName(*handover.api);
    steps.push_back({at, llvm::formatv("{0} is handed over here", what)});
    findings.push_back({.code = 302,
                        .severity = Severity::Error,
                        .confidence = confidence,
                        .message = llvm::formatv("{0} is passed to `{1}`, {2}",
                                                 what, api, needs),
                        .at = at,
                        .context = describe(input.contexts[handover.context]),
                        .witness = std::move(steps),
                        .subject = subjectOf(instance, handover)});
  });
  return findings;
}
