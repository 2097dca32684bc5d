//===- Statements.cpp - statements without a body -------------------------===//

#include "Lowering.h"

namespace looplint::python {

Step Lowering::moduleBody(NodeId module) {
  co_await statements(module);
  leaveCell(tree.span(module).end);
  co_return {};
}

/// Opens the cell that a statement of the module stands in.
void Lowering::enterCell(NodeId statement) {
  const std::uint32_t begin = tree.span(statement).begin;
  if (cells.empty() || cells.front().span.begin > begin)
    return;
  leaveCell(begin);
  while (!cells.empty() && cells.front().span.begin <= begin)
    cells = cells.drop_front();
  emit({.kind = OperationKind::Try, .flag = true, .span = {begin, begin}});
  isInCell = true;
}

void Lowering::leaveCell(std::uint32_t end) {
  if (isInCell)
    emitSpan(OperationKind::EndTry, {end, end});
  isInCell = false;
}

Step Lowering::statements(NodeId block) {
  if (!block)
    co_return {};
  const bool isTop = function == FunctionId(0) && depth == (isInCell ? 1 : 0);
  for (NodeId child : tree.children(block)) {
    if (isTop)
      enterCell(child);
    co_await statement(child);
  }
  co_return {};
}

Step Lowering::statement(NodeId node) {
  switch (tree.kind(node)) {
  case Kind::ExpressionStatement:
    return expressionStatement(node);
  case Kind::ReturnStatement:
    return returnStatement(node);
  case Kind::RaiseStatement:
    return raiseStatement(node);
  case Kind::AssertStatement:
    return assertStatement(node);
  case Kind::DeleteStatement:
    return deleteStatement(node);
  case Kind::TypeAlias:
    return typeAlias(node);
  case Kind::PrintStatement:
    return printStatement(node);
  case Kind::ExecStatement:
    noteError(tree.span(node), "the statement `exec` is Python 2");
    return evaluateParts(node);

  case Kind::Import:
    importModules(node);
    return ValueId();
  case Kind::ImportFrom:
  case Kind::FutureImport:
    importNames(node);
    return ValueId();
  case Kind::BreakStatement:
    emitSpan(OperationKind::Break, tree.span(node));
    return ValueId();
  case Kind::ContinueStatement:
    emitSpan(OperationKind::Continue, tree.span(node));
    return ValueId();
  default:
    return compoundStatement(node);
  }
}

Step Lowering::compoundStatement(NodeId node) {
  switch (tree.kind(node)) {
  case Kind::IfStatement:
    return ifStatement(node);
  case Kind::FunctionDefinition:
    return definition(node, {});
  case Kind::DecoratedDefinition:
    return decorated(node);
  case Kind::ClassDefinition:
    return classDefinition(node, {});
  case Kind::ForStatement:
    return forStatement(node);
  case Kind::WhileStatement:
    return whileStatement(node);
  case Kind::TryStatement:
    return tryStatement(node);
  case Kind::WithStatement:
    return withStatement(node);
  case Kind::MatchStatement:
    return matchStatement(node);

  // What the parser could make out inside a stretch that it could not.
  case Kind::Error:
  case Kind::Block:
  case Kind::Module:
    return statements(node);
  default:
    return ValueId();
  }
}

/// Values that nobody needs to hear of when they are only computed.
static bool isIdle(ValueKind kind) {
  switch (kind) {
  case ValueKind::None:
  case ValueKind::True:
  case ValueKind::False:
  case ValueKind::Integer:
  case ValueKind::Float:
  case ValueKind::String:
  case ValueKind::Result:
  case ValueKind::Awaited:
  case ValueKind::Received:
    return true;
  default:
    return false;
  }
}

Step Lowering::expressionStatement(NodeId node) {
  NodeId inner = tree.firstChild(node);
  if (!inner)
    return ValueId();
  switch (tree.kind(inner)) {
  case Kind::Assignment:
    return assignment(inner, tree.span(inner));
  case Kind::AugmentedAssignment:
    return augmentedAssignment(inner);
  // A docstring, or a comment in quotes.
  case Kind::String:
    if (!tree.firstChild(inner))
      return ValueId();
    break;
  default:
    break;
  }
  return evaluateParts(node);
}

/// Computes each part and uses it for nothing.
Step Lowering::evaluateParts(NodeId node) {
  for (NodeId part : tree.children(node)) {
    ValueId id = co_await expression(part);
    const Value &value = summary.value(id);
    bool isUnknown = value.kind == ValueKind::Unknown && value.operands.empty();
    if (isUnknown)
      continue;
    Kind kind = tree.kind(innermost(part));
    if (kind == Kind::Call || kind == Kind::Await) {
      if (value.kind == ValueKind::Result || value.kind == ValueKind::Awaited)
        summary.operations[value.a].isDiscarded = true;
    }
    if (!isIdle(value.kind))
      emit({.kind = OperationKind::Evaluate,
            .span = tree.span(node),
            .inner = tree.span(part),
            .value = id});
  }
  co_return {};
}

//===----------------------------------------------------------------------===//
// Assignments
//===----------------------------------------------------------------------===//

/// \p node is the assignment; `a = b = c` is one inside another.
Step Lowering::assignment(NodeId node, Span statement) {
  llvm::SmallVector<NodeId, 4> targets;
  NodeId right = node;
  NodeId type;
  while (right && tree.kind(right) == Kind::Assignment) {
    targets.push_back(tree.child(right, Field::Left));
    type = tree.child(right, Field::Type);
    right = tree.child(right, Field::Right);
  }
  ValueId value;
  if (right && tree.kind(right) == Kind::AugmentedAssignment)
    co_await augmentedAssignment(right);
  else if (right)
    value = co_await expression(right);

  if (type && targets.back())
    co_await annotateTarget(targets.back(), type, statement);
  if (!value)
    co_return {};
  for (NodeId target : targets)
    co_await assign(target, value, statement);
  co_return {};
}

/// `x.y += z` evaluates x once.
Step Lowering::augmentedAssignment(NodeId node) {
  NodeId target = targetInside(tree.child(node, Field::Left));
  NodeId operand = tree.child(node, Field::Right);
  Kind kind = target ? tree.kind(target) : Kind::Error;
  ValueId container;
  ValueId key;
  ValueId before;
  if (kind == Kind::Attribute) {
    container = co_await expression(tree.child(target, Field::Object));
    before = addAttribute(target, container);
  } else if (kind == Kind::Subscript) {
    container = co_await expression(tree.child(target, Field::Value));
    key = co_await subscriptKey(target);
    before = addItem(target, container, key);
  } else {
    before = co_await expression(target);
  }
  ValueId change = co_await expression(operand);
  ValueId after = unknown({before, change});

  if (kind == Kind::Attribute)
    bindAttribute(target, container, after, tree.span(node));
  else if (kind == Kind::Subscript)
    bindItem(target, container, key, after, tree.span(node));
  else if (kind == Kind::Identifier)
    bindName(target, after, tree.span(node));
  co_return {};
}

Step Lowering::typeAlias(NodeId node) {
  NodeId left = tree.child(node, Field::Left);
  // `type X[T] = …`: the name comes first.
  while (left && tree.kind(left) != Kind::Identifier)
    left = tree.firstChild(left);
  ValueId value = co_await unevaluated(tree.child(node, Field::Right));
  if (left)
    bindName(left, value, tree.span(node));
  co_return {};
}

Step Lowering::deleteStatement(NodeId node) {
  Nodes parts = childrenOf(node);
  Nodes targets(parts.rbegin(), parts.rend());
  while (!targets.empty()) {
    NodeId target = targets.pop_back_val();
    switch (tree.kind(target)) {
    case Kind::Identifier:
      unbind(target, tree.span(node));
      break;
    case Kind::Attribute:
      co_await expression(tree.child(target, Field::Object));
      break;
    case Kind::Subscript:
      co_await expression(tree.child(target, Field::Value));
      co_await subscriptKey(target);
      break;
    case Kind::Parenthesized:
    case Kind::ExpressionList:
    case Kind::Tuple:
    case Kind::List:
      parts = childrenOf(target);
      targets.append(parts.rbegin(), parts.rend());
      break;
    default:
      break;
    }
  }
  co_return {};
}

void Lowering::unbind(NodeId target, Span statement) {
  std::optional<VariablePlace> place = scopes.find(tree.name(target), scope);
  if (!place)
    return;
  emit({.kind = OperationKind::Unbind,
        .span = statement,
        .inner = tree.span(target),
        .variable = place->slot,
        .scope = place->function == function ? FunctionId() : place->function});
}

//===----------------------------------------------------------------------===//
// Statements that leave
//===----------------------------------------------------------------------===//

Step Lowering::returnStatement(NodeId node) {
  NodeId returned = tree.firstChild(node);
  ValueId value = returned ? co_await expression(returned) : ValueId();
  emit({.kind = OperationKind::Return,
        .span = tree.span(node),
        .inner = returned ? tree.span(returned) : tree.span(node),
        .value = value});
  co_return {};
}

Step Lowering::raiseStatement(NodeId node) {
  ValueId raised;
  NodeId first;
  for (NodeId child : tree.children(node)) {
    if (isToken(tree.kind(child)))
      continue;
    ValueId value = co_await expression(child);
    if (raised || tree[child].field == Field::Cause)
      continue;
    raised = value;
    first = child;
  }
  emit({.kind = OperationKind::Raise,
        .span = tree.span(node),
        .inner = first ? tree.span(first) : tree.span(node),
        .value = raised});
  co_return {};
}

/// `assert c, m` raises when c is false; only then is m evaluated.
Step Lowering::assertStatement(NodeId node) {
  NodeId condition = tree.firstChild(node);
  if (!condition)
    co_return {};
  ValueId value = co_await expression(condition);
  Span span = tree.span(node);
  emit({.kind = OperationKind::If,
        .span = span,
        .inner = tree.span(condition),
        .value = negation(value)});
  for (NodeId message : tree.children(node))
    if (message != condition)
      co_await expression(message);
  ValueId raised = add({.kind = ValueKind::Unbound,
                        .a = summary.intern("AssertionError").raw()});
  emit({.kind = OperationKind::Raise,
        .span = span,
        .inner = span,
        .value = raised});
  emitSpan(OperationKind::EndIf, endOf(node));
  co_return {};
}

/// `print >>f, x` is an expression in Python 3, and the grammar takes it for
/// Python 2 as well.
Step Lowering::printStatement(NodeId node) {
  if (!tree.hasChild(node, Kind::Chevron))
    noteError(tree.span(node), "the statement `print` is Python 2");
  return evaluateParts(node);
}

} // namespace looplint::python
