//===- Resets.cpp - code that lets go of what is kept ---------------------===//
//
// A registry of objects is emptied by a new container in the place of the old
// one. Values only grow in the analysis, so the field holds both; the one that
// is made in the middle of the program, on no condition, is the reset. What is
// found behind it in the same execution was made behind it.
//
//===----------------------------------------------------------------------===//

#include "Resets.h"

#include "looplint/Program/Language.h"

using namespace looplint;
using namespace looplint::rules;

// Calls below the way to a place are searched to this depth.
static constexpr unsigned deepestReset = 3;

bool rules::isConditional(const Program &program, const Function &function,
                          OperationKey at) {
  const Summary &summary = program.summary(program.fileOf(at));
  int depth = 0;
  std::uint32_t end = program.local(at).index();
  for (std::uint32_t i = function.operations.begin; i < end; ++i) {
    OperationKind kind = summary.operations[i].kind;
    depth += kind == OperationKind::If || kind == OperationKind::Except;
    depth -= kind == OperationKind::EndIf ||
             (kind == OperationKind::EndTry && depth > 0);
  }
  return depth > 0;
}

/// Whether the function begins the life of what it stores in.
static bool isBeginning(const Program &program, FunctionKey key) {
  const Function &function = program.function(key);
  return function.kind == FunctionKind::Module ||
         function.kind == FunctionKind::ClassBody ||
         program.summary(program.fileOf(key)).string(function.name) ==
             language::initialiser;
}

void Resets::addContainers(SetId value) {
  const Contexts &contexts = input.contexts;
  for (AtomId id : contexts.atoms.members(value)) {
    if (contexts.atoms[id].kind != AtomKind::Object)
      continue;
    const Object &container = contexts.heap[ObjectId(contexts.atoms[id].a)];
    if (!container.site || !container.elements)
      continue;
    FunctionKey function = functionAround(input, container.site);
    if (isBeginning(input.program, function) ||
        isConditional(input.program, input.program.function(function),
                      container.site))
      continue;
    for (AtomId held :
         contexts.atoms.members(contexts.heap[container.elements].value))
      places[held.index()].push_back(container.site.index());
  }
}

Resets::Resets(const RuleInput &input) : input(input) {
  const Contexts &contexts = input.contexts;
  auto addCell = [&](CellId cell) {
    SetId value = contexts.heap[cell].value;
    if (contexts.atoms.members(value).size() > 1)
      addContainers(value);
  };
  for (std::uint32_t i = 0; i < contexts.heap.objectCount(); ++i)
    for (const auto &[name, cell] : contexts.heap[ObjectId(i)].fields)
      addCell(cell);
  for (const Frame &frame : contexts.frames)
    for (const auto &[variable, cell] : frame.cells)
      addCell(cell);
}

/// Whether one of them is among the function's operations before \p end, or
/// below a call there.
bool Resets::isIn(const Places &places, InstanceId instance, std::uint32_t end,
                  unsigned depth) const {
  const Program &program = input.program;
  FunctionKey key = input.contexts.functionOf(instance);
  FileId file = program.fileOf(key);
  const std::uint32_t first =
      program.key(file, program.function(key).operations.begin).index();
  const std::uint32_t last = program.key(file, end).index();
  if (llvm::any_of(places,
                   [&](auto place) { return place >= first && place < last; }))
    return true;
  if (depth == 0)
    return false;
  return llvm::any_of(input.contexts[instance].edges, [&](const Edge &edge) {
    bool isEarlier = edge.kind == EdgeKind::Call && edge.at.index() >= first &&
                     edge.at.index() < last;
    return isEarlier &&
           isIn(places, edge.to,
                program.function(input.contexts.functionOf(edge.to))
                    .operations.end,
                depth - 1);
  });
}

bool Resets::comeBefore(AtomId object, const Occurrence &place) const {
  auto found = places.find(object.index());
  if (found == places.end())
    return false;
  const Program &program = input.program;
  std::uint32_t end = program.local(place.event->at).index();
  for (InstanceId at : wayTo(input.contexts, place.instance)) {
    if (isIn(found->second, at, end, deepestReset))
      return true;
    PathStep step = input.contexts.paths[at.index()];
    if (step.from)
      end =
          program.local(input.contexts[step.from].edges[step.edge].at).index();
  }
  return false;
}
