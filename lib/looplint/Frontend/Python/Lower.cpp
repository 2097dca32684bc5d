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
  summary.errors = readableErrors(std::move(tree.errors), text);
  return summary;
}

} // namespace looplint::python
