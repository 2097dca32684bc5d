//===- Syntax.cpp ---------------------------------------------------------===//

#include "Syntax.h"

namespace looplint::python {

NodeId SyntaxTree::child(NodeId id, Field field) const {
  for (NodeId child : children(id))
    if (nodes[child.index()].field == field)
      return child;
  return {};
}

NodeId SyntaxTree::child(NodeId id, Kind kind) const {
  for (NodeId child : children(id))
    if (nodes[child.index()].kind == kind)
      return child;
  return {};
}

NodeId SyntaxTree::firstChild(NodeId id) const {
  for (NodeId child : children(id))
    if (!isToken(kind(child)))
      return child;
  return {};
}

} // namespace looplint::python
