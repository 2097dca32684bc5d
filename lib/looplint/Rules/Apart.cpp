//===- Apart.cpp - what keeps code of several threads apart ---------------===//

#include "Apart.h"

#include "Threads.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using namespace looplint::rules;

/// Whether the type is one of handles that the program makes for a loop to hand
/// work to it: what else is there to make them for than to keep that apart?
static bool isHandle(const ApiType &type) {
  bool keepsLoop =
      llvm::any_of(type.constructor.effects, [](const Effect &effect) {
        return effect.kind == EffectKind::Keeps && effect.field == "loop";
      });
  if (!keepsLoop)
    return false;
  bool takesWork = false;
  for (const auto &method : type.methods) {
    if (method.second.find(EffectKind::LoopAffine))
      return false;
    takesWork |= method.second.find(EffectKind::Invokes) != nullptr;
  }
  return takesWork;
}

bool rules::keepsHandlersApart(const RuleInput &input, ObjectId loop) {
  const Contexts &contexts = input.contexts;
  Symbol field = input.program.symbols.intern("loop");
  for (std::uint32_t i = 0; i < contexts.heap.objectCount(); ++i) {
    const Object &object = contexts.heap[ObjectId(i)];
    bool isOne = object.type &&
                 contexts.atoms[object.type].kind == AtomKind::ApiType &&
                 isHandle(contexts.atoms.apiType(contexts.atoms[object.type]));
    if (!isOne)
      continue;
    CellId cell = contexts.heap.existingField(ObjectId(i), field);
    llvm::SmallVector<ObjectId, 2> loops;
    if (cell)
      loops = certainLoops(input, contexts.heap[cell].value);
    bool isOfOther =
        loops.size() == 1 && contexts.heap[loops[0]].isLoop && loops[0] != loop;
    if (!isOfOther)
      return true;
  }
  return false;
}

std::set<FunctionKey> rules::functionsWithGuards(const RuleInput &input) {
  const Contexts &contexts = input.contexts;
  std::set<FunctionKey> guarded;
  for (std::uint32_t i = 0; i < contexts.heap.objectCount(); ++i) {
    const Object &object = contexts.heap[ObjectId(i)];
    if (object.site && object.type &&
        contexts.atoms[object.type].kind == AtomKind::ApiType &&
        contexts.atoms.apiType(contexts.atoms[object.type])
            .constructor.find(EffectKind::Locks))
      guarded.insert(functionAround(input, object.site));
  }
  return guarded;
}
