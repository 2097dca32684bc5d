//===- Parser.h - Python text to syntax tree ------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_PARSER_H
#define LOOPLINT_FRONTEND_PYTHON_PARSER_H

#include "ParserMemory.h"
#include "SecondLook.h"
#include "Syntax.h"
#include "looplint/Source/CodeCell.h"

#include "llvm/ADT/ArrayRef.h"

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

  /// Parses the tree's text, looking twice where the grammar stumbles. An error
  /// in one of \p cells costs nothing outside of it.
  NodeId parseModule(SyntaxTree &tree, llvm::ArrayRef<CodeCell> cells);

  /// Parses \p part of the tree's text and appends its nodes; the result is
  /// their root, or invalid where the text is broken beyond the effort that it
  /// is worth. Spans count from the start of the whole text.
  NodeId parsePart(SyntaxTree &tree, Span part);

private:
  struct Effort;

  NodeId parse(SyntaxTree &tree, llvm::StringRef text, std::uint32_t offset,
               Effort &effort);
  NodeId parseWhole(SyntaxTree &tree, llvm::StringRef text);
  NodeId parsePieces(SyntaxTree &tree, const SecondLook &look,
                     std::size_t atLeast);
  static bool isGood(const SyntaxTree &tree);
  static void forget(SyntaxTree &tree);

  ParserMemory memory; // first, since all that follows may use it
  Summary &names;
  TSParser *parser;
};

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_PARSER_H
