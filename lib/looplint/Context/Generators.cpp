//===- Generators.cpp - generators that others go through -----------------===//

#include "Generators.h"

#include "Interpreter.h"

using namespace looplint;

bool Generators::isMadeHere(OperationKey site) const {
  if (!site || in.program.fileOf(site) != in.file)
    return false;
  std::uint32_t index = in.program.local(site).index();
  IndexRange operations = in.function.operations;
  return index >= operations.begin && index < operations.end;
}

void Generators::leave(SetId values) {
  for (AtomId id : in.atoms.members(values)) {
    const Atom &atom = in.atoms[id];
    OperationKey site = atom.kind == AtomKind::Object
                            ? in.heap[ObjectId(atom.a)].site
                            : OperationKey();
    if (!isMadeHere(site))
      continue;
    for (Edge &edge : in.result.instances[in.self.index()].edges) {
      FunctionKey callee = in.result.functionOf(edge.to);
      if (edge.at == site && in.solver.facts(callee).definition->isGenerator)
        edge.confidence = Confidence::Possible;
    }
  }
}

void Generators::leave(const CallArguments &arguments) {
  for (SetId value : arguments.positional)
    leave(value);
  for (auto [name, value] : arguments.keywords)
    leave(value);
}
