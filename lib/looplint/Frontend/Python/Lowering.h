//===- Lowering.h - syntax to operations ----------------------------------===//
//
// One object lowers one file: function after function, each from its first
// statement to its last. Expressions give a value and append the operations
// they contain in the order in which Python evaluates them; statements only
// append. The members are grouped by the file that defines them.
//
// Each Step is awaited before the next is made (see Machine.h).
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_LOWERING_H
#define LOOPLINT_FRONTEND_PYTHON_LOWERING_H

#include "Machine.h"
#include "Parser.h"
#include "Scopes.h"
#include "Syntax.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>
#include <string>
#include <utility>

namespace looplint::python {

/// Which keys of a subscript in an annotation are types themselves.
enum class SubscriptReading : std::uint8_t { AllTypes, FirstType, NoTypes };

class Lowering {
public:
  Lowering(Summary &summary, SyntaxTree &tree, Scopes &scopes, Parser &parser,
           llvm::ArrayRef<CodeCell> cells)
      : summary(summary), tree(tree), scopes(scopes), parser(parser),
        cells(cells) {}

  /// Fills in all operations, values, parameters and variables.
  void run();

  Machine machine;

private:
  using Values = llvm::SmallVector<ValueId, 4>;
  using Nodes = llvm::SmallVector<NodeId, 4>;
  /// Names that a match pattern binds, and to which part of the subject.
  using Captures = llvm::SmallVector<std::pair<NodeId, ValueId>, 4>;

  // Lowering.cpp: functions, and the tables that everything is written to.
  void lowerFunction(FunctionId id);
  Step functionBody(FunctionId id);
  ValueId add(Value value);
  ValueId add(ValueKind kind, llvm::ArrayRef<ValueId> operands);
  ValueId unknown(llvm::ArrayRef<ValueId> operands = {});
  ValueId negation(ValueId value);
  ValueId element(ValueId container, std::uint32_t position);
  OperationId emit(Operation operation);
  OperationId emitSpan(OperationKind kind, Span span) {
    return emit({.kind = kind, .span = span});
  }
  /// The empty span at the end of \p node.
  Span endOf(NodeId node) const {
    return {tree.span(node).end, tree.span(node).end};
  }
  void noteError(Span span, llvm::StringRef message);

  /// An If whose condition is given on closing, when it is known whether there
  /// is anything in it.
  std::uint32_t openCondition(Span span, Span condition);
  static constexpr std::uint32_t noBracket = 0xFFFF'FFFF;
  /// Takes the If back if nothing follows it; true if there is none (any more).
  bool closeIfEmpty(std::uint32_t bracket);
  void closeCondition(std::uint32_t bracket, ValueId condition);

  // Names.cpp
  ValueId nameValue(NodeId identifier);
  Value placeValue(VariablePlace place) const;
  void bindName(NodeId identifier, ValueId value, Span span);
  void bindName(StringId name, ScopeId from, ValueId value, Span span,
                Span inner);
  bool isBuiltin(NodeId node, llvm::StringRef name) const;

  // Expressions.cpp
  Step expression(NodeId node);
  Step compound(NodeId node);
  Step partlyEvaluated(NodeId node);
  NodeId innermost(NodeId node) const;
  Step operandsOf(NodeId node);
  Step binaryOperator(NodeId node);
  ValueId attributeChain(NodeId node);
  NodeId attributeBase(NodeId node, Nodes &chain) const;
  ValueId addAttributes(llvm::ArrayRef<NodeId> chain, ValueId value);
  ValueId addAttribute(NodeId node, ValueId object);
  Step attribute(NodeId node);
  Step subscript(NodeId node);
  ValueId addItem(NodeId node, ValueId container, ValueId key);
  Step subscriptKey(NodeId node);
  Step display(NodeId node, ValueKind kind);
  Step dictionary(NodeId node);
  Step wrapped(NodeId node, ValueKind kind);
  Step await(NodeId node);
  Step yield(NodeId node);
  Step namedExpression(NodeId node);
  Step lambda(NodeId node);
  Step lambdaBody(NodeId node);

  // Calls.cpp
  Step call(NodeId node);
  Step argument(NodeId node, llvm::SmallVectorImpl<Argument> &arguments);
  ValueId emitCall(Operation call, llvm::ArrayRef<Argument> arguments);
  bool isSuper(NodeId callee, NodeId arguments) const;

  // Conditions.cpp
  Step booleanOperator(NodeId node);
  Step comparison(NodeId node);
  ValueId compare(Kind operation, ValueId left, ValueId right);
  Step conditional(NodeId node);

  // Comprehensions.cpp
  Step comprehension(NodeId node);
  Step comprehensionLoop(NodeId clause, ScopeId scopeOfIterable);
  Step comprehensionTest(NodeId clause);
  Step comprehensionBody(NodeId node);

  // Literals.cpp
  ValueId integer(NodeId node);
  ValueId floating(NodeId node);
  Step string(NodeId node);
  Step concatenatedString(NodeId node);
  std::optional<Span> plainContents(NodeId node) const;
  ValueId stringValue(llvm::StringRef contents);

  // Targets.cpp
  Step assign(NodeId target, ValueId value, Span statement);
  NodeId targetInside(NodeId target) const;
  Step assignAttribute(NodeId target, ValueId value, Span statement);
  Step assignItem(NodeId target, ValueId value, Span statement);
  void bindAttribute(NodeId target, ValueId object, ValueId value,
                     Span statement);
  void bindItem(NodeId target, ValueId container, ValueId key, ValueId value,
                Span statement);
  Step unpack(NodeId targets, ValueId value, Span statement);
  Step unpackDisplay(llvm::ArrayRef<NodeId> targets, ValueId value,
                     Span statement);
  bool isOverwritten(ValueId value, llvm::ArrayRef<NodeId> earlier);

  // Statements.cpp
  Step moduleBody(NodeId module);
  void enterCell(NodeId statement);
  void leaveCell(std::uint32_t end);
  Step statements(NodeId block);
  Step statement(NodeId node);
  Step compoundStatement(NodeId node);
  Step expressionStatement(NodeId node);
  Step assignment(NodeId node, Span statement);
  Step augmentedAssignment(NodeId node);
  Step returnStatement(NodeId node);
  Step raiseStatement(NodeId node);
  Step assertStatement(NodeId node);
  Step deleteStatement(NodeId node);
  Step typeAlias(NodeId node);
  Step printStatement(NodeId node);
  Step evaluateParts(NodeId node);
  void unbind(NodeId target, Span statement);

  // Compound.cpp
  Step ifStatement(NodeId node);
  Step branch(NodeId clause, Span span);
  Step whileStatement(NodeId node);
  Step forStatement(NodeId node);
  Step endLoop(NodeId node);
  Step tryStatement(NodeId node);
  Step exceptClause(NodeId node);
  Step withStatement(NodeId node);
  Step withItem(NodeId item, NodeId statement);

  // Definitions.cpp
  Step definition(NodeId node, llvm::ArrayRef<NodeId> decorators);
  Step classDefinition(NodeId node, llvm::ArrayRef<NodeId> decorators);
  Step decorated(NodeId node);
  bool isAccessorOf(NodeId decorator, NodeId name) const;
  bool readBinding(NodeId decorator, FunctionId id);
  Step parameters(NodeId node, FunctionId id);
  Step parameter(NodeId node, Parameter &result);
  Step bases(NodeId node, ClassId id);
  ValueId applyDecorators(ValueId value, llvm::ArrayRef<NodeId> decorators,
                          llvm::ArrayRef<ValueId> decoratorValues);

  // Imports.cpp
  void importModules(NodeId node);
  void importNames(NodeId node);
  StringId dottedName(NodeId node);
  ValueId moduleValue(StringId name, std::uint32_t dots, Span span);

  // Annotations.cpp
  Step annotation(NodeId node);
  Step unevaluated(NodeId node);
  Step annotationString(NodeId node);
  SubscriptReading subscriptReading(NodeId node) const;
  Step genericType(NodeId node);
  Step memberType(NodeId node);
  Step annotateTarget(NodeId target, NodeId type, Span statement);

  // Patterns.cpp
  Step matchStatement(NodeId node);
  Step caseClause(NodeId clause, ValueId subject);
  NodeId patternInside(NodeId node) const;
  Step pattern(NodeId node, ValueId subject, Captures &captures);
  ValueId nameOrValuePattern(NodeId node, ValueId subject, Captures &captures);
  Step literalPattern(NodeId node, ValueKind kind, ValueId subject);
  Step asPattern(NodeId node, ValueId subject, Captures &captures);
  Step unionPattern(NodeId node, ValueId subject, Captures &captures);
  Step sequencePattern(Nodes parts, ValueId subject, Captures &captures);
  Step mappingPattern(NodeId node, ValueId subject, Captures &captures);
  ValueId instanceTest(NodeId className, ValueId subject);
  Step classPattern(NodeId node, ValueId subject, Captures &captures);
  void bindCaptures(const Captures &captures);
  ValueId dottedValue(NodeId node);
  bool isFollowedByComma(NodeId node) const;
  Nodes childrenOf(NodeId node) const;
  NodeId nextSibling(NodeId parent, NodeId node) const;

  Summary &summary;
  SyntaxTree &tree;
  Scopes &scopes;
  Parser &parser;
  /// The cells of a notebook that begin behind the present statement, and
  /// whether one is open.
  llvm::ArrayRef<CodeCell> cells;
  bool isInCell = false;

  /// The function being lowered, and the scope that names are looked up in: the
  /// function's own, or that of a comprehension in it.
  FunctionId function;
  ScopeId scope;
  /// How many brackets are open. What follows costs more the deeper they nest,
  /// so that expressions and chains of conditions, which people do not nest by
  /// the hundred, open none beyond a limit: what they hold then counts as done
  /// in any case.
  unsigned depth = 0;
  bool isTooDeep() const { return depth >= 200; }
  /// How many comprehensions are being lowered. Where each is the iterable of
  /// the next no bracket is in another, but every one has variables.
  unsigned comprehensions = 0;
  /// Inside an annotation: a string is a type written in quotes.
  bool isAnnotation = false;
  /// Nothing is evaluated here, so no operation may be emitted.
  bool isQuiet = false;
};

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_LOWERING_H
