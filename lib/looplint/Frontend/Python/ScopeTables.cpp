//===- ScopeTables.cpp - scopes and variables by number, and look-up ------===//

#include "Scopes.h"

#include "llvm/ADT/Twine.h"

namespace looplint::python {

static constexpr std::size_t longestQualifiedName = 200;

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

ScopeId Scopes::addScope(Scope scope) {
  ScopeId id(static_cast<std::uint32_t>(scopes.size()));
  tree.nodes[scope.node.index()].name = id.raw();
  scopes.push_back(scope);
  return id;
}

FunctionId Scopes::addFunction(Function function) {
  FunctionId id(static_cast<std::uint32_t>(summary.functions.size()));
  summary.functions.push_back(function);
  variables.emplace_back();
  return id;
}

StringId Scopes::qualify(ScopeId scope, llvm::StringRef name) {
  const Function &outer = summary.function(scopes[scope.index()].function);
  if (outer.kind == FunctionKind::Module)
    return summary.intern(name);
  llvm::StringRef prefix = summary.string(outer.qualifiedName);
  // Nested ever deeper, the names alone would take quadratic space.
  if (prefix.size() > longestQualifiedName)
    prefix = "…";
  return summary.intern((prefix + "." + name).str());
}

std::uint32_t Scopes::addVariable(FunctionId function, StringId name) {
  auto &names = variables[function.index()];
  names.push_back(name);
  return static_cast<std::uint32_t>(names.size()) - 1;
}

std::uint32_t Scopes::addTemporary(FunctionId function) {
  return addVariable(function, summary.intern("<temporary>"));
}

ScopeId Scopes::withoutComprehensions(ScopeId scope) const {
  while (scopes[scope.index()].kind == Scope::Comprehension)
    scope = scopes[scope.index()].parent;
  return scope;
}

//===----------------------------------------------------------------------===//
// Looking names up
//===----------------------------------------------------------------------===//

const Scopes::Binding *Scopes::lookUp(StringId name, ScopeId scope) const {
  auto found = bindings.find(key(name, scope));
  return found == bindings.end() ? nullptr : &found->second;
}

std::optional<VariablePlace> Scopes::find(StringId name, ScopeId from) {
  if (name.index() >= searches.size())
    return std::nullopt;
  Search &last = searches[name.index()];
  if (last.reach == Reach::Nowhere)
    return std::nullopt;

  if (last.reach == Reach::Module)
    from = ScopeId(0);
  std::optional<VariablePlace> found;
  ScopeId scope = from;
  while (scope) {
    // Where the last search began or passed by, its result holds: this one
    // began further in.
    if (scope == last.from) {
      found = last.found;
      break;
    }
    const Scope &candidate = scopes[scope.index()];
    // Methods do not see the names of their class.
    bool isVisible = candidate.kind != Scope::Class || scope == from;
    const Binding *binding = isVisible ? lookUp(name, scope) : nullptr;
    if (binding && binding->kind == BindingKind::Variable) {
      found = VariablePlace{candidate.function, binding->slot};
      break;
    }
    bool isGlobal = binding && binding->kind == BindingKind::Global;
    scope = isGlobal ? ScopeId(0) : candidate.parent;
  }
  // What a class sees of itself does not hold for the scopes inside it.
  if (scopes[from.index()].kind != Scope::Class) {
    last.from = from;
    last.found = found;
  }
  return found;
}

} // namespace looplint::python
