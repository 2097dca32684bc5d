//===- LoopBoundObjectOutlivesLoop.cpp - LOOP404 --------------------------===//
//
// A lock, a queue, a future, a connection belongs to the loop that was there
// when it was made, or that first had to wait in it. Under another loop it
// fails, or waits for what nobody will do.
//
//===----------------------------------------------------------------------===//

#include "SharedObjects.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;
using namespace looplint::rules;

/// "asyncio.Lock", "DataLoader": what people call the object.
static std::string typeName(const RuleInput &input, AtomId id) {
  const Contexts &contexts = input.contexts;
  AtomId type = contexts.heap[ObjectId(contexts.atoms[id].a)].type;
  const Atom &atom = contexts.atoms[type];
  if (atom.kind == AtomKind::ApiType)
    return spelled(contexts.atoms.apiType(atom).name);
  return input.program.summary(input.program.fileOf(ClassKey(atom.a)))
      .string(input.program.classOf(ClassKey(atom.a)).name)
      .str();
}

/// What makes the loop, or starts it; the place of the use where neither is
/// part of the program.
static OperationKey originOf(const RuleInput &input, ObjectId loop,
                             const Occurrence &use) {
  OperationKey site = input.contexts.heap[loop].site;
  return site ? site : use.event->at;
}

static Finding report(const RuleInput &input, const SharedObject &shared,
                      const ForeignUse &foreign) {
  const Contexts &contexts = input.contexts;
  ObjectId object(contexts.atoms[shared.object].a);
  ObjectId second = contexts[foreign.use.event->context].runningLoop;
  OperationKey site = contexts.heap[object].site;
  bool bindsWhenUsed = !foreign.use.event->effect->bindsAtConstruction(
      input.versionAt(placeOf(input, foreign.use.event->at)));
  bool isSitesFault = site && (shared.isMadeOutside || shared.isMadeOnce ||
                               foreign.first == ObjectId(Heap::mainLoop));
  std::string type = typeName(input, shared.object);
  std::string failure = "what waits for it waits for a loop that does not run";
  if (isOfPython(*foreign.use.event))
    failure = bindsWhenUsed
                  ? "RuntimeError: … is bound to a different event loop, as "
                    "soon as it has to wait"
                  : "RuntimeError: … attached to a different loop, or Event "
                    "loop is closed";
  Finding finding =
      makeFinding(input, 404, foreign.use.instance, *foreign.use.event,
                  llvm::formatv("`{0}` of one loop is used under another: {1}",
                                type, failure),
                  llvm::formatv("`{0}` needs it under the second loop",
                                displayName(*foreign.use.event->api)));
  std::vector<WitnessStep> before;
  if (site)
    before.push_back({placeOf(input, site), "the object is made here"});
  if (OperationKey first = contexts.heap[foreign.first].site)
    before.push_back({placeOf(input, first), "a first loop uses it"});
  OperationKey origin = originOf(input, second, foreign.use);
  before.push_back({placeOf(input, origin), second == foreign.first
                                                ? "each time with a new loop"
                                                : "a second loop is this one"});
  finding.witness.insert(finding.witness.begin(), before.begin(), before.end());
  finding.at = placeOf(input, isSitesFault ? site : origin);
  finding.subject = {.operation = isSitesFault ? site : origin,
                     .context = foreign.use.event->context};
  return finding;
}

Findings rules::checkLoopBoundObjectOutlivesLoop(const RuleInput &input) {
  Findings findings;
  std::vector<SharedObject> all = sharedObjects(input, EffectKind::LoopBound);
  if (all.empty())
    return findings;
  const Resets resets(input);
  for (const SharedObject &shared : all)
    if (std::optional<ForeignUse> foreign = foreignUse(input, resets, shared))
      findings.push_back(report(input, shared, *foreign));
  return findings;
}
