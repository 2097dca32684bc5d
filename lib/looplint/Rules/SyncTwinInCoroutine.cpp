//===- SyncTwinInCoroutine.cpp - LOOP802 ----------------------------------===//
//
// An API that has both forms is called in the blocking one where a loop runs. A
// library's model says which calls block and what their async form is. Of the
// program's own functions the sync form must be seen to stop the loop: `close`
// beside `aclose` is no mistake as long as it does not wait.
//
//===----------------------------------------------------------------------===//

#include "Blocking.h"
#include "ReentrantLoops.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <deque>

using namespace looplint;

/// The twin's short name beside the class's: "QuerySet.aget".
static std::string twinName(const Event &event) {
  llvm::StringRef twin = event.effect->twin;
  if (twin.contains('.'))
    return twin.str();
  std::string api = rules::displayName(*event.api);
  llvm::StringRef owner = llvm::StringRef(api).rsplit('.').first;
  return owner == api ? twin.str() : (owner + "." + twin).str();
}

static void checkLibraries(const RuleInput &input, Findings &findings) {
  rules::forEachBlockingCall(
      input, [&](InstanceId instance, const Event &event) {
        if (!rules::hasOwnTwin(event))
          return;
        std::string api = rules::displayName(*event.api);
        findings.push_back(rules::makeFinding(
            input, 802, instance, event,
            llvm::formatv("`{0}` {1}; its async form is `{2}`", api,
                          rules::describeStop(input, event), twinName(event)),
            llvm::formatv("`{0}` blocks the thread that runs the loop", api)));
      });
}

//===----------------------------------------------------------------------===//
// The program's own functions
//===----------------------------------------------------------------------===//

namespace {

/// Looks for what stops the loop in an instance or below it.
class Stops {
public:
  explicit Stops(const RuleInput &input) : input(input), reentrant(input) {}

  /// Null where nothing does.
  const Event *find(InstanceId caller, const TwinCall &call) const;

private:
  bool mayNest(InstanceId caller) const;
  bool stopsLoop(const Event &event, InstanceId caller) const;
  const Event *findBelow(InstanceId start, InstanceId caller) const;

  const RuleInput &input;
  const rules::ReentrantLoops reentrant;
};

} // namespace

/// A notebook that has patched its loop has chosen the sync forms.
bool Stops::mayNest(InstanceId caller) const {
  FunctionKey function = input.contexts.functionOf(caller);
  return input.program.function(function).kind == FunctionKind::Module &&
         reentrant.holdFor(caller);
}

/// Whether the loop stands still, or the call fails, because of the event. A
/// lock that is held for a moment is no reason to have an async form.
bool Stops::stopsLoop(const Event &event, InstanceId caller) const {
  const Effect &effect = *event.effect;
  if (input.contexts[event.context].running != Running::Yes)
    return false;
  switch (effect.kind) {
  case EffectKind::RunLoop:
    return effect.reentry != Reentry::Allowed && !mayNest(caller);
  case EffectKind::WaitsFor:
    return true;
  case EffectKind::Blocks: {
    bool isLock = effect.category == "synchronization" &&
                  !event.api->find(EffectKind::WaitsFor);
    return !isLock && (!effect.optIn || llvm::is_contained(input.blockingTiers,
                                                           effect.category));
  }
  default:
    return false;
  }
}

static bool isOnStack(const Edge &edge) {
  bool isSure = edge.confidence != Confidence::Possible;
  return isSure &&
         (edge.kind == EdgeKind::Call || edge.kind == EdgeKind::Awaits ||
          edge.kind == EdgeKind::Invokes || edge.kind == EdgeKind::Drives);
}

const Event *Stops::findBelow(InstanceId start, InstanceId caller) const {
  const Contexts &contexts = input.contexts;
  std::deque<InstanceId> open{start};
  llvm::DenseSet<std::uint32_t> seen{start.raw()};
  for (; !open.empty(); open.pop_front()) {
    const Instance &instance = contexts[open.front()];
    for (const Event &event : instance.events)
      if (stopsLoop(event, caller))
        return &event;
    for (const Edge &edge : instance.edges)
      if (isOnStack(edge) && seen.insert(edge.to.raw()).second)
        open.push_back(edge.to);
  }
  return nullptr;
}

const Event *Stops::find(InstanceId caller, const TwinCall &call) const {
  for (const Edge &edge : input.contexts[caller].edges)
    if (edge.at == call.at && isOnStack(edge) &&
        input.contexts.functionOf(edge.to) == call.called)
      if (const Event *stop = findBelow(edge.to, caller))
        return stop;
  return nullptr;
}

static std::string describeHarm(const RuleInput &input, const Event &stop) {
  if (stop.effect->kind == EffectKind::RunLoop)
    return "runs a loop where one runs";
  if (stop.effect->kind == EffectKind::WaitsFor)
    return "stops the running loop until another one has done the work";
  return rules::describeStop(input, stop);
}

static Finding report(const RuleInput &input, InstanceId caller,
                      const TwinCall &call, const Event &stop) {
  const Contexts &contexts = input.contexts;
  Location at = rules::placeOf(input, call.at);
  Confidence confidence = stop.confidence;
  std::vector<WitnessStep> steps = witness(contexts, caller, confidence);
  bool isAlone = stop.effect->kind == EffectKind::RunLoop
                     ? rules::isOnlyTested(input, caller)
                     : rules::isAloneOnLoop(input, caller);
  if (isAlone)
    confidence = Confidence::Possible;
  llvm::StringRef name = input.program.symbols[call.name];
  std::string twin = input.program.spelledName(call.twin);
  steps.push_back({at, "the sync form is called here"});
  steps.push_back(
      {rules::placeOf(input, stop.at),
       llvm::formatv("below it `{0}` {1}", rules::displayName(*stop.api),
                     describeHarm(input, stop))});
  std::string harm = describeHarm(input, stop);
  std::string message =
      llvm::formatv("`{0}` {1}; its async form is `{2}`", name, harm, twin);
  if (contexts.functionOf(caller) == call.twin)
    message = llvm::formatv("`{0}` only calls its sync form `{1}`, which {2}",
                            twin, name, harm);
  return {.code = 802,
          .severity = Severity::Warning,
          .confidence = confidence,
          .message = std::move(message),
          .at = at,
          .context = describe(input.contexts[stop.context]),
          .witness = std::move(steps),
          .subject = {.operation = call.at,
                      .instance = caller,
                      .context = stop.context,
                      .twin = call.twin}};
}

namespace {

/// Finds the calls to replace: of several sync forms on one way the outermost,
/// as what it calls itself cannot be awaited there.
class Search {
public:
  explicit Search(const RuleInput &input)
      : input(input), contexts(input.contexts), stops(input),
        isSeen(contexts.instances.size()) {}

  Findings run();

private:
  void visit(InstanceId id);
  void add(InstanceId id);

  const RuleInput &input;
  const Contexts &contexts;
  const Stops stops;
  std::vector<bool> isSeen;
  std::deque<InstanceId> open;
  Findings findings;
};

} // namespace

void Search::add(InstanceId id) {
  if (isSeen[id.index()] || !contexts.isReached[id.index()])
    return;
  isSeen[id.index()] = true;
  open.push_back(id);
}

/// Reports the sync forms that the instance calls, and goes on below all else.
void Search::visit(InstanceId id) {
  const Instance &instance = contexts[id];
  llvm::SmallVector<const TwinCall *, 4> settled;
  for (const TwinCall &call : instance.twinCalls) {
    // The way below what is awaited is not gone.
    if (rules::isAwaited(input, call.at)) {
      settled.push_back(&call);
      continue;
    }
    const Event *stop = stops.find(id, call);
    if (!stop)
      continue;
    findings.push_back(report(input, id, call, *stop));
    settled.push_back(&call);
  }
  for (const Edge &edge : instance.edges) {
    bool isSettled = llvm::any_of(settled, [&](const TwinCall *call) {
      return call->at == edge.at &&
             call->called == contexts.functionOf(edge.to);
    });
    if (!isSettled)
      add(edge.to);
  }
}

Findings Search::run() {
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
    if (contexts.instances[i].root != RootKind::None)
      add(InstanceId(i));
  for (; !open.empty(); open.pop_front())
    visit(open.front());
  return std::move(findings);
}

Findings rules::checkSyncTwinInCoroutine(const RuleInput &input) {
  Findings findings;
  checkLibraries(input, findings);
  llvm::append_range(findings, Search(input).run());
  return findings;
}
