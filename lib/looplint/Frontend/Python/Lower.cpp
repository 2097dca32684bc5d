//===- Lower.cpp - Python text to summary: the story ----------------------===//

#include "looplint/Frontend/Python/Lower.h"

#include "Errors.h"
#include "Lowering.h"
#include "Parser.h"
#include "Scopes.h"

#include "llvm/ADT/STLExtras.h"

namespace looplint::python {

/// The code of a cell in which `await` is no expression does not run at all.
static void refuseAwaits(const Summary &summary, llvm::ArrayRef<CodeCell> cells,
                         std::vector<SyntaxError> &errors) {
  if (llvm::all_of(cells, [](const CodeCell &cell) { return cell.mayAwait; }))
    return;
  const IndexRange top = summary.function(FunctionId(0)).operations;
  for (const Operation &operation :
       llvm::ArrayRef(summary.operations).slice(top.begin, top.size())) {
    const Span at = operation.span;
    bool isRefused = operation.kind == OperationKind::Await &&
                     llvm::any_of(cells, [at](const CodeCell &cell) {
                       return !cell.mayAwait && cell.span.begin <= at.begin &&
                              at.begin < cell.span.end;
                     });
    if (isRefused)
      errors.push_back({at, "`await` outside of a function needs "
                            "`%autoawait on`"});
  }
}

Summary lower(llvm::StringRef text, std::string path,
              llvm::ArrayRef<CodeCell> cells) {
  Summary summary;
  summary.path = std::move(path);

  // Beyond this point nothing depends on tree-sitter; its tree is gone.
  SyntaxTree tree;
  tree.text = text;
  Parser parser(summary);
  NodeId root = parser.parseModule(tree, cells);

  // Beyond this point every function, class and variable has its number.
  Scopes scopes(tree, summary, root);

  Lowering(summary, tree, scopes, parser, cells).run();
  refuseAwaits(summary, cells, tree.errors);
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
