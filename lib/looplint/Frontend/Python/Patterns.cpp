//===- Patterns.cpp - match statements ------------------------------------===//
//
// A match is a chain of If, one for each case. What a pattern tests is a value
// (of kind Unknown where the vocabulary has no word for the test) and what it
// captures is bound to the part of the subject that it stands for.
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"

namespace looplint::python {

Step Lowering::matchStatement(NodeId node) {
  Values subjects;
  NodeId first;
  for (NodeId child : tree.children(node)) {
    if (tree[child].field != Field::Subject)
      continue;
    first = first ? first : child;
    subjects.push_back(co_await expression(child));
  }
  bool isOne = subjects.size() == 1 && !isFollowedByComma(first);
  ValueId subject = isOne ? subjects[0] : add(ValueKind::Tuple, subjects);

  std::uint32_t open = 0;
  NodeId body = tree.child(node, Field::Body);
  if (body)
    for (NodeId clause : tree.children(body)) {
      if (tree.kind(clause) != Kind::CaseClause)
        continue;
      if (isTooDeep())
        for (; open != 0; --open)
          emitSpan(OperationKind::EndIf, endOf(node));
      else if (open != 0)
        emitSpan(OperationKind::Else, tree.span(clause));
      co_await caseClause(clause, subject);
      ++open;
    }
  while (open-- != 0)
    emitSpan(OperationKind::EndIf, endOf(node));
  co_return {};
}

/// `a,` is a tuple of one.
bool Lowering::isFollowedByComma(NodeId node) const {
  llvm::StringRef rest = tree.text.drop_front(tree.span(node).end);
  return rest.ltrim().starts_with(",");
}

/// Leaves the If open: the next case is its Else.
Step Lowering::caseClause(NodeId clause, ValueId subject) {
  Nodes patterns;
  for (NodeId child : tree.children(clause))
    if (tree.kind(child) == Kind::CasePattern)
      patterns.push_back(child);

  Captures captures;
  ValueId condition;
  bool isOne = patterns.size() == 1 && !isFollowedByComma(patterns[0]);
  if (isOne)
    condition = co_await pattern(patterns[0], subject, captures);
  else
    condition = co_await sequencePattern(patterns, subject, captures);
  if (!condition)
    condition = add({.kind = ValueKind::True});

  Span span = tree.span(clause);
  Span inner = patterns.empty() ? span : tree.span(patterns[0]);
  NodeId guard = tree.child(clause, Field::Guard);
  if (guard) {
    // The guard is evaluated, and sees the captures, only where the pattern
    // fits; where it is false the next case is tried.
    emit({.kind = OperationKind::If,
          .span = span,
          .inner = inner,
          .value = condition});
    bindCaptures(captures);
    captures.clear();
    ValueId test = co_await expression(tree.firstChild(guard));
    emitSpan(OperationKind::EndIf,
             {tree.span(guard).end, tree.span(guard).end});
    condition = add(ValueKind::And, {condition, test});
  }
  emit({.kind = OperationKind::If,
        .span = span,
        .inner = inner,
        .value = condition});
  bindCaptures(captures);
  co_return co_await statements(tree.child(clause, Field::Consequence));
}

void Lowering::bindCaptures(const Captures &captures) {
  for (auto [name, value] : captures)
    bindName(name, value, tree.span(name));
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// The pattern that parentheses wrap.
NodeId Lowering::patternInside(NodeId node) const {
  for (;;) {
    NodeId wrapper = innermost(node);
    NodeId only = tree.firstChild(wrapper);
    bool isWrapper = tree.kind(wrapper) == Kind::TuplePattern && only &&
                     !nextSibling(wrapper, only) && !isFollowedByComma(only);
    if (!isWrapper)
      return node;
    node = only;
  }
}

/// The value that is true when the pattern fits; invalid if it always does.
Step Lowering::pattern(NodeId node, ValueId subject, Captures &captures) {
  node = patternInside(node);
  NodeId inner = innermost(node);
  switch (tree.kind(inner)) {
  case Kind::Wildcard:
    return ValueId();
  case Kind::DottedName:
    return nameOrValuePattern(inner, subject, captures);
  case Kind::AsPattern:
    return asPattern(inner, subject, captures);
  case Kind::UnionPattern:
    return unionPattern(inner, subject, captures);
  case Kind::ClassPattern:
    return classPattern(inner, subject, captures);
  case Kind::DictPattern:
    return mappingPattern(inner, subject, captures);
  case Kind::ListPattern:
    return sequencePattern(childrenOf(inner), subject, captures);
  case Kind::TuplePattern:
    return sequencePattern(childrenOf(inner), subject, captures);
  case Kind::None:
  case Kind::True:
  case Kind::False:
    return literalPattern(inner, ValueKind::Is, subject);
  case Kind::Integer:
  case Kind::Float:
    // `-1` has its sign in the node around the number.
    if (tree.span(node).begin != tree.span(inner).begin)
      return unknown(subject);
    return literalPattern(inner, ValueKind::Equal, subject);
  case Kind::String:
  case Kind::ConcatenatedString:
    return literalPattern(inner, ValueKind::Equal, subject);
  default:
    return unknown(subject);
  }
}

Lowering::Nodes Lowering::childrenOf(NodeId node) const {
  Nodes result;
  for (NodeId child : tree.children(node))
    result.push_back(child);
  return result;
}

NodeId Lowering::nextSibling(NodeId parent, NodeId node) const {
  std::uint32_t next = tree[node].next;
  return next == tree[parent].next ? NodeId() : NodeId(next);
}

Step Lowering::literalPattern(NodeId node, ValueKind kind, ValueId subject) {
  ValueId literal = co_await expression(node);
  co_return add({.kind = kind, .a = subject.raw(), .b = literal.raw()});
}

ValueId Lowering::nameOrValuePattern(NodeId node, ValueId subject,
                                     Captures &captures) {
  if (isCapture(tree, node)) {
    captures.emplace_back(tree.firstChild(node), subject);
    return {};
  }
  ValueId value = dottedValue(node);
  if (!value)
    return {};
  return add({.kind = ValueKind::Equal, .a = subject.raw(), .b = value.raw()});
}

/// `a.b.c` written as a dotted name; invalid for `_`.
ValueId Lowering::dottedValue(NodeId node) {
  ValueId value;
  for (NodeId part : tree.children(node)) {
    if (tree.kind(part) != Kind::Identifier)
      continue;
    if (value)
      value = add({.kind = ValueKind::Attribute,
                   .a = value.raw(),
                   .b = tree.name(part).raw(),
                   .span = {tree.span(node).begin, tree.span(part).end}});
    else if (tree.textOf(part) != "_")
      value = nameValue(part);
  }
  return value;
}

Step Lowering::asPattern(NodeId node, ValueId subject, Captures &captures) {
  NodeId inner = tree.firstChild(node);
  NodeId name = tree.child(node, Kind::Identifier);
  ValueId condition = co_await pattern(inner, subject, captures);
  if (name)
    captures.emplace_back(name, subject);
  co_return condition;
}

Step Lowering::unionPattern(NodeId node, ValueId subject, Captures &captures) {
  Values conditions;
  bool isAlways = false;
  for (NodeId child : tree.children(node)) {
    ValueId condition = co_await pattern(child, subject, captures);
    isAlways |= !condition;
    conditions.push_back(condition);
  }
  co_return isAlways ? ValueId() : add(ValueKind::Or, conditions);
}

Step Lowering::sequencePattern(Nodes parts, ValueId subject,
                               Captures &captures) {
  Values tested = {subject};
  std::uint32_t position = 0;
  for (NodeId part : parts) {
    NodeId inner = innermost(part);
    if (tree.kind(inner) == Kind::SplatPattern) {
      position = noPosition;
      if (NodeId name = tree.child(inner, Kind::Identifier)) {
        ValueId rest = add(ValueKind::List, element(subject, noPosition));
        summary.values.back().a = 1;
        captures.emplace_back(name, rest);
      }
      continue;
    }
    ValueId condition =
        co_await pattern(part, element(subject, position), captures);
    if (condition)
      tested.push_back(condition);
    position += position != noPosition;
  }
  co_return unknown(tested);
}

Step Lowering::mappingPattern(NodeId node, ValueId subject,
                              Captures &captures) {
  Values tested = {subject};
  ValueId key;
  for (NodeId child : tree.children(node)) {
    if (tree.kind(child) == Kind::SplatPattern) {
      if (NodeId name = tree.child(child, Kind::Identifier))
        captures.emplace_back(name, unknown(subject));
    } else if (tree[child].field == Field::Key) {
      if (tree.kind(child) == Kind::DottedName)
        key = dottedValue(child);
      else
        key = co_await expression(child);
    } else if (tree[child].field == Field::Value) {
      key = key ? key : unknown();
      ValueId item =
          add({.kind = ValueKind::Item, .a = subject.raw(), .b = key.raw()});
      ValueId condition = co_await pattern(child, item, captures);
      if (condition)
        tested.push_back(condition);
    }
  }
  co_return unknown(tested);
}

/// `T()` asks what `isinstance` does, so that is what it becomes.
ValueId Lowering::instanceTest(NodeId className, ValueId subject) {
  ValueId type = tree.kind(className) == Kind::DottedName
                     ? dottedValue(className)
                     : ValueId();
  if (!type)
    return unknown(subject);
  Span span = tree.span(className);
  ValueId test = add(
      {.kind = ValueKind::Unbound, .a = summary.intern("isinstance").raw()});
  return emitCall(
      {.kind = OperationKind::Call, .span = span, .inner = span, .value = test},
      {Argument{.value = subject, .span = span},
       Argument{.value = type, .span = span}});
}

Step Lowering::classPattern(NodeId node, ValueId subject, Captures &captures) {
  NodeId className = tree.firstChild(node);
  ValueId isInstance =
      className ? instanceTest(className, subject) : unknown(subject);
  Values tested;
  for (NodeId child : tree.children(node)) {
    if (child == className)
      continue;
    NodeId inner = innermost(child);
    ValueId part;
    NodeId partPattern = inner;
    if (tree.kind(inner) == Kind::KeywordPattern) {
      NodeId name = tree.firstChild(inner);
      partPattern = name ? nextSibling(inner, name) : NodeId();
      if (!partPattern || tree.kind(name) != Kind::Identifier)
        continue;
      part = add({.kind = ValueKind::Attribute,
                  .a = subject.raw(),
                  .b = tree.name(name).raw(),
                  .span = tree.span(inner)});
    } else {
      part = unknown(subject);
    }
    ValueId condition = co_await pattern(partPattern, part, captures);
    if (condition)
      tested.push_back(condition);
  }
  if (tested.empty())
    co_return isInstance;
  co_return add(ValueKind::And, {isInstance, unknown(tested)});
}

} // namespace looplint::python
