//===- Members.cpp - members of C++ classes that are spoken of by name ----===//
//
// `&Worker::run`, `Base::run()` and the constructor of a base are functions
// whose first argument is the object. A smart pointer is the object that it
// leads to, and has members of its own besides.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"
#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// A name of C++ that no model describes. (One of Python is a value that C++
/// got from there.)
bool Interpreter::isExternalOfCpp(AtomId id) {
  return atoms[id].kind == AtomKind::External &&
         isCppName(program.symbols[Symbol(atoms[id].a)]);
}

/// A method, or the constructor, of the library's class that it is named after.
const ApiFunction *Interpreter::memberOfLibrary(llvm::StringRef name) {
  if (!isCppName(name))
    return nullptr;
  auto [owner, member] = name.rsplit('.');
  const ApiType *type = models.type(models.canonical(owner));
  if (!type)
    return nullptr;
  return member == language::initialiser ? &type->constructor
                                         : models.method(type->name, member);
}

/// An object that a library has ready, or a method bound to it, which is what
/// stands behind some functions of its module; else just the name.
SetId Interpreter::objectOfLibrary(llvm::StringRef name) {
  if (const Returned *object = models.object(name))
    return returnedObject(*object, AtomId());
  auto [owner, member] = name.rsplit('.');
  if (!member.empty() && models.object(owner)) {
    SetId found = attribute(external(owner), program.symbols.intern(member));
    bool isMethod = llvm::all_of(atoms.members(found), [&](AtomId id) {
      return atoms[id].kind == AtomKind::ApiMethod;
    });
    if (isMethod)
      return found;
  }
  return atoms.only(
      {.kind = AtomKind::External, .a = program.symbols.intern(name).index()});
}

/// The class whose member it is; null for what needs no object. In Python that
/// is looked at for constructors only: `Base.__init__(self)`.
const ApiType *Interpreter::ownerOf(const ApiFunction &api) {
  if (!isCppName(api.name))
    return solver.constructedBy(api);
  if (api.isStatic)
    return nullptr;
  const ApiType *type = models.type(api.name);
  return type ? type : models.type(llvm::StringRef(api.name).rsplit('.').first);
}

/// Calls a library's function, or its member with the object in front.
SetId Interpreter::callByName(const ApiFunction &api,
                              const CallArguments &arguments, Edge edge) {
  const ApiType *owner = arguments.positional.empty() ? nullptr : ownerOf(api);
  if (owner && !isCppName(api.name)) {
    SetId types =
        atoms.only({.kind = AtomKind::ApiType, .a = atoms.index(owner)});
    auto isOwn = [&](AtomId id) { return isInstance(id, types) == Truth::Yes; };
    if (!llvm::all_of(atoms.members(arguments.positional.front()), isOwn))
      owner = nullptr;
  }
  if (!owner)
    return callLibrary({api, AtomId(), arguments, edge.at, edge.confidence});
  CallArguments rest = arguments;
  rest.positional.erase(rest.positional.begin());
  SetId all = atoms.emptySet();
  for (AtomId self : llvm::SmallVector<AtomId, 8>(
           atoms.members(arguments.positional.front()))) {
    bool isObject = atoms[self].kind == AtomKind::Object;
    if (isObject && &api == &owner->constructor)
      heap[ObjectId(atoms[self].a)].isLoop |= owner->isLoop;
    all = atoms.join(all,
                     callLibrary({api, self, rest, edge.at, edge.confidence}));
  }
  return all;
}

/// A member function of C++, whose first parameter is its object.
bool Interpreter::isUnboundMethod(AtomId callable) {
  if (atoms[callable].kind != AtomKind::Function)
    return false;
  FunctionKey key(atoms[callable].a);
  const Summary &text = program.summary(solver.facts(key).file);
  llvm::ArrayRef<Parameter> parameters =
      text.parametersOf(*solver.facts(key).definition);
  return !parameters.empty() &&
         text.string(parameters.front().name) == language::receiver;
}

/// `p.get()`: a smart pointer is the object that it leads to, and has methods
/// of its own. Invalid where it has none of that name.
SetId Interpreter::methodOfWrapper(const Value &wrapper, Symbol name,
                                   unsigned depth) {
  if (wrapper.kind != ValueKind::Typed)
    return SetId();
  SetId types = evaluate(ValueId(wrapper.b), depth + 1);
  for (AtomId id : atoms.members(types)) {
    if (atoms[id].kind != AtomKind::ApiType)
      continue;
    const ApiType &type = atoms.apiType(atoms[id]);
    bool isWrapper = type.constructor.returned.kind == Returned::Parameter;
    const ApiFunction *method =
        isWrapper ? models.method(type.name, program.symbols[name]) : nullptr;
    if (!method)
      continue;
    SetId all = atoms.emptySet();
    SetId wrapped = evaluate(ValueId(wrapper.a), depth + 1);
    for (AtomId object : atoms.members(wrapped))
      if (atoms[object].kind != AtomKind::None)
        all = atoms.join(all, atoms.only({.kind = AtomKind::ApiMethod,
                                          .depth = atoms[object].depth,
                                          .a = atoms.index(method),
                                          .b = object.index()}));
    return all;
  }
  return SetId();
}

/// Where only the declared class of an object of C++ is known, each override
/// may be meant; a function without a body, which is pure, never is.
SetId Interpreter::withOverrides(SetId found, AtomId type, AtomId receiver,
                                 ObjectId object, Symbol name) {
  bool isDeclared =
      object == heap.genericObject(type) && isOfCpp(ClassKey(atoms[type].a));
  if (!isDeclared)
    return found;
  SetId overrides = inSubclasses(type, receiver, name);
  if (overrides == atoms.emptySet())
    return found;
  SetId all = overrides;
  for (AtomId id : atoms.members(found)) {
    if (atoms[id].kind == AtomKind::External)
      continue;
    all = atoms.join(all, atoms.only(id));
    solver.overridden.insert(id.index());
  }
  return all;
}

bool Interpreter::isOfCpp(ClassKey key) const {
  return program.summary(program.fileOf(key)).language == Language::Cpp;
}

//===----------------------------------------------------------------------===//
// Coroutines
//===----------------------------------------------------------------------===//

/// Whether calling the coroutine runs nothing yet. Its return type says so: the
/// promise of a class of the program suspends at first or does not, of types
/// that models describe a coroutine is one that waits. Nothing where neither is
/// known.
std::optional<bool> Interpreter::startsSuspended(const Function &coroutine,
                                                 FileId where) {
  if (!coroutine.returnAnnotation)
    return std::nullopt;
  const Value &type = program.summary(where).value(coroutine.returnAnnotation);
  if (type.kind != ValueKind::Entity)
    return std::nullopt;
  if (coroutine.isEager)
    return false;
  llvm::StringRef name = program.summary(where).string(StringId(type.a));
  const Entity *own =
      program.findEntity(program.symbol(where, StringId(type.b)));
  if (!own) {
    if (models.type(models.canonical(name)))
      return true;
    return std::nullopt;
  }
  const Summary &text = program.summary(own->file);
  const std::string start =
      (text.string(text.classOf(ClassId(own->index)).qualifiedName) +
       language::initialSuspend)
          .str();
  for (const Function &function : text.functions) {
    if (text.string(function.qualifiedName) != start)
      continue;
    for (std::uint32_t i = function.operations.begin;
         i < function.operations.end; ++i)
      if (ValueId value = text.operation(OperationId(i)).value)
        if (const Value &used = behindType(text, value);
            used.kind == ValueKind::Entity)
          return !text.string(StringId(used.a))
                      .ends_with(language::neverSuspend);
  }
  return std::nullopt;
}

/// A coroutine of C++ may begin to run when it is called. What is asked for is
/// its function, or the object that calling it gives.
bool Interpreter::mayHaveStarted(AtomId id) {
  for (unsigned i = 0; i < 8 && atoms[id].kind != AtomKind::Function; ++i) {
    AtomKind kind = atoms[id].kind;
    if (kind != AtomKind::Coroutine && kind != AtomKind::Method &&
        kind != AtomKind::Partial)
      return false;
    id = AtomId(atoms[id].a);
  }
  if (atoms[id].kind != AtomKind::Function)
    return false;
  const FunctionFacts &known = solver.facts(FunctionKey(atoms[id].a));
  bool isCpp = program.summary(known.file).language == Language::Cpp;
  return isCpp &&
         !startsSuspended(*known.definition, known.file).value_or(false);
}

/// A lambda of C++ returns a coroutine that may have begun.
void Interpreter::noteBeginner(const Operation &returning) {
  if (function.kind != FunctionKind::Lambda || !returning.value ||
      summary.language != Language::Cpp)
    return;
  for (AtomId id : atoms.members(evaluate(returning.value)))
    if (atoms[id].kind == AtomKind::Coroutine && mayHaveStarted(id))
      result.beginners.insert(functionKey.index());
}
