//===- Attributes.cpp - look-up in modules, classes, objects, libraries ---===//

#include "CoroutineTypes.h"
#include "Interpreter.h"
#include "Shown.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"

using namespace looplint;

// Deeper or wider class hierarchies than this are cut.
static constexpr std::size_t longestHierarchy = 24;

SetId Interpreter::attribute(SetId base, Symbol name) {
  // The members of a full set are those that came first, and no more likely to
  // be meant than the others.
  if (atoms.isFull(base))
    return atoms.anything();
  SetId all = atoms.emptySet();
  for (AtomId id : atoms.members(base))
    all = atoms.join(all, attributeOf(id, name));
  return all;
}

SetId Interpreter::attributeOf(AtomId id, Symbol name) {
  const Atom atom = atoms[id];
  switch (atom.kind) {
  case AtomKind::Module:
    return attributeOfModule(FileId(atom.a), name);
  case AtomKind::External:
    return attributeOfExternal(Symbol(atom.a), name);
  case AtomKind::Object:
    return attributeOfObject(id, ObjectId(atom.a), name);
  case AtomKind::Class: {
    SetId found = inClass(id, AtomId(), name, false);
    if (found != atoms.emptySet())
      return found;
    const ApiType *library = libraryBase(id);
    return library ? attributeOfType(*library, AtomId(), name)
                   : atoms.anything();
  }
  case AtomKind::Super: {
    AtomId self(atom.b);
    SetId found = inClass(AtomId(atom.a), self, name, true);
    if (found != atoms.emptySet())
      return found;
    const ApiType *library = libraryBase(AtomId(atom.a));
    return library ? attributeOfType(*library, self, name) : atoms.emptySet();
  }
  case AtomKind::ApiType:
    return attributeOfType(atoms.apiType(atom), AtomId(), name);
  case AtomKind::ApiFunction: {
    // A submodule or attribute of something that is a function as well.
    std::string qualified =
        atoms.apiFunction(atom).name + "." + program.symbols[name].str();
    if (models.function(models.canonical(qualified)))
      return external(qualified);
    return atoms.anything();
  }
  case AtomKind::None:
    return atoms.emptySet();
  case AtomKind::Function: {
    const ApiType *added = solver.methodsOf.lookup(atom.a);
    if (added && name != solver.names.call)
      return attributeOfType(*added, id, name);
    [[fallthrough]];
  }
  case AtomKind::Method:
    return name == solver.names.call ? atoms.only(id) : atoms.anything();
  case AtomKind::Partial:
    if (name == solver.names.call)
      return atoms.only(id);
    return name == solver.names.function ? atoms.only(AtomId(atom.a))
                                         : atoms.anything();
  case AtomKind::CurrentThread:
  case AtomKind::MainThread:
    // Whatever is read of a thread (`ident`, `name`) tells which one it is.
    return atoms.only(id);
  case AtomKind::Coroutine: {
    const ApiType *type = typeOfCoroutine(solver, id, name);
    return type ? attributeOfType(*type, id, name) : atoms.anything();
  }
  case AtomKind::Data:
  case AtomKind::Integer:
  case AtomKind::Float:
  case AtomKind::String:
    return atoms.data();
  default:
    return atoms.anything();
  }
}

SetId Interpreter::attributeOfModule(FileId module, Symbol name) {
  std::uint32_t variable = program.globalVariable(module, name);
  SetId found = atoms.emptySet();
  if (variable != Program::noVariable)
    found = solver.read(
        solver.capturedCell(solver.moduleFrame(module), variable), self);
  if (found == atoms.emptySet())
    found = starred(module, name);
  if (found != atoms.emptySet())
    return found;
  if (!program.isPackage(module))
    return atoms.emptySet();
  std::string inside =
      (program.moduleName(module) + "." + program.symbols[name]).str();
  std::optional<FileId> submodule = program.findModule(module, inside, 0);
  if (!submodule)
    return Shown(*this).module(inside);
  return atoms.only({.kind = AtomKind::Module, .a = submodule->index()});
}

//===----------------------------------------------------------------------===//
// Objects and classes
//===----------------------------------------------------------------------===//

SetId Interpreter::attributeOfObject(AtomId self, ObjectId object,
                                     Symbol name) {
  AtomId type = heap[object].type;
  SetId fromLoop = atoms.emptySet();
  auto hasOwnType = [&] {
    if (!type || atoms[type].kind != AtomKind::ApiType)
      return false;
    const ApiMember &own = solver.member(atoms.apiType(atoms[type]), name);
    return own.method || own.attribute;
  };
  bool isOwnLoop = type && atoms[type].kind == AtomKind::Class &&
                   solver.ownLoops.isLoop(ClassKey(atoms[type].a));
  // A loop type of C++ has no methods of another one's.
  isOwnLoop |= type && atoms[type].kind == AtomKind::ApiType &&
               atoms.apiType(atoms[type]).isLoop &&
               isCppName(atoms.apiType(atoms[type]).name);
  if (heap[object].isLoop && !isOwnLoop && !hasOwnType())
    fromLoop = attributeOfLoop(self, name);
  if (!type)
    return fromLoop;

  SetId field = solver.read(heap.field(object, name), this->self);
  if (atoms[type].kind == AtomKind::ApiType) {
    if (field != atoms.emptySet())
      return field;
    return fromLoop != atoms.emptySet()
               ? fromLoop
               : attributeOfType(atoms.apiType(atoms[type]), self, name);
  }
  SetId inherited = inClass(type, self, name, false);
  if (field == atoms.emptySet() && inherited == atoms.emptySet()) {
    ObjectId generic = heap.genericObject(type);
    if (generic != object)
      field = solver.read(heap.field(generic, name), this->self);
  }
  SetId found = atoms.join(field, inherited);
  const ApiType *library = libraryBase(type);
  // What the program stores in a field of the library's class is what the
  // library says, where nothing else is known of it.
  bool isAsDeclared = found == atoms.anything() && library &&
                      solver.member(*library, name).attribute;
  if (found != atoms.emptySet() && !isAsDeclared)
    return withOverrides(found, type, self, object, name);
  found = library ? attributeOfType(*library, self, name) : atoms.anything();
  if (found != atoms.anything() || object != heap.genericObject(type))
    return found;
  SetId mixed = inSubclasses(type, self, name);
  return mixed != atoms.emptySet() ? mixed : found;
}

/// A mixin takes for granted what comes with the classes it is mixed into.
SetId Interpreter::inSubclasses(AtomId classAtom, AtomId receiver,
                                Symbol name) {
  SetId all = atoms.emptySet();
  SetId known = solver.read(solver.subclasses(classAtom), self);
  for (AtomId id : atoms.members(known)) {
    if (atoms[id].kind != AtomKind::Class)
      continue;
    SetId found = inClass(id, receiver, name, false);
    const ApiType *library = libraryBase(id);
    if (found == atoms.emptySet() && library)
      found = attributeOfType(*library, receiver, name);
    if (found != atoms.anything())
      all = atoms.join(all, found);
  }
  return all;
}

/// The class and its bases, in the order in which attributes are looked up
/// (depth first, each once, later occurrences win as in the C3 order).
llvm::ArrayRef<AtomId> Interpreter::linearise(AtomId classAtom) {
  auto [entry, inserted] = solver.hierarchyOf.try_emplace(
      classAtom.index(), static_cast<std::uint32_t>(solver.hierarchies.size()));
  Hierarchy &known = inserted ? solver.hierarchies.emplace_back()
                              : solver.hierarchies[entry->second];
  if (known.epoch == solver.basesEpoch)
    return known.order;
  known.epoch = solver.basesEpoch;
  llvm::SmallVector<AtomId, 4> &order = known.order;
  order.clear();
  llvm::SmallVector<AtomId, 8> open{classAtom};
  // A name that is bound twice can make a class its own ancestor.
  for (std::size_t steps = 0; !open.empty() && steps < 4 * longestHierarchy;
       ++steps) {
    AtomId next = open.pop_back_val();
    if (auto *earlier = llvm::find(order, next); earlier != order.end())
      order.erase(earlier);
    order.push_back(next);
    if (order.size() > longestHierarchy)
      break;
    if (atoms[next].kind != AtomKind::Class)
      continue;
    auto bases = solver.bases.find(atoms[next].a);
    if (bases == solver.bases.end())
      continue;
    for (SetId base : llvm::reverse(bases->second))
      for (AtomId id : atoms.members(base))
        if (atoms[id].kind == AtomKind::Class ||
            atoms[id].kind == AtomKind::ApiType)
          if (!llvm::is_contained(open, id) && id != classAtom)
            open.push_back(id);
  }
  return order;
}

/// The library's type that a type is, or is derived from.
const ApiType *Interpreter::libraryBase(AtomId classAtom) {
  if (atoms[classAtom].kind == AtomKind::ApiType)
    return &atoms.apiType(atoms[classAtom]);
  for (AtomId id : linearise(classAtom))
    if (atoms[id].kind == AtomKind::ApiType)
      return &atoms.apiType(atoms[id]);
  return nullptr;
}

SetId Interpreter::inClass(AtomId classAtom, AtomId receiver, Symbol name,
                           bool skipFirst) {
  // super() looks behind the class it is written in, in the receiver's order.
  AtomId start = classAtom;
  if (skipFirst && receiver && atoms[receiver].kind == AtomKind::Object &&
      heap[ObjectId(atoms[receiver].a)].type)
    start = heap[ObjectId(atoms[receiver].a)].type;
  if (skipFirst && receiver && atoms[receiver].kind == AtomKind::Class)
    start = receiver;
  bool isPast = !skipFirst;
  bool mayBeShown = !solver.shownModules.empty();
  // Nothing is executed before the loop is left, so the order stays as it is.
  for (AtomId id : linearise(start)) {
    if (!isPast) {
      isPast = id == classAtom;
      continue;
    }
    if (atoms[id].kind != AtomKind::Class)
      continue;
    if (SetId read = mayBeShown ? Shown(*this).readProperty(id, name, receiver)
                                : SetId())
      return read;
    SetId found = classVariable(id, name);
    if (found == atoms.emptySet())
      continue;
    SetId bound = atoms.emptySet();
    for (AtomId member : atoms.members(found))
      bound = atoms.join(bound,
                         bindToSelf(member, receiver, receiver ? id : start));
    return bound;
  }
  return atoms.emptySet();
}

/// Attribute look-up binds functions; reading a property runs it.
SetId Interpreter::bindToSelf(AtomId member, AtomId receiver,
                              AtomId classAtom) {
  const Atom atom = atoms[member];
  if (atom.kind == AtomKind::Partial && receiver) {
    // A method with arguments bound to it gets the object before them.
    llvm::ArrayRef<AtomId> method =
        atoms.members(bindToSelf(AtomId(atom.a), receiver, classAtom));
    bool isMethod = method.size() == 1 && method.front() != AtomId(atom.a) &&
                    atoms[method.front()].kind == AtomKind::Method;
    return isMethod ? boundCall(AtomKind::Partial, method.front(),
                                atoms[ArgumentsId(atom.b)])
                    : atoms.only(member);
  }
  if (atom.kind != AtomKind::Function)
    return atoms.only(member);
  const Function &callee = *solver.facts(FunctionKey(atom.a)).definition;
  if (callee.binding == Function::Static)
    return atoms.only(member);
  // A wrapper that a decorator returned, or a function of the module, is bound
  // like a method.
  bool isBorrowed = !callee.classOfMethod;
  bool isObject = receiver && atoms[receiver].kind == AtomKind::Object;
  if (isBorrowed && !isObject)
    return atoms.only(member);
  if (callee.binding == Function::ClassMethod) {
    // It gets the class that it is asked of, not the one that it stands in.
    bool isClass = receiver && atoms[receiver].kind == AtomKind::Class;
    AtomId asked = isObject  ? heap[ObjectId(atoms[receiver].a)].type
                   : isClass ? receiver
                             : classAtom;
    return atoms.only(
        {.kind = AtomKind::Method, .a = member.index(), .b = asked.index()});
  }
  if (!receiver)
    return atoms.only(member);
  if (callee.binding != Function::Property)
    return atoms.only(
        {.kind = AtomKind::Method,
         .depth = static_cast<std::uint8_t>(atoms[receiver].depth),
         .a = member.index(),
         .b = receiver.index()});
  return callFunction(member, receiver, CallArguments(),
                      edgeHere(EdgeKind::Call, SetId()));
}

//===----------------------------------------------------------------------===//
// Library types
//===----------------------------------------------------------------------===//

SetId Interpreter::attributeOfType(const ApiType &type, AtomId receiver,
                                   Symbol name) {
  const ApiMember &member = solver.member(type, name);
  const ApiFunction *method =
      name == solver.names.init ? &type.constructor : member.method;
  const Returned *held = member.attribute;
  if (method && method->isProperty)
    return callLibrary({*method, receiver, CallArguments(),
                        program.key(file, here), Confidence::Definite});
  if (method && receiver)
    return atoms.only({.kind = AtomKind::ApiMethod,
                       .depth = atoms[receiver].depth,
                       .a = atoms.index(method),
                       .b = receiver.index()});
  if (method)
    return atoms.only(
        {.kind = AtomKind::ApiFunction, .a = atoms.index(method)});
  if (held)
    return returnedObject(*held, receiver);
  // `database.users`: names that the type makes up.
  const ApiFunction *maker = models.method(type.name, "__getattr__");
  if (maker && receiver && !program.symbols[name].starts_with("_"))
    return callLibrary({*maker, receiver, solver.noArguments,
                        program.key(file, here), Confidence::Definite});
  return atoms.anything();
}

/// What a library's object gives for a key; invalid where no model says.
SetId Interpreter::libraryItem(AtomId object, SetId key) {
  const Atom &atom = atoms[object];
  AtomId type =
      atom.kind == AtomKind::Object ? heap[ObjectId(atom.a)].type : AtomId();
  if (!type || atoms[type].kind != AtomKind::ApiType)
    return SetId();
  const ApiFunction *getter =
      models.method(atoms.apiType(atoms[type]).name, "__getitem__");
  if (!getter)
    return SetId();
  CallArguments arguments;
  arguments.positional.push_back(key);
  return callLibrary({*getter, object, arguments, program.key(file, here),
                      Confidence::Definite});
}

/// A loop of Python that C++ holds still has the methods of Python's.
SetId Interpreter::attributeOfLoop(AtomId receiver, Symbol name) {
  AtomId known = atoms[receiver].kind == AtomKind::Object
                     ? heap[ObjectId(atoms[receiver].a)].type
                     : AtomId();
  bool isCpp = known && atoms[known].kind == AtomKind::ApiType
                   ? isCppName(atoms.apiType(atoms[known]).name)
                   : summary.language == Language::Cpp;
  for (const ApiType *type : models.loopTypes()) {
    if (isCppName(type->name) != isCpp)
      continue;
    const ApiMember &member = solver.member(*type, name);
    if (member.method || member.attribute)
      return attributeOfType(*type, receiver, name);
  }
  return atoms.anything();
}

/// An object that a library has ready: an attribute or a module's variable.
SetId Interpreter::returnedObject(const Returned &returned, AtomId receiver) {
  CallArguments none;
  return returnedBy({solver.nameless, receiver, none, program.key(file, here),
                     Confidence::Definite},
                    returned);
}
