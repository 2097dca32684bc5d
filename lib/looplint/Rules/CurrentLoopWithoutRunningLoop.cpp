//===- CurrentLoopWithoutRunningLoop.cpp - LOOP102 ------------------------===//
//
// On the main thread the policy used to make a loop when asked. That is
// deprecated, and over from the version on that the model names; and it never
// was so where the current loop had been set to none before.
//
// What else goes with the loops that nobody passes around is told here, too:
// parameters for a loop, and what hands loops out.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"
#include "Retired.h"

#include "llvm/Support/FormatVariadic.h"

#include <set>

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
                          "{1}",
                          api,
                          context.current == Current::Closed
                              ? "gets one that is gone"
                              : "none is set")};
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

namespace {
/// The loops that the main thread finds because others on it have left them.
struct LeftBehind {
  bool atExit = false;    // one of anybody, when the interpreter exits
  bool byImports = false; // what is imported sets one
  std::set<FileId> files; // whose top level sets one
};
} // namespace

static LeftBehind findLeftBehind(const RuleInput &input) {
  LeftBehind left;
  for (EffectKind kind : {EffectKind::SetLoop, EffectKind::CurrentLoop})
    rules::forEachEvent(
        input, kind, [&](InstanceId instance, const Event &event) {
          const ExecutionContext &context = input.contexts[event.context];
          if (event.effect->needsRunning || context.isWorker() ||
              context.thread == ThreadKind::AtExit ||
              context.running == Running::Yes)
            return;
          left.atExit = true;
          bool isSet = kind == EffectKind::SetLoop && event.effect->loop &&
                       rules::isAtTopLevel(input, instance);
          left.byImports |= isSet && context.importing;
          if (isSet)
            left.files.insert(input.program.fileOf(event.at));
        });
  return left;
}

/// Whether the thread has no loop to give, or one that is of no use.
static bool hasNone(const Event &event, const ExecutionContext &context,
                    bool mayBeLeft, bool isLeftAtExit) {
  // A library that never raises for want of a loop makes one.
  bool isMade = event.effect->raisesSince == 0;
  switch (context.current) {
  case Current::Unset:
    return event.effect->needsRunning || (!isMade && !mayBeLeft);
  case Current::Cleared:
  case Current::Closed:
    return true;
  default:
    return event.effect->needsRunning ||
           (context.thread == ThreadKind::AtExit && !isLeftAtExit);
  }
}

Findings rules::checkCurrentLoopWithoutRunningLoop(const RuleInput &input) {
  Findings findings;
  const LeftBehind left = findLeftBehind(input);
  forEachEvent(
      input, EffectKind::CurrentLoop,
      [&](InstanceId instance, const Event &event) {
        const ExecutionContext &context = input.contexts[event.context];
        bool isTopLevel = isAtTopLevel(input, instance);
        bool mayBeLeft = !isTopLevel &&
                         (left.byImports ||
                          left.files.contains(input.program.fileOf(event.at)));
        bool isOnMain =
            context.isOnMain() || context.thread == ThreadKind::AtExit;
        if (!isOnMain || context.importing || context.running != Running::No ||
            !hasNone(event, context, mayBeLeft, left.atExit))
          return;
        // An object made at a module's top level is LOOP103's. Neither is what
        // only older versions ask for, nor what a patch does.
        if ((isTopLevel && event.api->find(EffectKind::LoopBound)) ||
            event.effect->until != 0 ||
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
  addRetired(input, 102, findings);
  return findings;
}
