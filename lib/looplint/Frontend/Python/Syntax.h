//===- Syntax.h - the syntax tree of one Python file ----------------------===//
//
// tree-sitter's tree is read once, into one array in source order, and freed.
// The array holds only what lowering looks at (Kinds.def). A node's subtree is
// the run [node, next), so its first child is the entry after it, the next
// sibling costs one addition, and a pass over all nodes is a loop over an
// array. That pays: finding the bindings and emitting the operations read the
// tree once each, and tree-sitter's cursor takes twenty times as long a step.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_SYNTAX_H
#define LOOPLINT_FRONTEND_PYTHON_SYNTAX_H

#include "looplint/Program/Summary.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <vector>

namespace looplint::python {

using NodeId = Id<struct NodeTag>;

enum class Kind : std::uint8_t {
  /// A stretch the parser could not fit in; its children are what it made of
  /// it.
  Error,
  Dropped,
#define KIND(Name, Spelling) Name,
#define LEAF(Name, Spelling) Name,
#define TOKEN(Name, Spelling) Name,
#include "Kinds.def"
};

/// Whether it is a keyword or an operator, and no part of the meaning's tree.
constexpr bool isToken(Kind kind) { return kind >= Kind::AsyncToken; }

/// The part a node plays in its parent, where the grammar names it.
enum class Field : std::uint8_t {
  None,
  Alias,
  Alternative,
  Argument,
  Arguments,
  Attribute,
  Body,
  Cause,
  Code,
  Condition,
  Consequence,
  Definition,
  Expression,
  FormatSpecifier,
  Function,
  Guard,
  Key,
  Left,
  ModuleName,
  Name,
  Object,
  Operator,
  Operators,
  Parameters,
  ReturnType,
  Right,
  Subject,
  Subscript,
  Superclasses,
  Type,
  TypeConversion,
  TypeParameters,
  Value,
};

struct Node {
  Span span;
  /// Index of the first node after this one's subtree.
  std::uint32_t next = 0;
  /// Identifier: its StringId. A node that opens a scope: its ScopeId.
  std::uint32_t name = 0xFFFF'FFFF;
  Kind kind = Kind::Dropped;
  Field field = Field::None;
};

/// The children of a node, in source order. Stays valid when nodes are added.
class Children {
public:
  class Iterator {
  public:
    Iterator(const std::vector<Node> &nodes, std::uint32_t index)
        : nodes(&nodes), index(index) {}

    NodeId operator*() const { return NodeId(index); }

    Iterator &operator++() {
      index = (*nodes)[index].next;
      return *this;
    }

    bool operator==(const Iterator &other) const {
      return index == other.index;
    }

  private:
    const std::vector<Node> *nodes;
    std::uint32_t index;
  };

  Children(const std::vector<Node> &nodes, NodeId parent)
      : first(nodes, parent.index() + 1),
        last(nodes, nodes[parent.index()].next) {}

  Iterator begin() const { return first; }
  Iterator end() const { return last; }

private:
  Iterator first;
  Iterator last;
};

struct SyntaxTree {
  llvm::StringRef text;
  std::vector<Node> nodes;
  std::vector<SyntaxError> errors;
  /// The parser may have taken something for what it is not.
  bool isDoubtful = false;

  const Node &operator[](NodeId id) const { return nodes[id.index()]; }
  Kind kind(NodeId id) const { return nodes[id.index()].kind; }
  Span span(NodeId id) const { return nodes[id.index()].span; }

  llvm::StringRef textOf(NodeId id) const {
    return text.slice(span(id).begin, span(id).end);
  }

  StringId name(NodeId identifier) const {
    return StringId(nodes[identifier.index()].name);
  }

  Children children(NodeId id) const { return {nodes, id}; }

  /// The first child in that role, or invalid.
  NodeId child(NodeId id, Field field) const;
  /// The first child of that kind, or invalid.
  NodeId child(NodeId id, Kind kind) const;
  /// The first child that is no token, or invalid.
  NodeId firstChild(NodeId id) const;
  bool hasChild(NodeId id, Kind kind) const {
    return static_cast<bool>(child(id, kind));
  }
};

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_SYNTAX_H
