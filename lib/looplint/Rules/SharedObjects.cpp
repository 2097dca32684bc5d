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

/// Whether the object is made on a condition, in a function that does not look
/// which loop is running.
static bool isMadeOnDemand(const RuleInput &input, const Occurrence &made) {
  const Program &program = input.program;
  const Instance &instance = input.contexts[made.instance];
  const Function &function =
      program.function(input.contexts.functionOf(made.instance));
  bool looksAtLoop = instance.outcome.testsLoop ||
                     llvm::any_of(instance.events, [&](const Event &event) {
                       return event.effect->kind == EffectKind::CurrentLoop &&
                              event.at != made.event->at;
                     });
  if (looksAtLoop)
    return false;
  const Summary &summary = program.summary(program.fileOf(made.event->at));
  int depth = 0;
  std::uint32_t at = program.local(made.event->at).index();
  for (std::uint32_t i = function.operations.begin; i < at; ++i) {
    OperationKind kind = summary.operations[i].kind;
    depth += kind == OperationKind::If || kind == OperationKind::Except;
    depth -= kind == OperationKind::EndIf ||
             (kind == OperationKind::EndTry && depth > 0);
  }
  return depth > 0;
}

std::vector<SharedObject> rules::sharedObjects(const RuleInput &input) {
  std::map<std::uint32_t, SharedObject> found;
  auto add = [&](InstanceId instance, const Event &event) {
    if (!event.receiver ||
        input.contexts.atoms[event.receiver].kind != AtomKind::Object)
      return;
    SharedObject &shared = found[event.receiver.index()];
    shared.object = event.receiver;
    bool isMaking = event.effect->kind == EffectKind::LoopBound && !event.isUse;
    (isMaking ? shared.made : shared.used).push_back({instance, &event});
  };
  forEachEvent(input, EffectKind::LoopBound, add);
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
           for (InstanceId at = made.instance;;) {
             PathStep step = input.contexts.paths[at.index()];
             if (!step.from)
               return input.contexts[at].root == RootKind::Script;
             at = step.from;
           }
         });
}

std::optional<ForeignUse> rules::foreignUse(const RuleInput &input,
                                            const SharedObject &shared) {
  bool isKnown = true;
  llvm::SmallVector<ObjectId, 2> own = ownLoops(input, shared, isKnown);
  if (!isKnown)
    return std::nullopt;
  llvm::SmallVector<ObjectId, 4> makers;
  for (const Occurrence &made : shared.made)
    if (ObjectId loop = runningAt(input, made))
      makers.push_back(loop);
  bool bindsWhenUsed = own.empty();
  for (const Occurrence &use : shared.used) {
    ObjectId here = runningAt(input, use);
    bool mayBeOwn = !shared.isMadeOnce && (llvm::is_contained(own, here) ||
                                           llvm::is_contained(makers, here));
    if (!here || mayBeOwn)
      continue;
    // What is made as often as the loop may be made for it.
    bool isLonger = shared.isMadeOnce || isMadeByScript(input, shared);
    if (isLonger && input.contexts.areSuccessive(here, here))
      return ForeignUse{here, use};
    for (ObjectId loop : own)
      if (loop != here && areTwo(input, loop, here))
        return ForeignUse{loop, use};
    if (!bindsWhenUsed)
      continue;
    for (ObjectId loop : makers)
      if (loop != here && areTwo(input, loop, here))
        return ForeignUse{loop, use};
    // The one that the object meets first takes it.
    for (const Occurrence &other : shared.used) {
      ObjectId first = runningAt(input, other);
      if (first && first != here && input.contexts.areSuccessive(first, here))
        return ForeignUse{first, use};
    }
  }
  return std::nullopt;
}
