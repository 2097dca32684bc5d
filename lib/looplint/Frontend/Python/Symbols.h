//===- Symbols.h - the grammar's numbers ----------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_SYMBOLS_H
#define LOOPLINT_FRONTEND_PYTHON_SYMBOLS_H

#include "Syntax.h"

#include <vector>

namespace looplint::python {

/// What to do with a node of tree-sitter's tree.
enum class Reading : std::uint8_t { Skip, Leaf, Descend };

struct SymbolRule {
  Kind kind = Kind::Dropped;
  Reading reading = Reading::Skip;
};

/// Indexed by the numbers that the grammar gave to its symbols and fields, so
/// that reading a node compares no text.
struct SymbolTable {
  std::vector<SymbolRule> rules;
  std::vector<Field> fields;
};

/// Made on first use and never changed: the same for every file and thread.
const SymbolTable &symbolTable();

/// Whether keywords and operators below such a node say something that the node
/// does not.
bool hasTokens(Kind kind);

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_SYMBOLS_H
