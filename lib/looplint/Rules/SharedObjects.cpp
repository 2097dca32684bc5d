//===- SharedObjects.cpp - objects that get from one loop to another ------===//
//
// An object of the analysis stands for all that one place makes. Two uses under
// two loops are of one object only where the second loop's code did not make
// its own: the object was made before any loop ran, or under the first loop
// alone, or once for the process, by code that tests whether it is there.
//
//===----------------------------------------------------------------------===//

#include "SharedObjects.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using namespace looplint::rules;

/// Objects in variables of modules and classes, or in fields and containers of
/// such objects.
static llvm::DenseSet<std::uint32_t> lastingObjects(const Contexts &contexts) {
  llvm::DenseSet<std::uint32_t> lasting;
  llvm::SmallVector<AtomId, 32> open;
  auto add = [&](SetId value) {
    for (AtomId id : contexts.atoms.members(value))
      if (contexts.atoms[id].kind == AtomKind::Object &&
          lasting.insert(id.index()).second)
        open.push_back(id);
  };
  for (const Frame &frame : contexts.frames) {
    FunctionKind kind = contexts.program.function(frame.function).kind;
    if (kind == FunctionKind::Module || kind == FunctionKind::ClassBody)
      for (const auto &[variable, cell] : frame.cells)
        add(contexts.heap[cell].value);
  }
  while (!open.empty()) {
    const Object &object =
        contexts.heap[ObjectId(contexts.atoms[open.pop_back_val()].a)];
    if (object.elements)
      add(contexts.heap[object.elements].value);
    for (const auto &[name, cell] : object.fields)
      add(contexts.heap[cell].value);
  }
  return lasting;
}

InstanceId rules::makerOf(const RuleInput &input, const Occurrence &made,
                          OperationKey site) {
  const Program &program = input.program;
  std::uint32_t index = program.local(site).index();
  for (InstanceId at : wayTo(input.contexts, made.instance)) {
    FunctionKey key = input.contexts.functionOf(at);
    IndexRange range = program.function(key).operations;
    if (program.fileOf(key) == program.fileOf(site) && index >= range.begin &&
        index < range.end)
      return at;
  }
  return made.instance;
}

/// Whether the object is made on a condition, in a function that does not look
/// which loop is running.
static bool isMadeOnDemand(const RuleInput &input, const Occurrence &made) {
  const Contexts &contexts = input.contexts;
  OperationKey at =
      contexts.heap[ObjectId(contexts.atoms[made.event->receiver].a)].site;
  if (!at)
    at = made.event->at;
  InstanceId maker = makerOf(input, made, at);
  const Instance &instance = contexts[maker];
  if (maker == made.instance)
    at = made.event->at;
  bool looksAtLoop =
      instance.outcome.testsLoop ||
      llvm::any_of(instance.events, [&](const Event &event) {
        return event.effect->kind == EffectKind::CurrentLoop && event.at != at;
      });
  return !looksAtLoop &&
         isConditional(input.program,
                       input.program.function(contexts.functionOf(maker)), at);
}

std::vector<SharedObject> rules::sharedObjects(const RuleInput &input,
                                               EffectKind kind) {
  std::map<std::uint32_t, SharedObject> found;
  auto add = [&](InstanceId instance, const Event &event) {
    if (!event.receiver ||
        input.contexts.atoms[event.receiver].kind != AtomKind::Object)
      return;
    SharedObject &shared = found[event.receiver.index()];
    shared.object = event.receiver;
    // What says nothing of a cache has the first use, too.
    bool isMaking = !event.isUse && event.effect->cache == CacheUse::Keeps;
    (isMaking ? shared.made : shared.used).push_back({instance, &event});
  };
  forEachEvent(input, kind, add);
  if (found.empty())
    return {};
  llvm::DenseSet<std::uint32_t> lasting = lastingObjects(input.contexts);
  std::vector<SharedObject> all;
  for (auto &[index, shared] : found) {
    auto isOutside = [&](const Occurrence &made) {
      return input.contexts[made.event->context].running != Running::Yes;
    };
    shared.isMadeOutside =
        !shared.made.empty() && llvm::all_of(shared.made, isOutside);
    shared.isMadeOnce = lasting.contains(index) && !shared.made.empty() &&
                        llvm::all_of(shared.made, [&](const Occurrence &made) {
                          return isMadeOnDemand(input, made);
                        });
    all.push_back(std::move(shared));
  }
  return all;
}

//===----------------------------------------------------------------------===//
// Uses
//===----------------------------------------------------------------------===//

static ObjectId runningAt(const RuleInput &input, const Occurrence &place) {
  const ExecutionContext &context = input.contexts[place.event->context];
  return context.running == Running::Yes ? context.runningLoop : ObjectId();
}

/// The loops that run at these places, in the order of places.
static llvm::SmallVector<ObjectId, 4>
runningLoops(const RuleInput &input, const std::vector<Occurrence> &places) {
  llvm::SmallVector<ObjectId, 4> loops;
  llvm::DenseSet<std::uint32_t> seen;
  for (const Occurrence &place : places)
    if (ObjectId loop = runningAt(input, place))
      if (seen.insert(loop.index()).second)
        loops.push_back(loop);
  return loops;
}

/// Two loops for sure, in one execution.
static bool areTwo(const RuleInput &input, ObjectId first, ObjectId second) {
  bool isPolicys = first == ObjectId(Heap::mainLoop) &&
                   second != ObjectId(Heap::mainLoop) &&
                   second != ObjectId(Heap::ambientLoop);
  return isPolicys || input.contexts.areSuccessive(first, second) ||
         input.contexts.areSuccessive(second, first);
}

/// The loops that the object took when it was made; none where it takes the
/// first that it is used under.
static llvm::SmallVector<ObjectId, 2>
ownLoops(const RuleInput &input, const SharedObject &shared, bool &isKnown) {
  const Heap &heap = input.contexts.heap;
  isKnown = true;
  Symbol name = input.program.symbols.find("loop");
  CellId field =
      name ? heap.existingField(ObjectId(input.contexts.atoms[shared.object].a),
                                name)
           : CellId();
  if (!field)
    return {};
  SetId value = heap[field].value;
  llvm::SmallVector<ObjectId, 2> loops;
  for (AtomId id : input.contexts.atoms.members(value)) {
    const Atom &atom = input.contexts.atoms[id];
    if (atom.kind == AtomKind::None)
      continue;
    bool isLoop =
        atom.kind == AtomKind::Object && heap[ObjectId(atom.a)].isLoop;
    ObjectId loop = !isLoop ? ObjectId(Heap::anyLoop)
                    : heap[ObjectId(atom.a)].wrapped
                        ? heap[ObjectId(atom.a)].wrapped
                        : ObjectId(atom.a);
    isKnown &= loop != ObjectId(Heap::anyLoop);
    loops.push_back(loop);
  }
  return loops;
}

/// Whether a script makes the object, once as far as its top level shows.
static bool isMadeByScript(const RuleInput &input, const SharedObject &shared) {
  return !shared.made.empty() &&
         llvm::all_of(shared.made, [&](const Occurrence &made) {
           InstanceId start = wayTo(input.contexts, made.instance).back();
           return input.contexts[start].root == RootKind::Script;
         });
}

namespace {
/// The loops that an object can belong to, each once.
struct Owners {
  llvm::SmallVector<ObjectId, 2> own;
  llvm::SmallVector<ObjectId, 4> makers;
  llvm::SmallVector<ObjectId, 4> users;
  /// It outlives the run that makes it.
  bool isLonger = false;
};
} // namespace

/// The loop that the object belongs to when it is used under another; invalid
/// where it need not be another.
static ObjectId earlierLoop(const RuleInput &input, const SharedObject &shared,
                            const Owners &owners, const Occurrence &use) {
  ObjectId here = runningAt(input, use);
  bool mayBeOwn =
      !shared.isMadeOnce && (llvm::is_contained(owners.own, here) ||
                             llvm::is_contained(owners.makers, here));
  if (!here || mayBeOwn)
    return ObjectId();
  // What is made as often as the loop may be made for it.
  if (owners.isLonger && input.contexts.areSuccessive(here, here))
    return here;
  for (ObjectId loop : owners.own)
    if (loop != here && areTwo(input, loop, here))
      return loop;
  bool bindsWhenUsed = owners.own.empty();
  if (!bindsWhenUsed)
    return ObjectId();
  for (ObjectId loop : owners.makers)
    if (loop != here && areTwo(input, loop, here))
      return loop;
  // The one that the object meets first takes it.
  for (ObjectId first : owners.users)
    if (first != here && input.contexts.areSuccessive(first, here))
      return first;
  return ObjectId();
}

std::optional<ForeignUse> rules::foreignUse(const RuleInput &input,
                                            const Resets &resets,
                                            const SharedObject &shared) {
  bool isKnown = true;
  Owners owners;
  owners.own = ownLoops(input, shared, isKnown);
  if (!isKnown)
    return std::nullopt;
  owners.isLonger = shared.isMadeOnce || isMadeByScript(input, shared);
  owners.makers = runningLoops(input, shared.made);
  owners.users = runningLoops(input, shared.used);
  for (const Occurrence &use : shared.used)
    if (ObjectId first = earlierLoop(input, shared, owners, use))
      if (!resets.comeBefore(shared.object, use))
        return ForeignUse{first, use};
  return std::nullopt;
}
