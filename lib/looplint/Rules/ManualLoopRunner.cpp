//===- ManualLoopRunner.cpp - LOOP403 -------------------------------------===//
//
// A function makes a loop, runs coroutines on it and closes it, or an object's
// methods share that work: what the library's own runner does, with more care
// for what is left on the loop. Loops that run forever, or on another thread,
// have no such runner.
//
//===----------------------------------------------------------------------===//

#include "LoopLives.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;
using namespace looplint::rules;

static const Function &functionOf(const RuleInput &input,
                                  const Occurrence &place) {
  return input.program.function(input.contexts.functionOf(place.instance));
}

static bool isRunByHand(const RuleInput &input, const LoopLife &life,
                        const Occurrence &made) {
  bool drives = llvm::any_of(life.run, [](const Occurrence &run) {
    return static_cast<bool>(run.event->effect->subject);
  });
  if (!drives || life.runsForever())
    return false;
  FunctionKey maker = input.contexts.functionOf(made.instance);
  auto isHere = [&](const Occurrence &run) {
    return input.contexts.functionOf(run.instance) == maker;
  };
  if (llvm::any_of(life.run, isHere))
    return true;
  // An object that keeps the loop and runs it in its methods.
  bool isWorkers = input.contexts[made.event->context].isWorker();
  return life.isInField && functionOf(input, made).classOfMethod &&
         llvm::all_of(life.run, [&](const Occurrence &run) {
           return functionOf(input, run).classOfMethod &&
                  input.contexts[run.event->context].isWorker() == isWorkers;
         });
}

/// Whether somebody ends what is left on the loop, as a runner does.
static bool isCleared(const RuleInput &input, ObjectId loop) {
  bool isCleared = false;
  forEachEvent(input, EffectKind::Vacates, [&](InstanceId, const Event &event) {
    isCleared |= llvm::is_contained(certainLoops(input, event.loops), loop);
  });
  return isCleared;
}

Findings rules::checkManualLoopRunner(const RuleInput &input) {
  Findings findings;
  std::vector<LoopLife> lives = loopLives(input);
  if (lives.empty())
    return findings;
  Threads threads(input);
  std::vector<UnclosedLoop> unclosed = unclosedLoops(input, threads, lives);
  for (const LoopLife &life : lives) {
    // What makes the loop has a report of its own where nobody closes it.
    bool isUnclosed = llvm::any_of(unclosed, [&](const UnclosedLoop &known) {
      return known.life == &life;
    });
    if (!isUnclosed && isCleared(input, life.loop))
      continue;
    for (const Occurrence &made : life.made) {
      if (!isRunByHand(input, life, made))
        continue;
      auto installed = llvm::find_if(life.installed, [&](const auto &place) {
        return place.instance == made.instance;
      });
      if (isUnclosed && installed == life.installed.end())
        continue;
      const Occurrence &place = isUnclosed ? *installed : made;
      std::string api = displayName(*place.event->api);
      Finding finding = makeFinding(
          input, 403, place.instance, *place.event,
          llvm::formatv("`{0}`: a loop is made, run and closed by hand, which "
                        "leaves its tasks, generators and threads unfinished "
                        "where a runner ends them",
                        api),
          llvm::formatv("`{0}` is a part of it", api));
      if (isOnlyTested(input, place.instance))
        finding.confidence = Confidence::Possible;
      const Event &run = *life.run.front().event;
      finding.witness.push_back(
          {placeOf(input, run.at),
           llvm::formatv("`{0}` runs it", displayName(*run.api))});
      findings.push_back(std::move(finding));
      break;
    }
  }
  return findings;
}
