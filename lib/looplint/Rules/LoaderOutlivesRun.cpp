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

/// What has been loaded is let go of now and then.
static bool isEmptied(const SharedObject &loader) {
  return llvm::any_of(loader.used, [](const Occurrence &place) {
    return place.event->effect->cache == CacheUse::Empties;
  });
}

/// The objects that another rule has to say more about.
static llvm::DenseSet<std::uint32_t> underTwoLoops(const RuleInput &input,
                                                   const Resets &resets) {
  llvm::DenseSet<std::uint32_t> found;
  for (const SharedObject &shared : sharedObjects(input, EffectKind::LoopBound))
    if (foreignUse(input, resets, shared))
      found.insert(shared.object.index());
  return found;
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

static Finding report(const RuleInput &input, const SharedObject &loader,
                      const Occurrence &load) {
  const Occurrence &made = loader.made.front();
  Finding finding = makeFinding(
      input, 803, load.instance, *load.event,
      llvm::formatv("`{0}` makes a loader that is kept from one run or "
                    "request to the next: it answers with what it loaded "
                    "before, and never lets go of it",
                    displayName(*made.event->api)),
      llvm::formatv("`{0}` is answered from its cache",
                    displayName(*load.event->api)));
  // Where the program's own class of loaders is called, not in its body.
  const Contexts &contexts = input.contexts;
  OperationKey site =
      contexts.heap[ObjectId(contexts.atoms[loader.object].a)].site;
  if (!site)
    site = made.event->at;
  finding.at = placeOf(input, site);
  finding.subject = {.operation = site, .instance = makerOf(input, made, site)};
  finding.witness.insert(finding.witness.begin(),
                         {finding.at, "the loader is made once"});
  return finding;
}

Findings rules::checkLoaderOutlivesRun(const RuleInput &input) {
  Findings findings;
  std::vector<SharedObject> loaders = sharedObjects(input, EffectKind::Caches);
  if (loaders.empty())
    return findings;
  Threads threads(input);
  const Resets resets(input);
  const llvm::DenseSet<std::uint32_t> others = underTwoLoops(input, resets);
  for (const SharedObject &loader : loaders) {
    bool isKept = loader.isMadeOutside || loader.isMadeOnce;
    if (!isKept || isEmptied(loader) || others.contains(loader.object.index()))
      continue;
    auto load = llvm::find_if(loader.used, [&](const Occurrence &place) {
      return isPerRequest(input, threads, place) &&
             !resets.comeBefore(loader.object, place);
    });
    if (load != loader.used.end())
      findings.push_back(report(input, loader, *load));
  }
  return findings;
}
