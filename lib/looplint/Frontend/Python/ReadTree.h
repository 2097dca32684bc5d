//===- ReadTree.h - tree-sitter's tree into the array ---------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_READTREE_H
#define LOOPLINT_FRONTEND_PYTHON_READTREE_H

#include "Syntax.h"

struct TSTree;

namespace looplint::python {

/// Appends the nodes of \p parsed to \p tree. Its text starts at byte \p offset
/// of the tree's.
void readTree(const TSTree &parsed, SyntaxTree &tree, Summary &names,
              std::uint32_t offset);

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_READTREE_H
