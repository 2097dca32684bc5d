//===- Parser.h - Python text to syntax tree ------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_PARSER_H
#define LOOPLINT_FRONTEND_PYTHON_PARSER_H

#include "Syntax.h"

struct TSParser;

namespace looplint::python {

/// Parses Python into a SyntaxTree. Never fails: what does not parse is listed
/// in SyntaxTree::errors.
class Parser {
public:
  explicit Parser(Summary &names);
  ~Parser();
  Parser(const Parser &) = delete;
  Parser &operator=(const Parser &) = delete;

  /// Parses \p part of the tree's text and appends its nodes; the result is
  /// their root. Spans count from the start of the whole text.
  NodeId parse(SyntaxTree &tree, Span part);

private:
  Summary &names;
  TSParser *parser;
};

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_PARSER_H
