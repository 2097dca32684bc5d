//===- CurrentLoopAtImport.cpp - LOOP103 ----------------------------------===//
//
// What a module does at its top level happens on the thread of whoever imports
// it first, before the program has a loop.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

/// Whether the code is a module's top level, or called from one that is
/// imported.
static bool isAtImport(const RuleInput &input, InstanceId instance,
                       const Event &event) {
  const ExecutionContext &context = input.contexts[event.context];
  if (context.running == Running::Yes)
    return false;
  // What raises for want of a running loop never comes to be bound.
  bool isObject =
      event.effect->kind == EffectKind::LoopBound ||
      (event.effect->needsRunning && event.api->find(EffectKind::LoopBound));
  return context.importing ||
         (isObject && rules::isAtTopLevel(input, instance));
}

/// Whether libraries of the program run the thread's current loop, and nothing
/// makes another one for a run. A script's object that belongs to the current
/// loop is in the right place then.
static bool runsOnlyCurrentLoop(const RuleInput &input) {
  bool runsCurrent = false;
  bool runsOther = false;
  rules::forEachEvent(
      input, EffectKind::RunLoop, [&](InstanceId, const Event &event) {
        bool isCurrent = event.effect->loop.kind == Reference::CurrentLoop;
        runsCurrent |= isCurrent;
        runsOther |= !isCurrent;
      });
  return runsCurrent && !runsOther;
}

static void check(const RuleInput &input, EffectKind kind, llvm::StringRef deed,
                  Findings &findings) {
  bool isInPlace = kind == EffectKind::LoopBound && runsOnlyCurrentLoop(input);
  rules::forEachEvent(
      input, kind, [&](InstanceId instance, const Event &event) {
        bool isScript = !input.contexts[event.context].importing;
        if (isInPlace && isScript && !event.effect->needsRunning)
          return;
        bool bindsHere =
            event.effect->kind != EffectKind::LoopBound ||
            (!event.isUse && event.effect->bindsAtConstruction(input.versionAt(
                                 rules::placeOf(input, event.at))));
        if (!bindsHere || !isAtImport(input, instance, event) ||
            rules::handledOnTheWay(input, instance, event.handled) !=
                Handled::No ||
            rules::mayHaveOwnPolicy(input, instance, event))
          return;
        std::string api = rules::displayName(*event.api);
        bool isPython = rules::isOfPython(event);
        findings.push_back(rules::makeFinding(
            input, 103, instance, event,
            llvm::formatv("`{0}` {1} {2}", api,
                          event.effect->needsRunning ? "needs a running loop"
                                                     : deed,
                          isPython ? "while the module is imported"
                                   : "before `main` has begun"),
            llvm::formatv("`{0}` runs {1}", api,
                          isPython ? "at import" : "before `main`")));
      });
}

Findings rules::checkCurrentLoopAtImport(const RuleInput &input) {
  Findings findings;
  check(input, EffectKind::CurrentLoop, "asks for the current loop", findings);
  check(input, EffectKind::LoopBound, "makes an object that belongs to a loop",
        findings);
  return findings;
}
