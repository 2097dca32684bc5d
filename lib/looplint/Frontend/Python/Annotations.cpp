//===- Annotations.cpp - types as values ----------------------------------===//
//
// `x: asyncio.Queue` and `x: "asyncio.Queue"` say the same, so the text in
// quotes is parsed and lowered as if it stood there; only that nothing in it
// is ever evaluated.
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"

namespace looplint::python {

Step Lowering::annotation(NodeId node) {
  bool outer = isAnnotation;
  isAnnotation = true;
  ValueId value = co_await expression(node);
  isAnnotation = outer;
  co_return value;
}

/// A value for syntax that is not evaluated where it stands.
Step Lowering::unevaluated(NodeId node) {
  bool outer = isQuiet;
  isQuiet = true;
  ValueId value = co_await annotation(node);
  isQuiet = outer;
  co_return value;
}

Step Lowering::annotationString(NodeId node) {
  std::optional<Span> contents = plainContents(node);
  if (!contents)
    co_return unknown();

  std::size_t errorsBefore = tree.errors.size();
  NodeId root = parser.parsePart(tree, *contents);
  bool isType = root && tree.errors.size() == errorsBefore;
  tree.errors.resize(errorsBefore);
  NodeId first = root ? tree.firstChild(root) : NodeId();
  isType &= first && tree.kind(first) == Kind::ExpressionStatement &&
            tree[first].next == tree[root].next;
  if (!isType)
    co_return stringValue(tree.text.slice(contents->begin, contents->end));

  bool outer = isQuiet;
  isQuiet = true;
  ValueId value = co_await expression(tree.firstChild(first));
  isQuiet = outer;
  co_return value;
}

/// Which arguments of `x[…]` in an annotation are types. The language says so
/// for these two names, whatever module they come from.
SubscriptReading Lowering::subscriptReading(NodeId node) const {
  NodeId container = tree.firstChild(node);
  if (container && tree.kind(container) == Kind::Attribute)
    container = tree.child(container, Field::Attribute);
  if (!container || tree.kind(container) != Kind::Identifier)
    return SubscriptReading::AllTypes;
  llvm::StringRef name = tree.textOf(container);
  if (name == "Literal")
    return SubscriptReading::NoTypes;
  if (name == "Annotated")
    return SubscriptReading::FirstType;
  return SubscriptReading::AllTypes;
}

/// `list[int]` where the grammar is sure that it is a type.
Step Lowering::genericType(NodeId node) {
  NodeId container = tree.firstChild(node);
  NodeId list = tree.child(node, Kind::TypeParameters);
  ValueId value = co_await expression(container);
  if (!list)
    co_return value;

  SubscriptReading reading = subscriptReading(node);
  bool outer = isAnnotation;
  Values keys;
  for (NodeId child : tree.children(list)) {
    isAnnotation =
        outer && (reading == SubscriptReading::AllTypes ||
                  (reading == SubscriptReading::FirstType && keys.empty()));
    keys.push_back(co_await expression(child));
  }
  isAnnotation = outer;
  ValueId key = keys.size() == 1 ? keys.front() : add(ValueKind::Tuple, keys);
  co_return addItem(node, value, key);
}

Step Lowering::memberType(NodeId node) {
  ValueId object = co_await expression(tree.firstChild(node));
  NodeId name = tree.child(node, Kind::Identifier);
  if (!name)
    co_return unknown(object);
  co_return add({.kind = ValueKind::Attribute,
                 .a = object.raw(),
                 .b = tree.name(name).raw(),
                 .span = tree.span(node)});
}

Step Lowering::annotateTarget(NodeId target, NodeId type, Span statement) {
  // A function's own variables keep their annotations to themselves.
  FunctionKind kind = summary.function(function).kind;
  bool isEvaluated =
      kind == FunctionKind::Module || kind == FunctionKind::ClassBody;
  ValueId value;
  if (isEvaluated)
    value = co_await annotation(type);
  else
    value = co_await unevaluated(type);
  Operation annotate = {.kind = OperationKind::Annotate,
                        .span = statement,
                        .inner = tree.span(type),
                        .value = value};
  target = targetInside(target);
  if (target && tree.kind(target) == Kind::Identifier) {
    std::optional<VariablePlace> place = scopes.find(tree.name(target), scope);
    if (!place)
      co_return {};
    annotate.variable = place->slot;
    if (place->function != function)
      annotate.scope = place->function;
    emit(annotate);
  } else if (target && tree.kind(target) == Kind::Attribute) {
    NodeId name = tree.child(target, Field::Attribute);
    bool outer = isQuiet;
    isQuiet = true;
    annotate.target = co_await expression(tree.child(target, Field::Object));
    isQuiet = outer;
    if (!name || tree.kind(name) != Kind::Identifier)
      co_return {};
    annotate.name = tree.name(name);
    emit(annotate);
  }
  co_return {};
}

} // namespace looplint::python
