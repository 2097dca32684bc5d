//===- ReentrantLoops.cpp - where running loops may be run again ----------===//
//
// A patch of the loop's class holds for the whole process from then on. Which
// files share a process is told by who imports whom: a script whose top level
// leads to the patch has it, and so have the modules that it imports, where
// nothing is known of who else runs them. A script of its own has not, even if
// another one in the same folder patches.
//
// A state of the context, set by the patch, was rejected: handlers and
// callbacks are roots of their own, and would all be without it.
//
//===----------------------------------------------------------------------===//

#include "ReentrantLoops.h"

#include "Evidence.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using namespace looplint::rules;

static bool isOnStack(EdgeKind kind) {
  return kind != EdgeKind::Schedules && kind != EdgeKind::Defines;
}

ReentrantLoops::ReentrantLoops(const RuleInput &input)
    : contexts(input.contexts), program(input.program) {
  forEachEvent(
      input, EffectKind::ReentersLoop,
      [&](InstanceId instance, const Event &) { patches.push_back(instance); });
  if (patches.empty())
    return;
  isPatching.resize(program.fileCount());
  markCallers();
  isPatched = isPatching;
  markImported();
}

void ReentrantLoops::markCallers() {
  std::vector<std::vector<InstanceId>> callers(contexts.instances.size());
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
    for (const Edge &edge : contexts.instances[i].edges)
      if (isOnStack(edge.kind))
        callers[edge.to.index()].emplace_back(i);

  std::vector<bool> isMarked(contexts.instances.size());
  std::vector<InstanceId> open = patches;
  while (!open.empty()) {
    InstanceId next = open.back();
    open.pop_back();
    if (isMarked[next.index()])
      continue;
    isMarked[next.index()] = true;
    FunctionKey function = contexts.functionOf(next);
    if (program.function(function).kind == FunctionKind::Module)
      isPatching[program.fileOf(function).index()] = true;
    llvm::append_range(open, callers[next.index()]);
  }
}

void ReentrantLoops::markImported() {
  // Instances do not come in the order of imports, so until nothing changes.
  bool hasChanged = true;
  while (hasChanged) {
    hasChanged = false;
    for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
      for (const Edge &edge : contexts.instances[i].edges) {
        FileId importer = program.fileOf(contexts.functionOf(InstanceId(i)));
        FileId imported = program.fileOf(contexts.functionOf(edge.to));
        if (edge.kind != EdgeKind::Imports || !isPatched[importer.index()] ||
            isPatched[imported.index()])
          continue;
        isPatched[imported.index()] = hasChanged = true;
      }
  }
}

bool ReentrantLoops::holdFor(InstanceId instance) const {
  if (patches.empty())
    return false;
  InstanceId at = instance;
  while (contexts.paths[at.index()].from)
    at = contexts.paths[at.index()].from;
  // Who runs a script is known: it is the program.
  FunctionKey root = contexts.functionOf(at);
  bool isScript = program.function(root).kind == FunctionKind::Module;
  return (isScript ? isPatching : isPatched)[program.fileOf(root).index()];
}
