//===- CurrentLoopWithoutRunningLoop.cpp - LOOP102 ------------------------===//
//
// On the main thread the policy used to make a loop when asked. That is
// deprecated, and over from the version on that the model names; and it never
// was so where the current loop had been set to none before.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"

#include "llvm/Support/FormatVariadic.h"

#include <optional>

using namespace looplint;

namespace {
struct Verdict {
  Severity severity = Severity::Warning;
  std::string text;
};
} // namespace

static Verdict judge(const RuleInput &input, const Event &event) {
  const ExecutionContext &context = input.contexts[event.context];
  std::string api = rules::displayName(*event.api);
  if (!rules::isOfPython(event))
    return {Severity::Error,
            llvm::formatv("`{0}` asks for the current loop where none runs and "
                          "none is set",
                          api)};
  if (event.effect->needsRunning)
    return {Severity::Error,
            llvm::formatv("`{0}` needs a running loop and none runs here: it "
                          "raises RuntimeError",
                          api)};
  if (context.current == Current::Cleared)
    return {Severity::Error,
            llvm::formatv("`{0}` asks for the current loop where none runs, "
                          "after the current loop was set to none: it raises "
                          "RuntimeError on every version",
                          api)};
  if (context.current == Current::Closed)
    return {Severity::Error,
            llvm::formatv("`{0}` asks for the current loop where none runs, "
                          "and gets one that is closed",
                          api)};
  Version since = event.effect->raisesSince;
  if (since != 0 && input.versionAt(rules::placeOf(input, event.at)) >= since)
    return {Severity::Error,
            llvm::formatv("`{0}` asks for the current loop where none runs: "
                          "it raises RuntimeError since {1}",
                          api, rules::spelled(since))};
  if (since != 0)
    return {Severity::Warning,
            llvm::formatv("`{0}` asks for the current loop where none runs: "
                          "deprecated, and a RuntimeError since {1}",
                          api, rules::spelled(since))};
  return {
      Severity::Warning,
      llvm::formatv("`{0}` asks for the current loop where none runs", api)};
}

/// Whether the main thread, which nobody else gives a loop, has none when the
/// interpreter exits.
static bool hasNoneAtExit(const RuleInput &input) {
  bool mayHaveOne = false;
  for (EffectKind kind : {EffectKind::SetLoop, EffectKind::CurrentLoop})
    rules::forEachEvent(input, kind, [&](InstanceId, const Event &event) {
      const ExecutionContext &context = input.contexts[event.context];
      mayHaveOne |= !event.effect->needsRunning && !context.isWorker() &&
                    context.thread != ThreadKind::AtExit &&
                    context.running != Running::Yes;
    });
  return !mayHaveOne;
}

Findings rules::checkCurrentLoopWithoutRunningLoop(const RuleInput &input) {
  Findings findings;
  std::optional<bool> noneAtExit;
  forEachEvent(
      input, EffectKind::CurrentLoop,
      [&](InstanceId instance, const Event &event) {
        const ExecutionContext &context = input.contexts[event.context];
        bool isAtExit = context.thread == ThreadKind::AtExit;
        if (isAtExit && !noneAtExit)
          noneAtExit = hasNoneAtExit(input);
        // A library that never raises for want of a loop makes one.
        bool isMade =
            event.effect->raisesSince == 0 && context.current == Current::Unset;
        bool hasNone = event.effect->needsRunning ||
                       (context.current == Current::Unset && !isMade) ||
                       context.current == Current::Cleared ||
                       context.current == Current::Closed ||
                       (isAtExit && *noneAtExit);
        if (!(context.isOnMain() || isAtExit) || context.importing ||
            context.running != Running::No || !hasNone)
          return;
        // An object made at a module's top level is LOOP103's.
        bool isModuleObject =
            event.api->find(EffectKind::LoopBound) &&
            input.program.function(input.contexts.functionOf(instance)).kind ==
                FunctionKind::Module;
        // Neither is what only older versions ask for, nor what a patch does.
        if (isModuleObject || event.effect->until != 0 ||
            event.api->find(EffectKind::ReentersLoop))
          return;
        if (handledOnTheWay(input, instance, event.handled) != Handled::No ||
            mayHaveOwnPolicy(input, instance, event))
          return;
        Verdict verdict = judge(input, event);
        Finding finding =
            makeFinding(input, 102, instance, event, std::move(verdict.text),
                        llvm::formatv("`{0}` is called where no loop runs",
                                      displayName(*event.api)));
        finding.severity = verdict.severity;
        findings.push_back(std::move(finding));
      });
  return findings;
}
