//===- Conditions.cpp - expressions that evaluate a part of themselves ----===//
//
// `a or f()` calls f only where a is false, so the call stands between If and
// EndIf. Such a bracket is taken back when there is nothing in it, which is
// the common case: most operands are names.
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"

#include "llvm/ADT/STLExtras.h"

namespace looplint::python {

Step Lowering::booleanOperator(NodeId node) {
  // A chain of one operator leans to the left; it is read as one list.
  bool isAnd = tree.hasChild(node, Kind::AndToken);
  Kind token = isAnd ? Kind::AndToken : Kind::OrToken;
  llvm::SmallVector<NodeId, 4> parts;
  NodeId left = node;
  while (left && tree.kind(left) == Kind::BooleanOperator &&
         tree.hasChild(left, token)) {
    parts.push_back(tree.child(left, Field::Right));
    left = tree.child(left, Field::Left);
  }
  parts.push_back(left);

  Span span = tree.span(node);
  Span first = left ? tree.span(left) : span;
  Values operands;
  llvm::SmallVector<std::uint32_t, 4> brackets;
  for (NodeId part : llvm::reverse(parts)) {
    if (!operands.empty())
      brackets.push_back(openCondition(span, first));
    operands.push_back(co_await expression(part));
  }
  while (!brackets.empty()) {
    std::uint32_t bracket = brackets.pop_back_val();
    ValueId decides = operands[brackets.size()];
    if (!closeIfEmpty(bracket))
      closeCondition(bracket, isAnd ? decides : negation(decides));
  }
  co_return add(isAnd ? ValueKind::And : ValueKind::Or, operands);
}

Step Lowering::comparison(NodeId node) {
  ValueId left;
  Kind operation = Kind::Dropped;
  Values results;
  llvm::SmallVector<std::uint32_t, 2> brackets;
  for (NodeId child : tree.children(node)) {
    if (isToken(tree.kind(child))) {
      operation = tree.kind(child);
      continue;
    }
    if (!results.empty())
      brackets.push_back(openCondition(tree.span(node), tree.span(node)));
    ValueId right = co_await expression(child);
    if (left)
      results.push_back(compare(operation, left, right));
    left = right;
  }
  while (!brackets.empty()) {
    std::uint32_t bracket = brackets.pop_back_val();
    if (!closeIfEmpty(bracket))
      closeCondition(bracket, results[brackets.size()]);
  }
  co_return results.size() == 1 ? results.front()
                                : add(ValueKind::And, results);
}

ValueId Lowering::compare(Kind operation, ValueId left, ValueId right) {
  auto make = [&](ValueKind kind, ValueId a, ValueId b) {
    return add({.kind = kind, .a = a.raw(), .b = b.raw()});
  };
  switch (operation) {
  case Kind::EqualToken:
    return make(ValueKind::Equal, left, right);
  case Kind::NotEqualToken:
  case Kind::OldNotEqualToken:
    return negation(make(ValueKind::Equal, left, right));
  case Kind::IsToken:
    return make(ValueKind::Is, left, right);
  case Kind::IsNotToken:
    return negation(make(ValueKind::Is, left, right));
  case Kind::LessToken:
    return make(ValueKind::Less, left, right);
  case Kind::GreaterToken:
    return make(ValueKind::Less, right, left);
  case Kind::LessEqualToken:
    return negation(make(ValueKind::Less, right, left));
  case Kind::GreaterEqualToken:
    return negation(make(ValueKind::Less, left, right));
  case Kind::InToken:
    return make(ValueKind::Contains, right, left);
  case Kind::NotInToken:
    return negation(make(ValueKind::Contains, right, left));
  default:
    return unknown({left, right});
  }
}

Step Lowering::conditional(NodeId node) {
  llvm::SmallVector<NodeId, 3> parts;
  for (NodeId child : tree.children(node))
    if (tree.kind(child) != Kind::Error)
      parts.push_back(child);
  if (parts.size() != 3)
    co_return co_await operandsOf(node);

  ValueId condition = co_await expression(parts[1]);
  std::uint32_t bracket = openCondition(tree.span(node), tree.span(parts[1]));
  ValueId whenTrue = co_await expression(parts[0]);
  std::uint32_t middle = static_cast<std::uint32_t>(summary.operations.size());
  if (bracket != noBracket)
    emitSpan(OperationKind::Else, tree.span(parts[2]));
  ValueId whenFalse = co_await expression(parts[2]);

  bool isElseEmpty =
      bracket != noBracket && summary.operations.size() == middle + 1;
  if (isElseEmpty)
    summary.operations.pop_back();
  if (!closeIfEmpty(bracket))
    closeCondition(bracket, condition);

  ValueId result = add(ValueKind::Conditional, {whenTrue, whenFalse});
  summary.values.back().a = condition.raw();
  co_return result;
}

} // namespace looplint::python
