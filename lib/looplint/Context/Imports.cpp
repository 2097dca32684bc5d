//===- Imports.cpp - modules and the names that they give away -----------===//

#include "Interpreter.h"
#include "Shown.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"

#include <tuple>

using namespace looplint;

SetId Interpreter::moduleValue(llvm::StringRef dotted, unsigned dots) {
  std::optional<FileId> found = program.findModule(file, dotted, dots);
  if (!found) {
    SetId shown = Shown(*this).module(dotted);
    return shown != atoms.emptySet() ? shown : external(dotted);
  }
  importModule(*found, program.key(file, here));
  return atoms.only({.kind = AtomKind::Module, .a = found->index()});
}

/// The callables, and those that texts among them name: the text
/// "package.module:Type.method", or "package.module.function", stands for what
/// the program's module of that name defines.
SetId Interpreter::withNamed(SetId callables) {
  for (AtomId id : atoms.members(callables)) {
    if (atoms[id].kind != AtomKind::String)
      continue;
    llvm::StringRef text = program.symbols[Symbol(atoms[id].a)];
    auto [module, path] =
        text.contains(':') ? text.split(':') : text.rsplit('.');
    std::optional<FileId> found =
        path.empty() ? std::nullopt : program.findModule(file, module, 0);
    if (!found || *found == file)
      continue;
    importModule(*found, program.key(file, here));
    auto [first, rest] = path.split('.');
    SetId value = attributeOfModule(*found, program.symbols.intern(first));
    while (!rest.empty()) {
      std::tie(first, rest) = rest.split('.');
      value = attribute(value, program.symbols.intern(first));
    }
    callables = atoms.join(callables, value);
  }
  return callables;
}

SetId Interpreter::importedName(const Value &value) {
  llvm::StringRef dotted = summary.string(StringId(value.a));
  llvm::StringRef name = summary.string(StringId(value.c));
  std::optional<FileId> module = program.findModule(file, dotted, value.b);
  if (module) {
    importModule(*module, program.key(file, here));
    SetId found = attributeOfModule(*module, symbolOf(StringId(value.c)));
    if (found != atoms.emptySet())
      return found;
  } else if (SetId shown = Shown(*this).module(dotted);
             shown != atoms.emptySet()) {
    return Shown(*this).member(shown, symbolOf(StringId(value.c)));
  }
  // `from package import module`, with or without an `__init__`.
  std::string inside =
      dotted.empty() ? name.str() : (dotted + "." + name).str();
  std::optional<FileId> submodule = program.findModule(file, inside, value.b);
  if (submodule) {
    importModule(*submodule, program.key(file, here));
    return atoms.only({.kind = AtomKind::Module, .a = submodule->index()});
  }
  if (SetId shown = Shown(*this).module(inside); shown != atoms.emptySet())
    return shown;
  if (value.b != 0)
    return atoms.anything();
  return module ? atoms.emptySet() : external(inside);
}

void Interpreter::importAll(ValueId id) {
  const Value &value = summary.value(id);
  llvm::StringRef dotted = summary.string(StringId(value.a));
  std::optional<FileId> module = program.findModule(file, dotted, value.b);
  if (module)
    importModule(*module, program.key(file, here));
  else
    Shown(*this).module(dotted);
}

/// What the file's star imports bind the name to.
SetId Interpreter::starred(FileId where, Symbol name, unsigned depth) {
  if (depth > 4)
    return atoms.emptySet();
  for (const StarImport &import : solver.starImports(where)) {
    if (!import.module) {
      SetId shown = Shown(*this).module(import.dotted);
      if (SetId found = Shown(*this).member(shown, name);
          found != atoms.emptySet())
        return found;
      llvm::SmallString<96> qualified(import.dotted);
      qualified += '.';
      qualified += program.symbols[name];
      std::string known = models.canonical(qualified);
      if (models.function(known) || models.type(known) ||
          models.knowsModule(known))
        return external(qualified);
      continue;
    }
    std::uint32_t variable = program.globalVariable(*import.module, name);
    SetId found = atoms.emptySet();
    if (variable != Program::noVariable)
      found = solver.read(
          solver.capturedCell(solver.moduleFrame(*import.module), variable),
          self);
    if (found == atoms.emptySet())
      found = starred(*import.module, name, depth + 1);
    if (found != atoms.emptySet())
      return found;
  }
  return atoms.emptySet();
}

/// In C++ the file of a base class may come later in the program. Its classes
/// are made first, as an include would.
void Interpreter::importBase(ValueId base) {
  const Value &value = summary.value(base);
  if (value.kind != ValueKind::Entity)
    return;
  const Entity *found = program.findEntity(symbolOf(StringId(value.b)));
  if (found && found->kind == Entity::Class && found->file != file)
    importModule(found->file, program.key(file, here));
}

void Interpreter::importModule(FileId module, OperationKey at) {
  if (module == file)
    return;
  ExecutionContext importing = state.context;
  importing.importing = true;
  Edge edge{.at = at, .kind = EdgeKind::Imports};
  edge.handled = handledHere();
  edge.isGuarded = state.isGuarded;
  // A package is imported before what is inside of it.
  llvm::StringRef name = program.moduleName(module);
  for (std::size_t dot = name.find('.'); dot != llvm::StringRef::npos;
       dot = name.find('.', dot + 1))
    if (std::optional<FileId> package =
            program.findModule(module, name.take_front(dot), 0);
        package && *package != module && *package != file)
      solver.import(self, *package, solver.context(importing), edge);
  if (const Outcome *done =
          solver.import(self, module, solver.context(importing), edge);
      done && done->returns) {
    ExecutionContext left = result[done->exit];
    left.importing = state.context.importing;
    state.context = left;
  }
}

/// Whether C++ asks for a module of Python by its name.
bool Solver::importsPython(const Summary &summary) const {
  if (summary.language != Language::Cpp)
    return false;
  return llvm::any_of(summary.operations, [&](const Operation &operation) {
    if (operation.kind != OperationKind::Call)
      return false;
    const Value &callee = summary.value(operation.value);
    if (callee.kind != ValueKind::Entity)
      return false;
    const ApiFunction *function =
        models.function(models.canonical(summary.string(StringId(callee.a))));
    return function && function->returned.kind == Returned::ModuleNamed;
  });
}
