//===- Annotations.cpp - defaults and types of other functions ------------===//

#include "Interpreter.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

SetId Interpreter::evaluateIn(FrameId at, ValueId id, unsigned depth) {
  if (!id || !at || depth > deepestExpression)
    return atoms.anything();
  const Frame &holder = result.frames[at.index()];
  FileId where = solver.facts(holder.function).file;
  const Summary &text = program.summary(where);
  const Value &value = text.value(id);
  switch (value.kind) {
  case ValueKind::Local:
    if (!solver.facts(holder.function).captured[value.a])
      return atoms.anything();
    return solver.read(solver.capturedCell(at, value.a), self);
  case ValueKind::Outer: {
    FunctionKey owner = program.key(where, FunctionId(value.a));
    for (FrameId up = at; up; up = result.frames[up.index()].parent)
      if (result.frames[up.index()].function == owner)
        return solver.read(solver.capturedCell(up, value.b), self);
    return solver.read(solver.capturedCell(solver.moduleFrame(where), value.b),
                       self);
  }
  case ValueKind::Unbound: {
    std::string name = "builtins." + text.string(StringId(value.a)).str();
    SetId imported = starred(where, program.symbol(where, StringId(value.a)));
    return imported != atoms.emptySet() ? imported : external(name);
  }
  case ValueKind::Entity:
    return entity(where, value);
  case ValueKind::Attribute:
    return attribute(evaluateIn(at, ValueId(value.a), depth + 1),
                     program.symbol(where, StringId(value.b)));
  case ValueKind::None:
    return atoms.none();
  case ValueKind::True:
    return atoms.boolean(true);
  case ValueKind::False:
    return atoms.boolean(false);
  case ValueKind::Integer:
  case ValueKind::Float:
  case ValueKind::String:
    return atoms.data();
  case ValueKind::Function:
    return atoms.only({.kind = AtomKind::Function,
                       .a = program.key(where, FunctionId(value.a)).index(),
                       .b = at.raw()});
  default:
    return atoms.anything();
  }
}

/// `X`, `X | None`, `Optional[X]`, `Annotated[X, …]`: an object of type X.
SetId Interpreter::annotated(FrameId at, ValueId id, unsigned depth) {
  if (!id || depth > 8)
    return atoms.emptySet();
  const Frame &holder = result.frames[at.index()];
  const Summary &text = program.summary(solver.facts(holder.function).file);
  const Value &value = text.value(id);
  if (value.kind == ValueKind::Unknown) {
    SetId all = atoms.emptySet();
    for (ValueId operand : text.operandsOf(value))
      all = atoms.join(all, annotated(at, operand, depth + 1));
    return all;
  }
  if (value.kind == ValueKind::Item) {
    SetId base = evaluateIn(at, ValueId(value.a));
    bool isWrapper = llvm::all_of(atoms.members(base), [&](AtomId member) {
      return atoms[member].kind == AtomKind::External &&
             program.symbols[Symbol(atoms[member].a)].starts_with(
                 language::annotationPrefix);
    });
    if (!isWrapper)
      return typedBy(base);
    const Value &inner = text.value(ValueId(value.b));
    ValueId wrapped = inner.kind == ValueKind::Tuple
                          ? text.operandsOf(inner).front()
                          : ValueId(value.b);
    return annotated(at, wrapped, depth + 1);
  }
  return typedBy(evaluateIn(at, id));
}

SetId Interpreter::typedBy(SetId annotation) {
  SetId all = atoms.emptySet();
  for (AtomId id : atoms.members(annotation)) {
    const Atom &atom = atoms[id];
    if (atom.kind != AtomKind::Class && atom.kind != AtomKind::ApiType)
      continue;
    if (atom.kind == AtomKind::ApiType && atoms.apiType(atom).isLoop) {
      ObjectId loop = heap.loopAs(id, ObjectId(Heap::anyLoop));
      all = atoms.join(
          all, atoms.only({.kind = AtomKind::Object, .a = loop.index()}));
      continue;
    }
    all = atoms.join(all, atoms.only({.kind = AtomKind::Object,
                                      .a = heap.genericObject(id).index()}));
  }
  return all;
}
