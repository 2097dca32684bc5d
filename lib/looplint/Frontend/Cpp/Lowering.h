//===- Lowering.h - Clang's tree to operations ----------------------------===//
//
// One object lowers one file of a translation unit: what it initialises before
// main, its classes, then function after function, each followed by the lambdas
// in it. Expressions give a value and append the operations they contain, in
// the order in which they run; statements only append. The members are grouped
// by the file that defines them.
//
// Clang parses by recursion and bounds it; so does this. What nests still
// deeper (a sum of thousands of terms) is Unknown from some depth on.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_CPP_LOWERING_H
#define LOOPLINT_FRONTEND_CPP_LOWERING_H

#include "Builder.h"
#include "Contents.h"
#include "Names.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"

#include <deque>

namespace looplint::cpp {

class Lowering {
public:
  Lowering(clang::ASTContext &context, Files &files, Names &names,
           Summary &summary)
      : context(context), files(files), names(names), builder(summary) {}

  void run(const Contents &contents);

private:
  static constexpr unsigned deepest = 600;

  using Values = llvm::SmallVector<ValueId, 4>;
  using Arguments = llvm::SmallVector<Argument, 4>;

  /// The objects whose life ends with a block.
  struct Scope {
    llvm::SmallVector<const clang::VarDecl *, 4> objects;
    /// `break` and `continue` leave the innermost scope of this kind.
    bool isLoop = false;
    bool isSwitch = false;
  };

  /// A lambda whose body is lowered after the function around it.
  struct Closure {
    FunctionId id;
    const clang::FunctionDecl *function = nullptr;
    FunctionId thisFunction;
    std::optional<Span> elsewhere;
  };

  // Lowering.cpp: the file's parts and its functions.
  void lowerModule(const Contents &contents);
  void lowerFunction(const clang::FunctionDecl *function);
  FunctionId declare(const clang::FunctionDecl *function);
  void lowerBody(FunctionId id, const clang::FunctionDecl *function);
  void lowerClosures();
  Parameter parameter(const clang::ParmVarDecl *declaration);
  ValueId defaultValue(const clang::ParmVarDecl *declaration);
  void placeParameters(FunctionId id, const clang::FunctionDecl *function);
  Span spanOf(const clang::Stmt *statement) const;
  Span spanOf(const clang::Decl *declaration) const;
  Span nameSpan(const clang::NamedDecl *declaration) const;

  // Classes.cpp
  ClassId lowerClass(const clang::RecordDecl *record);
  void bindMembers(const clang::CXXRecordDecl *record);
  void initializers(const clang::CXXConstructorDecl *constructor);
  void initializer(const clang::CXXCtorInitializer *initializer, Span around);
  void inheritedArguments(Arguments &arguments);
  void destroyMembers(const clang::CXXDestructorDecl *destructor);

  // Variables.cpp
  void variable(const clang::VarDecl *declaration, Span statement);
  void annotateThreadLocal(const clang::VarDecl *declaration, Span statement);
  void decomposition(const clang::DecompositionDecl *declaration, ValueId value,
                     Span statement);
  Place placeOf(const clang::ValueDecl *declaration);
  ValueId variableValue(const clang::ValueDecl *declaration);
  void bindVariable(const clang::VarDecl *declaration, ValueId value,
                    Span statement);
  void enterScope(bool isLoop = false, bool isSwitch = false);
  void leaveScope(const clang::Stmt *block);
  /// Ends the objects of all scopes but the \p kept outermost ones.
  void endObjects(std::size_t kept, Span at, const clang::Expr *returned);
  void endObject(const clang::VarDecl *object, Span at);
  bool hasEnd(clang::QualType type);

  // Statements.cpp
  void statement(const clang::Stmt *node);
  void simpleStatement(const clang::Stmt *node);
  void compound(const clang::CompoundStmt *node);
  void declarations(const clang::DeclStmt *node);
  bool isMadeOnce(const clang::VarDecl *declared) const;
  void firstTime(const clang::VarDecl *declared, Span statement);
  void discarded(const clang::Expr *node);
  void ifStatement(const clang::IfStmt *node);
  void switchStatement(const clang::SwitchStmt *node);
  void switchGroup(llvm::ArrayRef<const clang::Stmt *> group);
  void returnStatement(const clang::Stmt *node, const clang::Expr *value);
  void tryStatement(const clang::CXXTryStmt *node);
  void catchClause(const clang::CXXCatchStmt *node);
  void jump(const clang::Stmt *node, OperationKind kind);

  // Loops.cpp
  void whileStatement(const clang::WhileStmt *node);
  void doStatement(const clang::DoStmt *node);
  void forStatement(const clang::ForStmt *node);
  void rangeFor(const clang::CXXForRangeStmt *node);
  void loopTest(const clang::Expr *condition);
  void beginLoop(const clang::Stmt *node);
  void endLoop(const clang::Stmt *node);

  // Expressions.cpp
  ValueId expression(const clang::Expr *node);
  ValueId evaluated(const clang::Expr *node);
  ValueId operandsOf(const clang::Stmt *node);
  ValueId notUnderstood(const clang::RecoveryExpr *node);
  const clang::Expr *written(const clang::Expr *node) const;
  /// Where the value comes from that copies, moves and casts hand on.
  const clang::Expr *origin(const clang::Expr *node) const;
  ValueId name(const clang::Expr *node, const clang::ValueDecl *declaration);
  ValueId unresolvedName(const clang::OverloadExpr *node);
  ValueId memberAccess(const clang::MemberExpr *node);
  ValueId thisValue();
  bool isThis(ValueId value) const;
  ValueId entity(const clang::NamedDecl *declaration);
  ValueId typed(ValueId value, clang::QualType type);
  ValueId typedAs(ValueId value, const clang::RecordDecl *record);
  bool isConstructed(ValueId value, ValueId type);
  ValueId receiver(const clang::Expr *node);
  ValueId rareExpression(const clang::Expr *node);
  ValueId writtenElsewhere(const clang::Expr *value, const clang::Expr *use);
  ValueId patternExpression(const clang::Expr *node);

  // Closures.cpp: lambdas, and what waits, throws or converts.
  ValueId conversion(const clang::CastExpr *node);
  ValueId lambda(const clang::LambdaExpr *node);
  ValueId closure(const clang::LambdaExpr *node,
                  const clang::FunctionDecl *body);
  bool startsAtOnce(const clang::FunctionDecl *function);
  void endClosures(const clang::Expr *operand);
  ValueId awaitOperand(const clang::Expr *node, const clang::Expr *operand);
  ValueId yieldOperand(const clang::Expr *node, const clang::Expr *operand);
  ValueId throwExpression(const clang::CXXThrowExpr *node);
  ValueId statementExpression(const clang::StmtExpr *node);

  // Literals.cpp
  ValueId literal(const clang::Expr *node);
  ValueId userLiteral(const clang::UserDefinedLiteral *node);
  /// A duration of known length, as thousandths of a second.
  std::optional<double> seconds(const clang::Expr *node);

  // Operators.cpp
  ValueId unary(const clang::UnaryOperator *node);
  void letWrite(const clang::Expr *place);
  Argument::Lent lentTo(const clang::FunctionDecl *function,
                        std::size_t position,
                        const clang::Expr *argument) const;
  ValueId binary(const clang::BinaryOperator *node);
  ValueId overloaded(const clang::CXXOperatorCallExpr *node);
  ValueId assignment(const clang::Expr *target, const clang::Expr *value,
                     Span span);
  void assign(ValueId target, ValueId value, Span span, Span inner);
  ValueId shortCircuit(const clang::BinaryOperator *node);
  ValueId conditional(const clang::AbstractConditionalOperator *node);
  std::optional<ValueId> comparison(clang::BinaryOperatorKind kind,
                                    const clang::Expr *left,
                                    const clang::Expr *right);
  ValueId operatorCall(const clang::CXXOperatorCallExpr *node, bool isOwn);
  ValueId operandsOfCall(llvm::ArrayRef<const clang::Expr *> list);
  ValueId item(const clang::Expr *base, const clang::Expr *index, Span span);

  // Calls.cpp
  ValueId call(const clang::CallExpr *node);
  ValueId callee(const clang::CallExpr *node, Arguments &arguments);
  ValueId memberCallee(const clang::MemberExpr *member, Arguments &arguments);
  void argumentsOf(llvm::ArrayRef<const clang::Expr *> list,
                   const clang::FunctionDecl *function, Arguments &arguments);
  void addArgument(ValueId value, Span span, Arguments &arguments);
  void templateArguments(const clang::CallExpr *node, Arguments &arguments);
  void bindFilled(const clang::CallExpr *node, ValueId result);
  std::optional<ValueId> transparentCall(const clang::CallExpr *node);
  static bool isPlain(const clang::Expr *defaultArgument);

  // Constructions.cpp
  bool dropsResult(const clang::CXXRecordDecl *record) const;
  ValueId construction(const clang::CXXConstructExpr *node, bool isImplicit);
  ValueId construct(const clang::RecordDecl *record,
                    const clang::CXXConstructorDecl *constructor,
                    llvm::ArrayRef<Argument> arguments, Span span, Span inner);
  ValueId aggregate(const clang::InitListExpr *node);
  ValueId aggregateObject(const clang::InitListExpr *node,
                          const clang::RecordDecl *record);
  ValueId elements(llvm::ArrayRef<const clang::Expr *> list);
  bool isTable(llvm::ArrayRef<const clang::Expr *> list) const;
  ValueId newExpression(const clang::CXXNewExpr *node);
  ValueId deleteExpression(const clang::CXXDeleteExpr *node);
  ValueId unresolvedConstruction(clang::QualType type,
                                 llvm::ArrayRef<const clang::Expr *> arguments,
                                 Span span);

  clang::ASTContext &context;
  Files &files;
  Names &names;
  Builder builder;

  /// Variables of functions; a lambda finds those of the function around it.
  llvm::DenseMap<const clang::ValueDecl *, Place> places;
  std::deque<Closure> closures;
  /// Those of the present function that have something to end.
  llvm::DenseMap<const clang::LambdaExpr *, ValueId> lambdas;
  FunctionId module;

  // Of the function that is lowered.
  llvm::SmallVector<Scope, 8> scopes;
  /// Whose first parameter is `this`.
  FunctionId thisFunction;
  /// Objects that were handed on by std::move: somebody else ends their life.
  llvm::DenseSet<const clang::ValueDecl *> moved;
  /// Where everything counts as standing: code that is written elsewhere and
  /// runs here, such as a default argument.
  std::optional<Span> elsewhere;
  unsigned depth = 0;
};

} // namespace looplint::cpp

#endif // LOOPLINT_FRONTEND_CPP_LOWERING_H
