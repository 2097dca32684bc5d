//===- KnownMembers.cpp - look-ups that are asked for over and over -------===//
//
// Models are asked by spelling, and a class's variable lies behind four tables.
// The answers do not change while a program is followed, so they are kept.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"
#include "Shown.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/SmallString.h"

using namespace looplint;

const ApiMember &Solver::member(const ApiType &type, Symbol name) {
  auto [entry, inserted] = members.try_emplace({&type, name.raw()});
  if (inserted) {
    // Methods that the program defines itself carry what tells them apart.
    llvm::StringRef member = program.symbols[name];
    if (isCppName(type.name) && !member.starts_with("operator"))
      member = member.take_until(
          [](char letter) { return letter == '(' || letter == '<'; });
    entry->second = {models.method(type.name, member),
                     models.attribute(type.name, member)};
  }
  return entry->second;
}

/// The type whose constructor the function is, if it is one.
const ApiType *Solver::constructedBy(const ApiFunction &function) {
  auto [entry, inserted] = constructed.try_emplace(&function);
  if (inserted) {
    const ApiType *type = models.type(function.name);
    entry->second = type && &type->constructor == &function ? type : nullptr;
  }
  return entry->second;
}

SetId Interpreter::attributeOfExternal(Symbol entity, Symbol name) {
  std::uint64_t key = (std::uint64_t{entity.index()} << 32) | name.index();
  if (SetId known = solver.externalAttributes.lookup(key))
    return known;
  llvm::SmallString<96> qualified(program.symbols[entity]);
  qualified += '.';
  qualified += program.symbols[name];
  SetId value = external(qualified);
  solver.externalAttributes[key] = value;
  return value;
}

/// What the class's own body binds the name to.
SetId Interpreter::classVariable(AtomId classAtom, Symbol name) {
  CellId cell = classCell(classAtom, name);
  SetId shown = Shown(*this).memberOfClass(classAtom, name);
  if (shown != atoms.emptySet())
    return shown;
  return cell ? solver.read(cell, self) : atoms.emptySet();
}

CellId Interpreter::classCell(AtomId classAtom, Symbol name) {
  std::uint64_t key = (std::uint64_t{classAtom.index()} << 32) | name.index();
  if (auto known = solver.classCells.find(key);
      known != solver.classCells.end())
    return known->second;
  CellId cell = cellOfBody(classAtom, name);
  if (!cell && solver.assignedFromOutside.contains(name.index()))
    cell = heap.newCell();
  solver.classCells[key] = cell;
  return cell;
}

CellId Interpreter::cellOfBody(AtomId classAtom, Symbol name) {
  const Atom &atom = atoms[classAtom];
  ClassKey key(atom.a);
  FileId where = program.fileOf(key);
  FunctionKey body = program.key(where, program.classOf(key).body);
  std::uint32_t variable = solver.variable(body, name);
  if (variable == Program::noVariable)
    return CellId();
  FrameId definer = atom.b == FrameId().raw() ? FrameId() : FrameId(atom.b);
  FrameId bodyFrame = solver.frame(body, definer, {});
  return solver.capturedCell(bodyFrame, variable);
}

/// A class sees what others assign to it, as its objects do where they have
/// nothing of that name themselves.
void Solver::findAssignedFromOutside(const Summary &summary, FileId file) {
  for (const Function &function : summary.functions)
    for (std::uint32_t i = function.operations.begin;
         i < function.operations.end; ++i) {
      const Operation &op = summary.operations[i];
      if (op.kind != OperationKind::BindAttribute)
        continue;
      const Value &holder = summary.value(op.target);
      bool isSelf = function.classOfMethod &&
                    function.binding == Function::Method &&
                    holder.kind == ValueKind::Local && holder.a == 0;
      if (!isSelf)
        assignedFromOutside.insert(program.symbol(file, op.name).index());
    }
}
