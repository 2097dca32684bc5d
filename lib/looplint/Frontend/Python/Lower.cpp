//===- Lower.cpp - Python text to summary: the story ----------------------===//

#include "looplint/Frontend/Python/Lower.h"

#include "Errors.h"
#include "Lowering.h"
#include "Parser.h"
#include "Scopes.h"

namespace looplint::python {

Summary lower(llvm::StringRef text, std::string path) {
  Summary summary;
  summary.path = std::move(path);

  // Beyond this point nothing depends on tree-sitter; its tree is gone.
  SyntaxTree tree;
  tree.text = text;
  Parser parser(summary);
  NodeId root = parser.parseModule(tree);

  // Beyond this point every function, class and variable has its number.
  Scopes scopes(tree, summary, root);

  Lowering(summary, tree, scopes, parser).run();
  summary.values.shrink_to_fit();
  summary.operands.shrink_to_fit();
  summary.arguments.shrink_to_fit();
  summary.operations.shrink_to_fit();
  summary.functions.shrink_to_fit();
  summary.parameters.shrink_to_fit();
  summary.variables.shrink_to_fit();
  summary.classes.shrink_to_fit();
  summary.errors = readableErrors(std::move(tree.errors), text);
  return summary;
}

} // namespace looplint::python
