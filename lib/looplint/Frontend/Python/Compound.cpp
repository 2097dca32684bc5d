//===- Compound.cpp - branches, loops, try, with --------------------------===//

#include "Lowering.h"

namespace looplint::python {

Step Lowering::ifStatement(NodeId node) {
  co_await branch(node, tree.span(node));
  std::uint32_t open = 1;
  for (NodeId clause : tree.children(node)) {
    if (tree[clause].field != Field::Alternative)
      continue;
    // A chain too long goes on as if it were another statement.
    if (isTooDeep())
      for (; open != 0; --open)
        emitSpan(OperationKind::EndIf, endOf(node));
    else
      emitSpan(OperationKind::Else, tree.span(clause));
    if (tree.kind(clause) == Kind::ElifClause) {
      co_await branch(clause, tree.span(clause));
      ++open;
    } else {
      co_await statements(tree.child(clause, Field::Body));
    }
  }
  while (open-- != 0)
    emitSpan(OperationKind::EndIf, endOf(node));
  co_return {};
}

/// The condition and the body of an `if` or `elif`.
Step Lowering::branch(NodeId clause, Span span) {
  NodeId condition = tree.child(clause, Field::Condition);
  ValueId value = co_await expression(condition);
  emit({.kind = OperationKind::If,
        .span = span,
        .inner = condition ? tree.span(condition) : span,
        .value = value});
  co_return co_await statements(tree.child(clause, Field::Consequence));
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

Step Lowering::whileStatement(NodeId node) {
  Span span = tree.span(node);
  emitSpan(OperationKind::Loop, span);
  NodeId condition = tree.child(node, Field::Condition);
  ValueId value = co_await expression(condition);
  emit({.kind = OperationKind::LoopTest,
        .span = span,
        .inner = condition ? tree.span(condition) : span,
        .value = value});
  co_await statements(tree.child(node, Field::Body));
  co_return co_await endLoop(node);
}

Step Lowering::forStatement(NodeId node) {
  Span span = tree.span(node);
  NodeId iterable = tree.child(node, Field::Right);
  ValueId container = co_await expression(iterable);
  emitSpan(OperationKind::Loop, span);
  emit({.kind = OperationKind::Iterate,
        .flag = tree.hasChild(node, Kind::AsyncToken),
        .span = span,
        .inner = iterable ? tree.span(iterable) : span,
        .value = container});
  NodeId target = tree.child(node, Field::Left);
  if (target)
    co_await assign(target, element(container, noPosition), tree.span(target));
  co_await statements(tree.child(node, Field::Body));
  co_return co_await endLoop(node);
}

Step Lowering::endLoop(NodeId node) {
  if (NodeId clause = tree.child(node, Kind::ElseClause)) {
    emitSpan(OperationKind::LoopElse, tree.span(clause));
    co_await statements(tree.child(clause, Field::Body));
  }
  emitSpan(OperationKind::EndLoop, endOf(node));
  co_return {};
}

//===----------------------------------------------------------------------===//
// Exceptions
//===----------------------------------------------------------------------===//

Step Lowering::tryStatement(NodeId node) {
  emitSpan(OperationKind::Try, tree.span(node));
  for (NodeId child : tree.children(node)) {
    switch (tree.kind(child)) {
    case Kind::Block:
      co_await statements(child);
      break;
    case Kind::ExceptClause:
      co_await exceptClause(child);
      break;
    case Kind::ElseClause:
      emitSpan(OperationKind::TryElse, tree.span(child));
      co_await statements(tree.child(child, Field::Body));
      break;
    case Kind::FinallyClause:
      emitSpan(OperationKind::Finally, tree.span(child));
      co_await statements(tree.child(child, Kind::Block));
      break;
    default:
      break;
    }
  }
  emitSpan(OperationKind::EndTry, endOf(node));
  co_return {};
}

Step Lowering::exceptClause(NodeId node) {
  // `except A, B:` needs no parentheses since Python 3.14.
  llvm::SmallVector<NodeId, 2> types;
  NodeId alias = tree.child(node, Field::Alias);
  for (NodeId child : tree.children(node))
    if (tree[child].field == Field::Value)
      types.push_back(child);
  if (types.size() == 1 && tree.kind(types[0]) == Kind::AsPattern) {
    alias = tree.child(types[0], Field::Alias);
    types[0] = tree.firstChild(types[0]);
  }

  // The types are looked at only once something was raised, which is after the
  // body of the `try` and before the handler: no place for an operation.
  Values values;
  for (NodeId type : types)
    values.push_back(co_await unevaluated(type));
  ValueId caught;
  if (values.size() == 1)
    caught = values.front();
  else if (!values.empty())
    caught = add(ValueKind::Tuple, values);
  Span span = tree.span(node);
  OperationId except =
      emit({.kind = OperationKind::Except,
            .flag = tree.hasChild(node, Kind::StarToken),
            .span = span,
            .inner = types.empty() ? span : tree.span(types.front()),
            .value = caught});
  if (alias) {
    ValueId exception = add({.kind = ValueKind::Caught, .a = except.raw()});
    co_await assign(alias, exception, tree.span(alias));
  }
  co_return co_await statements(tree.child(node, Kind::Block));
}

//===----------------------------------------------------------------------===//
// With
//===----------------------------------------------------------------------===//

Step Lowering::withStatement(NodeId node) {
  Nodes items;
  if (NodeId clause = tree.child(node, Kind::WithClause))
    for (NodeId item : tree.children(clause))
      if (tree.kind(item) == Kind::WithItem)
        items.push_back(tree.child(item, Field::Value));

  // `with (a as b, c as d):` may have been read as one tuple.
  if (items.size() == 1 && items[0]) {
    NodeId inner = innermost(items[0]);
    if (tree.kind(inner) == Kind::AsPattern)
      items[0] = inner;
    if (tree.kind(inner) == Kind::Tuple)
      items = childrenOf(inner);
  }
  unsigned before = depth;
  for (NodeId item : items) {
    if (item)
      co_await withItem(item, node);
    if (item && isTooDeep())
      emitSpan(OperationKind::EndWith, endOf(node));
  }
  co_await statements(tree.child(node, Field::Body));
  while (depth > before)
    emitSpan(OperationKind::EndWith, endOf(node));
  co_return {};
}

Step Lowering::withItem(NodeId item, NodeId statement) {
  NodeId manager = item;
  NodeId alias;
  if (tree.kind(item) == Kind::AsPattern) {
    manager = tree.firstChild(item);
    alias = tree.child(item, Field::Alias);
  }
  ValueId value = co_await expression(manager);
  OperationId with =
      emit({.kind = OperationKind::With,
            .flag = tree.hasChild(statement, Kind::AsyncToken),
            .span = tree.span(statement),
            .inner = manager ? tree.span(manager) : tree.span(item),
            .value = value});
  if (!alias)
    co_return {};
  ValueId entered = add({.kind = ValueKind::Entered, .a = with.raw()});
  co_return co_await assign(alias, entered, tree.span(item));
}

} // namespace looplint::python
