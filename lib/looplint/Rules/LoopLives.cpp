//===- LoopLives.cpp - what becomes of each loop that the program makes ---===//

#include "LoopLives.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using namespace looplint::rules;

using Lives = std::map<std::uint32_t, LoopLife>;

bool LoopLife::runsForever() const {
  return llvm::any_of(run, [](const Occurrence &place) {
    return place.event->effect->forever;
  });
}

static void collect(const RuleInput &input, EffectKind kind,
                    std::vector<Occurrence> LoopLife::*list, Lives &lives) {
  forEachEvent(input, kind, [&](InstanceId instance, const Event &event) {
    for (ObjectId loop : certainLoops(input, event.loops)) {
      auto life = lives.find(loop.index());
      bool isPop = kind == EffectKind::SetLoop && event.effect->subject;
      if (life != lives.end() && !isPop)
        (life->second.*list).push_back({instance, &event});
    }
  });
}

/// Marks the loops among \p value as kept.
static void mark(const Contexts &contexts, SetId value, bool LoopLife::*flag,
                 Lives &lives) {
  for (AtomId id : contexts.atoms.members(value)) {
    const Atom &atom = contexts.atoms[id];
    if (atom.kind != AtomKind::Object)
      continue;
    const Object &object = contexts.heap[ObjectId(atom.a)];
    if (!object.isLoop)
      continue;
    auto life = lives.find(object.wrapped ? object.wrapped.index() : atom.a);
    if (life != lives.end())
      life->second.*flag = true;
  }
}

static void findKeepers(const RuleInput &input, Lives &lives) {
  const Contexts &contexts = input.contexts;
  for (std::uint32_t i = 0; i < contexts.heap.objectCount(); ++i) {
    const Object &object = contexts.heap[ObjectId(i)];
    if (object.elements)
      mark(contexts, contexts.heap[object.elements].value,
           &LoopLife::isInContainer, lives);
    // What a library keeps (a future its loop) says nothing of ownership.
    bool isOfProgram =
        object.type && contexts.atoms[object.type].kind == AtomKind::Class;
    if (isOfProgram)
      for (const auto &[name, cell] : object.fields)
        mark(contexts, contexts.heap[cell].value, &LoopLife::isInField, lives);
  }
  for (const Frame &frame : contexts.frames) {
    FunctionKind kind = input.program.function(frame.function).kind;
    bool isClosure =
        kind == FunctionKind::Plain || kind == FunctionKind::Lambda;
    for (const auto &[variable, cell] : frame.cells)
      mark(contexts, contexts.heap[cell].value,
           isClosure ? &LoopLife::isInClosure : &LoopLife::isInModule, lives);
  }
}

std::vector<LoopLife> rules::loopLives(const RuleInput &input) {
  Lives lives;
  forEachEvent(input, EffectKind::NewLoop,
               [&](InstanceId instance, const Event &event) {
                 for (ObjectId loop : certainLoops(input, event.loops)) {
                   LoopLife &life = lives[loop.index()];
                   life.loop = loop;
                   life.made.push_back({instance, &event});
                 }
               });
  if (lives.empty())
    return {};
  collect(input, EffectKind::RunLoop, &LoopLife::run, lives);
  collect(input, EffectKind::CloseLoop, &LoopLife::closed, lives);
  collect(input, EffectKind::StopLoop, &LoopLife::stopped, lives);
  collect(input, EffectKind::SetLoop, &LoopLife::installed, lives);
  findKeepers(input, lives);
  std::vector<LoopLife> ordered;
  for (auto &[index, life] : lives)
    ordered.push_back(std::move(life));
  return ordered;
}
