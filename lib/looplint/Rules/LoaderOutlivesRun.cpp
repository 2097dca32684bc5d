//===- LoaderOutlivesRun.cpp - LOOP803 ------------------------------------===//
//
// A loader caches what it has loaded, for good. Kept longer than one run or one
// request, it answers later ones with old data and never lets go of it. Where
// it also gets under a second loop, LOOP404 says more.
//
//===----------------------------------------------------------------------===//

#include "SharedObjects.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;
using namespace looplint::rules;

namespace {
struct Loader {
  std::vector<Occurrence> made, loads;
  bool isReset = false;
};
} // namespace

static std::map<std::uint32_t, Loader> findLoaders(const RuleInput &input) {
  std::map<std::uint32_t, Loader> loaders;
  forEachEvent(
      input, EffectKind::Batches, [&](InstanceId instance, const Event &event) {
        if (!event.receiver)
          return;
        Loader &loader = loaders[event.receiver.index()];
        bool isMaking = event.api->find(EffectKind::LoopBound);
        if (event.effect->resets)
          loader.isReset = true;
        else
          (isMaking ? loader.made : loader.loads).push_back({instance, &event});
      });
  return loaders;
}

/// Whether the place runs once for each of many requests.
static bool isPerRequest(const RuleInput &input, const Threads &threads,
                         const Occurrence &place) {
  const ExecutionContext &context = input.contexts[place.event->context];
  bool isPerRun =
      context.running == Running::Yes &&
      input.contexts.areSuccessive(context.runningLoop, context.runningLoop);
  return isPerRun || threads.isOnSeveral(place);
}

Findings rules::checkLoaderOutlivesRun(const RuleInput &input) {
  Findings findings;
  std::map<std::uint32_t, Loader> loaders = findLoaders(input);
  if (loaders.empty())
    return findings;
  Threads threads(input);
  const Resets resets(input);
  for (const SharedObject &shared : sharedObjects(input)) {
    auto found = loaders.find(shared.object.index());
    if (found == loaders.end() || found->second.isReset ||
        found->second.made.empty())
      continue;
    bool isKept = shared.isMadeOutside || shared.isMadeOnce;
    if (!isKept || foreignUse(input, resets, shared))
      continue;
    auto load = llvm::find_if(found->second.loads, [&](const auto &place) {
      return isPerRequest(input, threads, place) &&
             !resets.comeBefore(shared.object, place);
    });
    if (load == found->second.loads.end())
      continue;
    const Occurrence &made = found->second.made.front();
    Finding finding = makeFinding(
        input, 803, load->instance, *load->event,
        llvm::formatv("`{0}` makes a loader that is kept from one run or "
                      "request to the next: it answers with what it loaded "
                      "before, and never lets go of it",
                      displayName(*made.event->api)),
        llvm::formatv("`{0}` is answered from its cache",
                      displayName(*load->event->api)));
    // Where the program's own class of loaders is called, not in its body.
    const Contexts &contexts = input.contexts;
    OperationKey site =
        contexts.heap[ObjectId(contexts.atoms[shared.object].a)].site;
    if (!site)
      site = made.event->at;
    finding.at = placeOf(input, site);
    finding.subject = {.operation = site,
                       .instance = makerOf(input, made, site)};
    finding.witness.insert(finding.witness.begin(),
                           {finding.at, "the loader is made once"});
    findings.push_back(std::move(finding));
  }
  return findings;
}
