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
  case ValueKind::Result: {
    const FunctionFacts &known = solver.facts(holder.function);
    if (!known.keepsResult(value.a))
      return atoms.anything();
    SetId kept =
        solver.read(solver.capturedCell(at, known.resultSlot(value.a)), self);
    return kept == atoms.emptySet() ? atoms.anything() : kept;
  }
  case ValueKind::Outer: {
    FunctionKey owner = program.key(where, FunctionId(value.a));
    for (FrameId up = at; up; up = result.frames[up.index()].parent)
      if (result.frames[up.index()].function == owner)
        return solver.read(solver.capturedCell(up, value.b), self);
    return solver.read(solver.capturedCell(solver.moduleFrame(where), value.b),
                       self);
  }
  case ValueKind::Unbound:
    return unbound(where, program.symbol(where, StringId(value.a)));
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
  if (value.kind == ValueKind::Item)
    return insideOf(at, value, depth);
  return typedBy(evaluateIn(at, id));
}

/// `X[…]`: an X, unless X says something of what stands in the brackets. What
/// is in a container, or what a callable returns, is not followed.
SetId Interpreter::insideOf(FrameId at, const Value &subscript,
                            unsigned depth) {
  FileId where = solver.facts(result.frames[at.index()].function).file;
  const Summary &text = program.summary(where);
  SetId base = evaluateIn(at, ValueId(subscript.a));
  llvm::ArrayRef<AtomId> members = atoms.members(base);
  bool isOfTyping = !members.empty() && llvm::all_of(members, [&](AtomId id) {
    return atoms[id].kind == AtomKind::External &&
           program.symbols[Symbol(atoms[id].a)].starts_with(
               language::annotationPrefix);
  });
  if (!isOfTyping)
    return typedBy(base);
  llvm::StringRef name = program.symbols[Symbol(atoms[members.front()].a)];
  name = name.drop_front(name.rfind('.') + 1);
  const Value &inner = text.value(ValueId(subscript.b));
  bool areMany = inner.kind == ValueKind::Tuple;
  if (name == language::unionType && areMany) {
    SetId all = atoms.emptySet();
    for (ValueId operand : text.operandsOf(inner))
      all = atoms.join(all, annotated(at, operand, depth + 1));
    return all;
  }
  if (!llvm::is_contained(language::transparentTypes, name))
    return atoms.emptySet();
  ValueId first =
      areMany ? text.operandsOf(inner).front() : ValueId(subscript.b);
  return annotated(at, first, depth + 1);
}

/// `Self`: an object of the class that the method is called on.
SetId Interpreter::receiverType(Symbol name) {
  llvm::ArrayRef<SetId> arguments =
      atoms[result.frames[frame.index()].arguments];
  bool isSelf = llvm::is_contained(language::selfTypes, program.symbols[name]);
  if (!isSelf || !function.classOfMethod || arguments.empty())
    return atoms.emptySet();
  SetId all = atoms.emptySet();
  for (AtomId id : atoms.members(arguments[0])) {
    const Atom atom = atoms[id];
    AtomId type = atom.kind == AtomKind::Class ? id : AtomId();
    if (atom.kind == AtomKind::Object)
      type = heap[ObjectId(atom.a)].type;
    if (type)
      all = atoms.join(all, typedBy(atoms.only(type)));
  }
  return all;
}

/// \p value, which the function returns, as it is declared: where nobody knows
/// what it is, or where the function has no body but is declared for others to
/// define (`...`).
SetId Interpreter::declaredResult(SetId value) {
  FrameId parent = result.frames[frame.index()].parent;
  if (!function.returnAnnotation || !parent || function.isGenerator ||
      summary.language != Language::Python)
    return value;
  bool isOpen = llvm::all_of(atoms.members(value), [&](AtomId id) {
    return atoms[id].kind == AtomKind::Anything ||
           atoms[id].kind == AtomKind::None;
  });
  bool isDeclaration = value == atoms.none() &&
                       function.operations.begin == function.operations.end;
  if (!isOpen || (!atoms.mayBeAnything(value) && !isDeclaration))
    return value;
  SetId type = annotated(parent, function.returnAnnotation);
  if (type == atoms.emptySet())
    return value;
  bool mayBeNone = (!isDeclaration && atoms.members(value).size() > 1) ||
                   allowsNone(parent, function.returnAnnotation);
  return mayBeNone ? atoms.join(type, atoms.none()) : type;
}

/// `Optional[X]`, `X | None`, `Union[X, None]`.
bool Interpreter::allowsNone(FrameId at, ValueId id, unsigned depth) {
  FileId where = solver.facts(result.frames[at.index()].function).file;
  const Summary &text = program.summary(where);
  const Value &value = text.value(id);
  if (depth > 8 || value.kind == ValueKind::None)
    return value.kind == ValueKind::None;
  auto anyAllows = [&](const Value &holder) {
    return llvm::any_of(text.operandsOf(holder), [&](ValueId operand) {
      return allowsNone(at, operand, depth + 1);
    });
  };
  if (value.kind == ValueKind::Unknown)
    return anyAllows(value);
  if (value.kind != ValueKind::Item)
    return false;
  const Value &inner = text.value(ValueId(value.b));
  if (inner.kind == ValueKind::Tuple && anyAllows(inner))
    return true;
  SetId base = evaluateIn(at, ValueId(value.a));
  return llvm::any_of(atoms.members(base), [&](AtomId member) {
    return atoms[member].kind == AtomKind::External &&
           program.symbols[Symbol(atoms[member].a)] == language::optionalType;
  });
}

/// Whether the method is left to subclasses, of which \p self may be one: all
/// that is known of the object is a type that it is declared to have.
bool Interpreter::isLeftToSubclasses() {
  llvm::ArrayRef<SetId> arguments =
      atoms[result.frames[frame.index()].arguments];
  std::uint32_t size = function.operations.end - function.operations.begin;
  bool onlyRaises = size > 0 && size <= 2 &&
                    summary.operations[function.operations.end - 1].kind ==
                        OperationKind::Raise;
  if (!onlyRaises || !function.classOfMethod || arguments.empty())
    return false;
  return llvm::any_of(atoms.members(arguments[0]), [&](AtomId id) {
    if (atoms[id].kind != AtomKind::Object)
      return false;
    ObjectId object(atoms[id].a);
    AtomId type = heap[object].type;
    return type && object == heap.genericObject(type);
  });
}

/// `x: T = value`: a T where nobody knows what the value is.
SetId Interpreter::declaredHere(SetId value) {
  if (value != atoms.anything() || here == function.operations.begin)
    return value;
  const Operation &op = summary.operations[here];
  const Operation &before = summary.operations[here - 1];
  bool isDeclared = before.kind == OperationKind::Annotate && !before.target &&
                    before.variable == op.variable && before.scope == op.scope;
  SetId type = isDeclared ? annotated(frame, before.value) : atoms.emptySet();
  if (type == atoms.emptySet())
    return value;
  return allowsNone(frame, before.value) ? atoms.join(type, atoms.none())
                                         : type;
}

/// `x: T`, where nothing is bound yet. In a class, `x: T = None` does not make
/// None of what each object has, whatever T is.
SetId Interpreter::declaredVariable(const Operation &op) {
  SetId type = annotated(frame, op.value);
  if (type != atoms.emptySet() || function.kind != FunctionKind::ClassBody ||
      here + 1 == function.operations.end)
    return type;
  const Operation &next = summary.operations[here + 1];
  bool isNone = next.kind == OperationKind::Bind &&
                next.variable == op.variable && next.value &&
                summary.value(next.value).kind == ValueKind::None;
  return isNone ? atoms.anything() : type;
}

SetId Interpreter::typedBy(SetId annotation) {
  SetId all = atoms.emptySet();
  for (AtomId id : atoms.members(annotation)) {
    const Atom atom = atoms[id];
    if (atom.kind == AtomKind::External)
      all = atoms.join(all, receiverType(Symbol(atom.a)));
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
