//===- Bindings.cpp - parameters and variables ---------------------------===//

#include "Interpreter.h"
#include "Shown.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

void Interpreter::bindParameters() {
  state.versionsBelow = facts.versionsBelow;
  llvm::ArrayRef<SetId> arguments =
      atoms[result.frames[frame.index()].arguments];
  FrameId parent = result.frames[frame.index()].parent;
  llvm::ArrayRef<Parameter> parameters = summary.parametersOf(function);
  for (std::uint32_t i = 0; i < arguments.size(); ++i) {
    SetId value = arguments[i];
    // What nobody known passes is what it is declared to be.
    if (value == atoms.anything() && parent && parameters[i].annotation)
      if (SetId typed = annotated(parent, parameters[i].annotation);
          typed != atoms.emptySet())
        value = typed;
    if (atoms.mayBeAnything(arguments[i]) && parent &&
        parameters[i].defaultValue)
      value = atoms.join(value, evaluateIn(parent, parameters[i].defaultValue));
    assign(i, value);
  }
}

/// What is awaited as it is called happens at the call.
Edge Interpreter::edgeOfAwait(const Operation &op) {
  Edge edge = edgeHere(EdgeKind::Awaits, SetId());
  const Value &awaited = summary.value(op.value);
  if (awaited.kind == ValueKind::Result)
    edge.at = program.key(file, awaited.a);
  return edge;
}

/// Assigning to a property calls its setter and stores nothing.
bool Interpreter::callSetters(AtomId receiver, Symbol name, SetId value) {
  if (Shown(*this).writeProperty(receiver, name, value))
    return true;
  const Atom atom = atoms[receiver];
  AtomId type =
      atom.kind == AtomKind::Object ? heap[ObjectId(atom.a)].type : AtomId();
  if (solver.setters.empty() || !type || atoms[type].kind != AtomKind::Class)
    return false;
  for (AtomId id : llvm::SmallVector<AtomId, 4>(linearise(type))) {
    const Atom each = atoms[id];
    if (each.kind != AtomKind::Class)
      continue;
    auto setter = solver.setters.find({each.a, name.raw()});
    if (setter == solver.setters.end())
      continue;
    ClassKey key(each.a);
    FunctionKey body =
        program.key(program.fileOf(key), program.classOf(key).body);
    FrameId definer = each.b == FrameId().raw() ? FrameId() : FrameId(each.b);
    AtomId function = atoms.atom({.kind = AtomKind::Function,
                                  .a = setter->second.raw(),
                                  .b = solver.frame(body, definer, {}).raw()});
    CallArguments arguments;
    arguments.positional.push_back(value);
    callFunction(function, receiver, arguments,
                 edgeHere(EdgeKind::Call, SetId()));
    return true;
  }
  return false;
}

void Interpreter::bindAttribute(const Operation &op) {
  Symbol name = symbolOf(op.name);
  SetId value = evaluate(op.value);
  SetId stored = atoms.emptySet();
  for (AtomId id : atoms.members(evaluate(op.target)))
    if (!callSetters(id, name, value))
      stored = atoms.join(stored, atoms.only(id));
  storeAttribute(stored, name, value);
  assignHooks(stored, name, value);
  // Through whatever variable: what was known of such an attribute is over.
  llvm::erase_if(state.attributes, [&](const NarrowedAttribute &known) {
    return known.name == name;
  });
  narrowAttribute(op.target, name, value);
}

void Interpreter::storeAttribute(SetId base, Symbol name, SetId value) {
  for (AtomId id : atoms.members(base)) {
    const Atom atom = atoms[id];
    if (atom.kind == AtomKind::Object)
      storeField(ObjectId(atom.a), name, value);
    if (atom.kind == AtomKind::Module) {
      std::uint32_t variable = program.globalVariable(FileId(atom.a), name);
      if (variable != Program::noVariable)
        solver.write(
            solver.capturedCell(solver.moduleFrame(FileId(atom.a)), variable),
            value);
    }
    if (atom.kind != AtomKind::Class)
      continue;
    if (CellId cell = classCell(id, name))
      solver.write(cell, value);
    storeField(heap.genericObject(id), name, value);
  }
}

void Interpreter::storeField(ObjectId object, Symbol name, SetId value) {
  solver.write(heap.field(object, name), value);
  AtomId type = heap[object].type;
  if (!type || atoms[type].kind != AtomKind::Class)
    return;
  for (AtomId base : linearise(type))
    if (atoms[base].kind == AtomKind::Class)
      solver.write(heap.field(heap.genericObject(base), name), value);
}

/// `self.x` holds \p value here, until it or `self` is bound again.
void Interpreter::narrowAttribute(ValueId base, Symbol name, SetId value) {
  const Value &owner = summary.value(base);
  if (owner.kind != ValueKind::Local)
    return;
  llvm::erase_if(state.attributes, [&](const NarrowedAttribute &known) {
    return known.variable == owner.a && known.name == name;
  });
  state.attributes.push_back({owner.a, name, value});
}

/// Sets a variable of this function, and its cell if others see it.
void Interpreter::assign(std::uint32_t variable, SetId value) {
  state.variables.set(variable, value);
  llvm::erase_if(state.attributes, [&](const NarrowedAttribute &known) {
    return known.variable == variable;
  });
  if (facts.captured[variable])
    solver.write(solver.capturedCell(frame, variable), value);
}

void Interpreter::bind(const Operation &op, SetId value) {
  if (!op.scope) {
    assign(op.variable, value);
    return;
  }
  if (op.scope == FunctionId(0))
    noteCurrent(op.variable, value);
  FunctionKey owner = program.key(file, op.scope);
  FrameId holder = frame;
  while (holder && result.frames[holder.index()].function != owner)
    holder = result.frames[holder.index()].parent;
  if (holder)
    solver.write(solver.capturedCell(holder, op.variable), value);
}

void Interpreter::noteFirstYield() {
  if (yieldContext || !function.isGenerator || function.isAsync)
    return;
  yieldContext = solver.context(state.context);
  outcome.heldAtYield = state.held;
}
