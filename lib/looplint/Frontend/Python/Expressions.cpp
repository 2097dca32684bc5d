//===- Expressions.cpp - what an expression is worth ----------------------===//

#include "Lowering.h"

#include "llvm/ADT/STLExtras.h"

namespace looplint::python {

Step Lowering::expression(NodeId node) {
  if (!node)
    return unknown();

  switch (tree.kind(node)) {
  case Kind::Identifier:
    return nameValue(node);
  case Kind::None:
    return add({.kind = ValueKind::None});
  case Kind::True:
    return add({.kind = ValueKind::True});
  case Kind::False:
    return add({.kind = ValueKind::False});
  case Kind::Integer:
    return integer(node);
  case Kind::Float:
    return floating(node);
  case Kind::String:
    return string(node);
  case Kind::ConcatenatedString:
    return concatenatedString(node);

  case Kind::Type:
  case Kind::Parenthesized:
  case Kind::AsPatternTarget:
  case Kind::CasePattern:
    if (NodeId inner = innermost(node); inner != node)
      return expression(inner);
    return unknown();
  default:
    return compound(node);
  }
}

/// What is made of other expressions.
Step Lowering::compound(NodeId node) {
  switch (tree.kind(node)) {
  case Kind::Attribute:
    if (ValueId value = attributeChain(node))
      return value;
    return attribute(node);
  case Kind::Subscript:
    return subscript(node);
  case Kind::Call:
    return call(node);
  case Kind::Await:
    return await(node);
  case Kind::Yield:
    return yield(node);
  case Kind::Lambda:
    return lambda(node);
  case Kind::NamedExpression:
    return namedExpression(node);

  case Kind::Tuple:
  case Kind::ExpressionList:
  case Kind::PatternList:
    return display(node, ValueKind::Tuple);
  case Kind::List:
    return display(node, ValueKind::List);
  case Kind::Set:
    return display(node, ValueKind::Set);
  case Kind::Dictionary:
    return dictionary(node);
  case Kind::ListSplat:
  case Kind::ListSplatPattern:
  case Kind::SplatType:
    return wrapped(node, ValueKind::Unpacked);
  case Kind::NotOperator:
    return wrapped(node, ValueKind::Not);

  default:
    return partlyEvaluated(node);
  }
}

/// What evaluates a part of itself, or several times, or without effect.
Step Lowering::partlyEvaluated(NodeId node) {
  switch (tree.kind(node)) {
  case Kind::BooleanOperator:
    return booleanOperator(node);
  case Kind::Comparison:
    return comparison(node);
  case Kind::ConditionalExpression:
    return conditional(node);
  case Kind::ListComprehension:
  case Kind::SetComprehension:
  case Kind::DictionaryComprehension:
  case Kind::GeneratorExpression:
    return comprehension(node);

  case Kind::GenericType:
    return genericType(node);
  case Kind::MemberType:
    return memberType(node);
  case Kind::BinaryOperator:
    return binaryOperator(node);
  case Kind::UnaryOperator:
  case Kind::Slice:
  case Kind::Interpolation:
  case Kind::FormatSpecifier:
  case Kind::FormatExpression:
  case Kind::UnionType:
  case Kind::ConstrainedType:
  case Kind::DictionarySplat:
  case Kind::AsPattern:
  case Kind::Pair:
  case Kind::Chevron:
    return operandsOf(node);
  default:
    return unknown();
  }
}

/// Through the nodes that only wrap one other. Broken ones may wrap nothing.
NodeId Lowering::innermost(NodeId node) const {
  for (;;) {
    switch (tree.kind(node)) {
    case Kind::Type:
    case Kind::Parenthesized:
    case Kind::AsPatternTarget:
    case Kind::CasePattern:
      break;
    default:
      return node;
    }
    NodeId inner = tree.firstChild(node);
    if (!inner)
      return node;
    node = inner;
  }
}

Step Lowering::operandsOf(NodeId node) {
  Values operands;
  for (NodeId child : tree.children(node))
    if (!isToken(tree.kind(child)))
      operands.push_back(co_await expression(child));
  co_return unknown(operands);
}

/// `a | b` is of the same kind as an operand: sets, dictionaries, flags, and
/// the pipelines that libraries make of their steps. So it counts as either.
Step Lowering::binaryOperator(NodeId node) {
  if (isAnnotation || !tree.hasChild(node, Kind::PipeToken))
    co_return co_await operandsOf(node);
  ValueId left = co_await expression(tree.child(node, Field::Left));
  ValueId right = co_await expression(tree.child(node, Field::Right));
  co_return add(ValueKind::Or, {left, right});
}

//===----------------------------------------------------------------------===//
// Attributes and items
//===----------------------------------------------------------------------===//

/// `a.b.c`, the commonest expression but names, without making a frame.
/// Invalid where the chain starts with something else than a name.
ValueId Lowering::attributeChain(NodeId node) {
  Nodes chain;
  NodeId base = attributeBase(node, chain);
  if (!base || tree.kind(base) != Kind::Identifier)
    return {};
  return addAttributes(chain, nameValue(base));
}

/// Collects the attributes of a chain, the last first, and returns what the
/// chain starts with.
NodeId Lowering::attributeBase(NodeId node, Nodes &chain) const {
  while (node && tree.kind(node) == Kind::Attribute) {
    chain.push_back(node);
    node = tree.child(node, Field::Object);
  }
  return node;
}

ValueId Lowering::addAttributes(llvm::ArrayRef<NodeId> chain, ValueId value) {
  for (NodeId attribute : llvm::reverse(chain))
    value = addAttribute(attribute, value);
  return value;
}

ValueId Lowering::addAttribute(NodeId node, ValueId object) {
  NodeId name = tree.child(node, Field::Attribute);
  if (!name || tree.kind(name) != Kind::Identifier)
    return unknown(object);
  return add({.kind = ValueKind::Attribute,
              .a = object.raw(),
              .b = tree.name(name).raw(),
              .span = tree.span(node)});
}

Step Lowering::attribute(NodeId node) {
  Nodes chain;
  NodeId base = attributeBase(node, chain);
  ValueId object = co_await expression(base);
  co_return addAttributes(chain, object);
}

Step Lowering::subscript(NodeId node) {
  ValueId container = co_await expression(tree.child(node, Field::Value));
  ValueId key = co_await subscriptKey(node);
  co_return addItem(node, container, key);
}

ValueId Lowering::addItem(NodeId node, ValueId container, ValueId key) {
  return add({.kind = ValueKind::Item,
              .a = container.raw(),
              .b = key.raw(),
              .span = tree.span(node)});
}

Step Lowering::subscriptKey(NodeId node) {
  SubscriptReading reading = subscriptReading(node);
  Values keys;
  for (NodeId child : tree.children(node)) {
    if (tree[child].field != Field::Subscript)
      continue;
    bool outer = isAnnotation;
    isAnnotation =
        outer && (reading == SubscriptReading::AllTypes ||
                  (reading == SubscriptReading::FirstType && keys.empty()));
    keys.push_back(co_await expression(child));
    isAnnotation = outer;
  }
  co_return keys.size() == 1 ? keys.front() : add(ValueKind::Tuple, keys);
}

//===----------------------------------------------------------------------===//
// Displays
//===----------------------------------------------------------------------===//

Step Lowering::display(NodeId node, ValueKind kind) {
  Values elements;
  for (NodeId child : tree.children(node))
    elements.push_back(co_await expression(child));
  co_return add(kind, elements);
}

Step Lowering::dictionary(NodeId node) {
  Values entries;
  for (NodeId child : tree.children(node)) {
    if (tree.kind(child) == Kind::Pair) {
      entries.push_back(co_await expression(tree.child(child, Field::Key)));
      entries.push_back(co_await expression(tree.child(child, Field::Value)));
    } else if (tree.kind(child) == Kind::DictionarySplat) {
      entries.push_back(ValueId());
      entries.push_back(co_await expression(tree.firstChild(child)));
    }
  }
  co_return add(ValueKind::Dict, entries);
}

Step Lowering::wrapped(NodeId node, ValueKind kind) {
  ValueId inner = co_await expression(tree.firstChild(node));
  co_return add({.kind = kind, .a = inner.raw()});
}

//===----------------------------------------------------------------------===//
// Expressions that do something
//===----------------------------------------------------------------------===//

Step Lowering::await(NodeId node) {
  NodeId awaited = tree.firstChild(node);
  ValueId value = co_await expression(awaited);
  if (isQuiet)
    co_return unknown(value);
  OperationId operation =
      emit({.kind = OperationKind::Await,
            .span = tree.span(node),
            .inner = awaited ? tree.span(awaited) : tree.span(node),
            .value = value});
  co_return add({.kind = ValueKind::Awaited, .a = operation.raw()});
}

Step Lowering::yield(NodeId node) {
  bool isFrom = tree.hasChild(node, Kind::FromToken);
  NodeId yielded;
  for (NodeId child : tree.children(node))
    if (!isToken(tree.kind(child)))
      yielded = child;
  ValueId value = yielded ? co_await expression(yielded) : ValueId();
  if (isQuiet)
    co_return unknown();
  OperationId operation = emit({.kind = OperationKind::Yield,
                                .flag = isFrom,
                                .span = tree.span(node),
                                .value = value});
  co_return add({.kind = ValueKind::Received, .a = operation.raw()});
}

Step Lowering::namedExpression(NodeId node) {
  NodeId name = tree.child(node, Field::Name);
  ValueId value = co_await expression(tree.child(node, Field::Value));
  if (isQuiet || !name || tree.kind(name) != Kind::Identifier)
    co_return value;

  ScopeId target = scopes.withoutComprehensions(scope);
  bindName(tree.name(name), target, value, tree.span(node), tree.span(name));
  co_return nameValue(name);
}

Step Lowering::lambda(NodeId node) {
  if (isQuiet || !tree.child(node, Field::Body))
    co_return unknown();
  FunctionId id = scopes[scopes.scopeOf(node)].function;
  co_await parameters(tree.child(node, Field::Parameters), id);
  co_return add(
      {.kind = ValueKind::Function, .a = id.raw(), .span = tree.span(node)});
}

Step Lowering::lambdaBody(NodeId node) {
  NodeId body = tree.child(node, Field::Body);
  ValueId value = co_await expression(body);
  emit({.kind = OperationKind::Return,
        .span = tree.span(body),
        .inner = tree.span(body),
        .value = value});
  co_return value;
}

} // namespace looplint::python
