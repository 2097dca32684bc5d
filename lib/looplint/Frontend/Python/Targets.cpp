//===- Targets.cpp - what stands left of the equals sign ------------------===//

#include "Lowering.h"

#include "llvm/ADT/STLExtras.h"

namespace looplint::python {

Step Lowering::assign(NodeId target, ValueId value, Span statement) {
  if (!target)
    return ValueId();

  switch (tree.kind(target)) {
  case Kind::Identifier:
    bindName(target, value, statement);
    return ValueId();
  case Kind::Attribute:
    return assignAttribute(target, value, statement);
  case Kind::Subscript:
    return assignItem(target, value, statement);
  case Kind::Parenthesized:
  case Kind::AsPatternTarget:
  case Kind::ListSplat:
  case Kind::ListSplatPattern:
    return assign(targetInside(target), value, statement);
  case Kind::PatternList:
  case Kind::TuplePattern:
  case Kind::ListPattern:
  case Kind::ExpressionList:
  case Kind::Tuple:
  case Kind::List:
    return unpack(target, value, statement);
  default:
    return ValueId();
  }
}

/// The target that parentheses or a star wrap.
NodeId Lowering::targetInside(NodeId target) const {
  while (target) {
    switch (tree.kind(target)) {
    case Kind::Parenthesized:
    case Kind::AsPatternTarget:
    case Kind::ListSplat:
    case Kind::ListSplatPattern:
      target = tree.firstChild(target);
      continue;
    default:
      return target;
    }
  }
  return target;
}

Step Lowering::assignAttribute(NodeId target, ValueId value, Span statement) {
  ValueId object = co_await expression(tree.child(target, Field::Object));
  bindAttribute(target, object, value, statement);
  co_return {};
}

void Lowering::bindAttribute(NodeId target, ValueId object, ValueId value,
                             Span statement) {
  NodeId name = tree.child(target, Field::Attribute);
  if (!name || tree.kind(name) != Kind::Identifier)
    return;
  emit({.kind = OperationKind::BindAttribute,
        .span = statement,
        .inner = tree.span(target),
        .value = value,
        .target = object,
        .name = tree.name(name)});
}

Step Lowering::assignItem(NodeId target, ValueId value, Span statement) {
  ValueId container = co_await expression(tree.child(target, Field::Value));
  ValueId key = co_await subscriptKey(target);
  bindItem(target, container, key, value, statement);
  co_return {};
}

void Lowering::bindItem(NodeId target, ValueId container, ValueId key,
                        ValueId value, Span statement) {
  emit({.kind = OperationKind::BindItem,
        .span = statement,
        .inner = tree.span(target),
        .value = value,
        .target = container,
        .key = key});
}

//===----------------------------------------------------------------------===//
// Unpacking
//===----------------------------------------------------------------------===//

static bool isStar(Kind kind) {
  return kind == Kind::ListSplat || kind == Kind::ListSplatPattern;
}

/// Whether \p value is written as that many elements.
static bool isDisplayOf(const Summary &summary, const Value &value,
                        std::size_t count) {
  if (value.kind != ValueKind::Tuple && value.kind != ValueKind::List)
    return false;
  bool isComprehension = value.a == 1;
  return !isComprehension && value.operands.size() == count &&
         llvm::none_of(summary.operandsOf(value), [&](ValueId operand) {
           return summary.value(operand).kind == ValueKind::Unpacked;
         });
}

Step Lowering::unpack(NodeId targets, ValueId value, Span statement) {
  llvm::SmallVector<NodeId, 4> parts;
  for (NodeId child : tree.children(targets))
    if (tree.kind(child) != Kind::Error)
      parts.push_back(child);

  bool hasStar =
      llvm::any_of(parts, [&](NodeId part) { return isStar(tree.kind(part)); });
  if (!hasStar && isDisplayOf(summary, summary.value(value), parts.size()))
    co_return co_await unpackDisplay(parts, value, statement);

  std::uint32_t position = 0;
  for (NodeId part : parts) {
    if (!isStar(tree.kind(part))) {
      co_await assign(part, element(value, position), statement);
      position += position != noPosition;
      continue;
    }
    // How many elements the star takes is not known, nor what follows it.
    position = noPosition;
    ValueId rest = add(ValueKind::List, element(value, noPosition));
    summary.values.back().a = 1;
    co_await assign(part, rest, statement);
  }
  co_return {};
}

/// `a, b = x, y` binds each name to its own value. Where that would overwrite
/// what a later value reads, as in a swap, the values are kept aside first.
Step Lowering::unpackDisplay(llvm::ArrayRef<NodeId> targets, ValueId value,
                             Span statement) {
  Values values(summary.operandsOf(summary.value(value)));
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (!isOverwritten(values[i], targets.take_front(i)))
      continue;
    std::uint32_t slot = scopes.addTemporary(function);
    emit({.kind = OperationKind::Bind,
          .span = statement,
          .inner = tree.span(targets[i]),
          .value = values[i],
          .variable = slot});
    values[i] = add({.kind = ValueKind::Local, .a = slot});
  }
  for (std::size_t i = 0; i < values.size(); ++i)
    co_await assign(targets[i], values[i], statement);
  co_return {};
}

/// Whether one of the \p earlier targets is the variable or the attribute that
/// \p value reads.
bool Lowering::isOverwritten(ValueId value, llvm::ArrayRef<NodeId> earlier) {
  for (;;) {
    const Value &read = summary.value(value);
    bool isAttribute = read.kind == ValueKind::Attribute;
    bool isItem = read.kind == ValueKind::Item;
    for (NodeId target : earlier) {
      Kind kind = tree.kind(target);
      if (isItem && kind == Kind::Subscript)
        return true;
      if (isAttribute && kind == Kind::Attribute &&
          tree.textOf(tree.child(target, Field::Attribute)) ==
              summary.string(StringId(read.b)))
        return true;
      std::optional<VariablePlace> place;
      if (kind == Kind::Identifier)
        place = scopes.find(tree.name(target), scope);
      if (place && placeValue(*place).kind == read.kind &&
          placeValue(*place).a == read.a && placeValue(*place).b == read.b)
        return true;
    }
    if (!isAttribute && !isItem)
      return false;
    value = ValueId(read.a);
  }
}

} // namespace looplint::python
