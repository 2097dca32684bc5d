//===- NestedLoops.cpp - a loop run inside of a running one ---------------===//

#include "NestedLoops.h"

#include "Threads.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

rules::Nesting rules::nestingOf(const RuleInput &input, const Event &event) {
  if (event.effect->reentry == Reentry::Raises)
    return Nesting::SameLoop;
  const Contexts &contexts = input.contexts;
  ObjectId running = contexts[event.context].runningLoop;
  llvm::SmallVector<ObjectId, 2> loops = certainLoops(input, event.loops);
  auto isMade = [&](ObjectId loop) {
    return loop == ObjectId(Heap::mainLoop) || contexts.heap[loop].site;
  };
  if (running == ObjectId(Heap::anyLoop) || !isMade(running) || loops.empty() ||
      !llvm::all_of(loops, isMade))
    return Nesting::Unknown;
  if (!llvm::is_contained(loops, running))
    return Nesting::OtherLoop;
  return loops.size() == 1 ? Nesting::SameLoop : Nesting::Unknown;
}
