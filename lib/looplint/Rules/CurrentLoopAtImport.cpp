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
  // What raises for want of a loop never comes to be bound.
  Version since = event.effect->raisesSince;
  bool raises = event.effect->needsRunning ||
                (since != 0 && context.current != Current::Set &&
                 input.versionAt(rules::placeOf(input, event.at)) >= since);
  bool isObject = event.effect->kind == EffectKind::LoopBound ||
                  (raises && event.api->find(EffectKind::LoopBound));
  return context.importing ||
         (isObject && rules::isAtTopLevel(input, instance));
}

namespace {

/// Which loops are run: what libraries take for the thread's current one, and
/// any that is made for a run.
struct Runs {
  bool current = false;
  bool other = false;
};

} // namespace

/// The file of the script that leads there; their number where none does.
static std::size_t scriptAbove(const RuleInput &input, InstanceId instance) {
  InstanceId root = rules::wayTo(input.contexts, instance).back();
  if (input.contexts[root].root != RootKind::Script)
    return input.program.fileCount();
  return input.program.fileOf(input.contexts.functionOf(root)).index();
}

/// The runs below each script. Scripts are processes of their own, so what one
/// runs says nothing of another's loop; the last ones may be anybody's.
static std::vector<Runs> runsOfScripts(const RuleInput &input) {
  std::vector<Runs> all(input.program.fileCount() + 1);
  rules::forEachEvent(
      input, EffectKind::RunLoop, [&](InstanceId instance, const Event &event) {
        bool isCurrent = event.effect->loop.kind == Reference::CurrentLoop;
        Runs &runs = all[scriptAbove(input, instance)];
        runs.current |= isCurrent;
        runs.other |= !isCurrent;
      });
  return all;
}

/// Whether libraries of the script run the thread's current loop, and nothing
/// makes another one for a run. Its object that belongs to the current loop is
/// in the right place then.
static bool runsOnlyCurrentLoop(const RuleInput &input,
                                const std::vector<Runs> &all,
                                InstanceId instance) {
  const Runs &own = all[scriptAbove(input, instance)];
  const Runs &anybody = all.back();
  return (own.current || anybody.current) && !own.other && !anybody.other;
}

/// Whether a script's object gets the loop that it is meant for: the one that
/// the script has set before, or the only one that there will be.
static bool bindsRightLoop(const RuleInput &input, const std::vector<Runs> &all,
                           InstanceId instance, const Event &event) {
  const ExecutionContext &context = input.contexts[event.context];
  if (context.importing || event.effect->needsRunning)
    return false;
  bool isSet = context.current == Current::Set &&
               context.currentLoop != ObjectId(Heap::mainLoop);
  return isSet || runsOnlyCurrentLoop(input, all, instance);
}

static void check(const RuleInput &input, EffectKind kind, llvm::StringRef deed,
                  Findings &findings) {
  std::vector<Runs> runs = runsOfScripts(input);
  rules::forEachEvent(
      input, kind, [&](InstanceId instance, const Event &event) {
        if (kind == EffectKind::LoopBound &&
            bindsRightLoop(input, runs, instance, event))
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
