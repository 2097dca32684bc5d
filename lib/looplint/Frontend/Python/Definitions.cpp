//===- Definitions.cpp - def, class, parameters, decorators ---------------===//

#include "Lowering.h"

namespace looplint::python {

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

Step Lowering::decorated(NodeId node) {
  llvm::SmallVector<NodeId, 4> decorators;
  for (NodeId child : tree.children(node))
    if (tree.kind(child) == Kind::Decorator)
      if (NodeId inner = tree.firstChild(child))
        decorators.push_back(inner);
  NodeId inner = tree.child(node, Field::Definition);
  if (inner && tree.kind(inner) == Kind::FunctionDefinition)
    co_return co_await definition(inner, decorators);
  if (inner && tree.kind(inner) == Kind::ClassDefinition)
    co_return co_await classDefinition(inner, decorators);
  co_return {};
}

Step Lowering::definition(NodeId node, llvm::ArrayRef<NodeId> decorators) {
  NodeId name = tree.child(node, Field::Name);
  NodeId list = tree.child(node, Field::Parameters);
  NodeId returnType = tree.child(node, Field::ReturnType);
  if (!name || !tree.child(node, Field::Body))
    co_return {};
  FunctionId id = scopes[scopes.scopeOf(node)].function;

  llvm::SmallVector<NodeId, 4> applied;
  bool isAccessor = false;
  for (NodeId decorator : decorators) {
    isAccessor |= isAccessorOf(decorator, name);
    if (isAccessorOf(decorator, name) &&
        tree.textOf(tree.child(decorator, Field::Attribute)) == "setter")
      summary.functions[id.index()].binding = Function::Setter;
    if (!isAccessorOf(decorator, name) && !readBinding(decorator, id))
      applied.push_back(decorator);
  }
  Values decoratorValues;
  for (NodeId decorator : applied)
    decoratorValues.push_back(co_await expression(decorator));

  co_await parameters(list, id);
  if (returnType) {
    ValueId annotated = co_await annotation(returnType);
    summary.functions[id.index()].returnAnnotation = annotated;
  }
  ValueId value = add(
      {.kind = ValueKind::Function, .a = id.raw(), .span = tree.span(node)});
  value = applyDecorators(value, applied, decoratorValues);
  Span nameSpan = tree.span(name);
  // `@x.setter def x` leaves the name to the getter.
  if (isAccessor)
    emit({.kind = OperationKind::Evaluate,
          .span = nameSpan,
          .inner = nameSpan,
          .value = value});
  else
    bindName(name, value, nameSpan);
  co_return {};
}

/// Whether \p decorator is `name.setter`, `name.getter` or `name.deleter`.
bool Lowering::isAccessorOf(NodeId decorator, NodeId name) const {
  if (tree.kind(decorator) != Kind::Attribute)
    return false;
  NodeId object = tree.child(decorator, Field::Object);
  NodeId role = tree.child(decorator, Field::Attribute);
  if (!object || !role || tree.textOf(object) != tree.textOf(name))
    return false;
  llvm::StringRef word = tree.textOf(role);
  return word == "setter" || word == "getter" || word == "deleter";
}

/// Takes note of a decorator that says how the language binds the function.
/// False for every other decorator.
bool Lowering::readBinding(NodeId decorator, FunctionId id) {
  Function &decoratedFunction = summary.functions[id.index()];
  auto set = [&](Function::Binding binding) {
    decoratedFunction.binding = binding;
    return true;
  };
  if (isBuiltin(decorator, "staticmethod"))
    return set(Function::Static);
  if (isBuiltin(decorator, "classmethod"))
    return set(Function::ClassMethod);
  if (isBuiltin(decorator, "property"))
    return set(Function::Property);

  NodeId name = tree.kind(decorator) == Kind::Attribute
                    ? tree.child(decorator, Field::Attribute)
                    : decorator;
  bool isCached = name && tree.kind(name) == Kind::Identifier &&
                  tree.textOf(name) == "cached_property";
  return isCached && set(Function::Property);
}

ValueId Lowering::applyDecorators(ValueId value,
                                  llvm::ArrayRef<NodeId> decorators,
                                  llvm::ArrayRef<ValueId> decoratorValues) {
  for (std::size_t i = decorators.size(); i-- != 0;) {
    Span span = tree.span(decorators[i]);
    Argument argument = {
        .kind = Argument::Positional, .name = {}, .value = value, .span = span};
    value = emitCall({.kind = OperationKind::Call,
                      .isDecorator = true,
                      .span = span,
                      .inner = span,
                      .value = decoratorValues[i]},
                     argument);
  }
  return value;
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

Step Lowering::parameters(NodeId node, FunctionId id) {
  llvm::SmallVector<Parameter, 4> list;
  bool isKeywordOnly = false;
  if (node)
    for (NodeId child : tree.children(node)) {
      if (tree.kind(child) == Kind::PositionalSeparator)
        for (Parameter &earlier : list)
          earlier.kind = Parameter::PositionalOnly;
      isKeywordOnly |= tree.kind(child) == Kind::KeywordSeparator;
      if (!parameterName(tree, child))
        continue;
      Parameter &entry = list.emplace_back();
      entry.kind = isKeywordOnly ? Parameter::KeywordOnly : Parameter::Ordinary;
      Parameter read = entry;
      co_await parameter(child, read);
      list.back() = read;
      isKeywordOnly |= read.kind == Parameter::Rest;
    }

  // Lambdas among the defaults have put theirs there by now.
  IndexRange &range = summary.functions[id.index()].parameters;
  range.begin = static_cast<std::uint32_t>(summary.parameters.size());
  summary.parameters.insert(summary.parameters.end(), list.begin(), list.end());
  range.end = static_cast<std::uint32_t>(summary.parameters.size());
  co_return {};
}

Step Lowering::parameter(NodeId node, Parameter &result) {
  result.name = tree.name(parameterName(tree, node));
  NodeId inner = node;
  if (tree.kind(node) == Kind::TypedParameter)
    inner = tree.firstChild(node);
  if (tree.kind(inner) == Kind::ListSplatPattern)
    result.kind = Parameter::Rest;
  if (tree.kind(inner) == Kind::DictionarySplatPattern)
    result.kind = Parameter::RestKeywords;

  bool hasDefault = tree.kind(node) == Kind::DefaultParameter ||
                    tree.kind(node) == Kind::TypedDefaultParameter;
  if (hasDefault)
    result.defaultValue = co_await expression(tree.child(node, Field::Value));
  bool hasType = tree.kind(node) == Kind::TypedParameter ||
                 tree.kind(node) == Kind::TypedDefaultParameter;
  NodeId type = hasType ? tree.child(node, Field::Type) : NodeId();
  if (type)
    result.annotation = co_await annotation(type);
  co_return {};
}

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

Step Lowering::classDefinition(NodeId node, llvm::ArrayRef<NodeId> decorators) {
  NodeId name = tree.child(node, Field::Name);
  if (!name || !tree.child(node, Field::Body))
    co_return {};
  ClassId id = scopes[scopes.scopeOf(node)].classId;

  Values decoratorValues;
  for (NodeId decorator : decorators)
    decoratorValues.push_back(co_await expression(decorator));
  if (NodeId list = tree.child(node, Field::Superclasses))
    co_await bases(list, id);
  ValueId value =
      add({.kind = ValueKind::Class, .a = id.raw(), .span = tree.span(node)});
  value = applyDecorators(value, decorators, decoratorValues);
  bindName(name, value, tree.span(name));
  co_return {};
}

Step Lowering::bases(NodeId node, ClassId id) {
  Values list;
  for (NodeId child : tree.children(node)) {
    if (tree.kind(child) == Kind::KeywordArgument) {
      ValueId given = co_await expression(tree.child(child, Field::Value));
      if (tree.textOf(tree.child(child, Field::Name)) == "metaclass")
        summary.classes[id.index()].metaclass = given;
      continue;
    }
    if (tree.kind(child) == Kind::DictionarySplat ||
        tree.kind(child) == Kind::Error)
      continue;
    list.push_back(co_await expression(child));
  }
  summary.classes[id.index()].bases.assign(list.begin(), list.end());
  co_return {};
}

} // namespace looplint::python
