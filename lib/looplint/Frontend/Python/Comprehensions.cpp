//===- Comprehensions.cpp - loops inside expressions ----------------------===//
//
// A comprehension is lowered in place, as the loop that it is. Its variables
// belong to the function around it but under names that only it can see.
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"

namespace looplint::python {

Step Lowering::comprehension(NodeId node) {
  // Python gives up at 200 brackets in one another.
  if (isQuiet || comprehensions == 200)
    co_return unknown();
  ++comprehensions;

  ScopeId outer = scope;
  ScopeId inner = scopes.scopeOf(node);
  // The first iterable is evaluated outside.
  ScopeId scopeOfIterable = outer;
  llvm::SmallVector<OperationKind, 4> closers;
  scope = inner;
  for (NodeId clause : tree.children(node)) {
    unsigned before = depth;
    if (tree.kind(clause) == Kind::ForInClause) {
      co_await comprehensionLoop(clause, scopeOfIterable);
      scopeOfIterable = inner;
      if (depth != before)
        closers.push_back(OperationKind::EndLoop);
    } else if (tree.kind(clause) == Kind::IfClause) {
      co_await comprehensionTest(clause);
      if (depth != before)
        closers.push_back(OperationKind::EndIf);
    }
  }
  ValueId result = co_await comprehensionBody(node);
  while (!closers.empty())
    emitSpan(closers.pop_back_val(), endOf(node));
  scope = outer;
  --comprehensions;
  co_return result;
}

Step Lowering::comprehensionLoop(NodeId clause, ScopeId scopeOfIterable) {
  NodeId iterable = tree.child(clause, Field::Right);
  Span span = tree.span(clause);
  ScopeId inner = scope;
  scope = scopeOfIterable;
  ValueId container = co_await expression(iterable);
  scope = inner;

  if (!isTooDeep()) {
    emitSpan(OperationKind::Loop, span);
    emit({.kind = OperationKind::Iterate,
          .flag = tree.hasChild(clause, Kind::AsyncToken),
          .span = span,
          .inner = iterable ? tree.span(iterable) : span,
          .value = container});
  }
  co_return co_await assign(tree.child(clause, Field::Left),
                            element(container, noPosition), span);
}

Step Lowering::comprehensionTest(NodeId clause) {
  NodeId test = tree.firstChild(clause);
  Span span = tree.span(clause);
  ValueId condition = co_await expression(test);
  if (!isTooDeep())
    emit({.kind = OperationKind::If,
          .span = span,
          .inner = test ? tree.span(test) : span,
          .value = condition});
  co_return {};
}

/// What is computed for each element, as a display that stands for any number
/// of such elements (Value::a is 1).
Step Lowering::comprehensionBody(NodeId node) {
  NodeId body = tree.child(node, Field::Body);
  Values operands;
  if (body && tree.kind(body) == Kind::Pair) {
    operands.push_back(co_await expression(tree.child(body, Field::Key)));
    operands.push_back(co_await expression(tree.child(body, Field::Value)));
  } else {
    operands.push_back(co_await expression(body));
  }

  ValueKind kind = ValueKind::List;
  if (tree.kind(node) == Kind::SetComprehension)
    kind = ValueKind::Set;
  if (tree.kind(node) == Kind::DictionaryComprehension)
    kind = ValueKind::Dict;
  ValueId result = add(kind, operands);
  summary.values.back().a = 1;
  co_return result;
}

} // namespace looplint::python
