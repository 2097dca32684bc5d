//===- Names.cpp - reading and binding names ------------------------------===//

#include "Lowering.h"

namespace looplint::python {

ValueId Lowering::nameValue(NodeId identifier) {
  StringId name = tree.name(identifier);
  std::optional<VariablePlace> place = scopes.find(name, scope);
  Value value = {.kind = ValueKind::Unbound, .a = name.raw()};
  if (place)
    value = placeValue(*place);
  value.span = tree.span(identifier);
  return add(value);
}

Value Lowering::placeValue(VariablePlace place) const {
  if (place.function == function)
    return {.kind = ValueKind::Local, .a = place.slot};
  return {.kind = ValueKind::Outer, .a = place.function.raw(), .b = place.slot};
}

void Lowering::bindName(NodeId identifier, ValueId value, Span span) {
  bindName(tree.name(identifier), scope, value, span, tree.span(identifier));
}

void Lowering::bindName(StringId name, ScopeId from, ValueId value, Span span,
                        Span inner) {
  // Only a broken piece of syntax can bind a name that Scopes did not see.
  std::optional<VariablePlace> place = scopes.find(name, from);
  if (!place)
    return;
  emit({.kind = OperationKind::Bind,
        .span = span,
        .inner = inner,
        .value = value,
        .variable = place->slot,
        .scope = place->function == function ? FunctionId() : place->function});
}

bool Lowering::isBuiltin(NodeId node, llvm::StringRef name) const {
  return tree.kind(node) == Kind::Identifier && tree.textOf(node) == name &&
         !scopes.find(tree.name(node), scope);
}

} // namespace looplint::python
