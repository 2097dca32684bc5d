//===- Statements.cpp -----------------------------------------------------===//

#include "Lowering.h"
#include "looplint/Program/Language.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"

namespace looplint::cpp {

void Lowering::statement(const clang::Stmt *node) {
  if (!node || depth >= deepest)
    return;
  ++depth;
  switch (node->getStmtClass()) {
  case clang::Stmt::CompoundStmtClass:
    compound(llvm::cast<clang::CompoundStmt>(node));
    break;
  case clang::Stmt::DeclStmtClass:
    declarations(llvm::cast<clang::DeclStmt>(node));
    break;
  case clang::Stmt::IfStmtClass:
    ifStatement(llvm::cast<clang::IfStmt>(node));
    break;
  case clang::Stmt::SwitchStmtClass:
    switchStatement(llvm::cast<clang::SwitchStmt>(node));
    break;
  case clang::Stmt::WhileStmtClass:
    whileStatement(llvm::cast<clang::WhileStmt>(node));
    break;
  case clang::Stmt::DoStmtClass:
    doStatement(llvm::cast<clang::DoStmt>(node));
    break;
  case clang::Stmt::ForStmtClass:
    forStatement(llvm::cast<clang::ForStmt>(node));
    break;
  case clang::Stmt::CXXForRangeStmtClass:
    rangeFor(llvm::cast<clang::CXXForRangeStmt>(node));
    break;
  case clang::Stmt::CXXTryStmtClass:
    tryStatement(llvm::cast<clang::CXXTryStmt>(node));
    break;
  default:
    simpleStatement(node);
  }
  --depth;
}

void Lowering::simpleStatement(const clang::Stmt *node) {
  switch (node->getStmtClass()) {
  case clang::Stmt::ReturnStmtClass:
    return returnStatement(node,
                           llvm::cast<clang::ReturnStmt>(node)->getRetValue());
  case clang::Stmt::CoreturnStmtClass:
    return returnStatement(node,
                           llvm::cast<clang::CoreturnStmt>(node)->getOperand());
  case clang::Stmt::BreakStmtClass:
    return jump(node, OperationKind::Break);
  case clang::Stmt::ContinueStmtClass:
    return jump(node, OperationKind::Continue);
  case clang::Stmt::LabelStmtClass:
    return statement(llvm::cast<clang::LabelStmt>(node)->getSubStmt());
  case clang::Stmt::AttributedStmtClass:
    return statement(llvm::cast<clang::AttributedStmt>(node)->getSubStmt());
  case clang::Stmt::CaseStmtClass:
  case clang::Stmt::DefaultStmtClass:
    return statement(llvm::cast<clang::SwitchCase>(node)->getSubStmt());
  default:
    break;
  }
  if (const auto *value = llvm::dyn_cast<clang::Expr>(node))
    return discarded(value);
  for (const clang::Stmt *child : node->children())
    statement(child);
}

void Lowering::compound(const clang::CompoundStmt *node) {
  enterScope();
  for (const clang::Stmt *child : node->body())
    statement(child);
  leaveScope(node);
}

void Lowering::declarations(const clang::DeclStmt *node) {
  for (const clang::Decl *declaration : node->decls())
    if (const auto *declared = llvm::dyn_cast<clang::VarDecl>(declaration))
      isMadeOnce(declared) ? firstTime(declared, spanOf(node))
                           : variable(declared, spanOf(node));
}

/// A `static` of a function that code has to make.
bool Lowering::isMadeOnce(const clang::VarDecl *declared) const {
  return declared->isStaticLocal() &&
         declared->getTLSKind() == clang::VarDecl::TLS_None &&
         !(declared->hasInit() && declared->hasConstantInitialization());
}

/// It is made by the first call that comes here, and by no other one.
void Lowering::firstTime(const clang::VarDecl *declared, Span statement) {
  builder.emit(OperationKind::If, statement, builder.unknown());
  variable(declared, statement);
  builder.emit(OperationKind::EndIf, {statement.end, statement.end});
}

void Lowering::discarded(const clang::Expr *node) {
  const clang::Expr *whole = written(node);
  ValueId value = evaluated(whole);
  ValueKind kind = builder.kindOf(value);
  if (kind == ValueKind::Typed)
    value = ValueId(builder[value].a);
  // Not what an assignment has kept.
  if (builder.isLast(value))
    builder.discard(value);
  // What nobody keeps ends with the statement.
  bool isObject = builder.kindOf(value) == ValueKind::Result &&
                  whole->isPRValue() && hasEnd(whole->getType());
  if (isObject) {
    Span at = spanOf(node);
    ValueId callee = builder.attribute(typed(value, whole->getType()),
                                       language::destructor, at);
    return builder.discard(
        builder.emitCall({.span = at, .inner = at, .value = callee}, {}));
  }
  // A name says something only where it may stand for a coroutine.
  bool isName = kind == ValueKind::Local || kind == ValueKind::Outer;
  if (isName && whole->getType()->isRecordType() &&
      llvm::isa<clang::DeclRefExpr>(whole))
    return builder.emit(OperationKind::Evaluate, spanOf(node), value);
  // What a coroutine only looks at (`std::cout << name`) has to be there, too.
  if (kind == ValueKind::Unknown && builder.isCoroutine())
    builder.emit(OperationKind::Evaluate, spanOf(node), value);
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

void Lowering::ifStatement(const clang::IfStmt *node) {
  if (node->isConsteval())
    return statement(node->isNegatedConsteval() ? node->getThen()
                                                : node->getElse());
  enterScope();
  statement(node->getInit());
  if (const clang::VarDecl *declared = node->getConditionVariable())
    variable(declared, spanOf(declared));
  ValueId condition = evaluated(node->getCond());
  Span whole = spanOf(node);
  builder.emit({.kind = OperationKind::If,
                .span = whole,
                .inner = spanOf(node->getCond()),
                .value = condition});
  statement(node->getThen());
  if (node->getElse()) {
    builder.emit(OperationKind::Else, spanOf(node->getElse()));
    statement(node->getElse());
  }
  builder.emit(OperationKind::EndIf, {whole.end, whole.end});
  leaveScope(node);
}

namespace {

/// The statements behind one or several labels, up to the next label.
struct SwitchGroup {
  llvm::SmallVector<const clang::Stmt *, 4> statements;
  bool isDefault = false;
  bool fallsThrough = true;
};

} // namespace

static bool endsGroup(const clang::Stmt *node) {
  if (const auto *block = llvm::dyn_cast<clang::CompoundStmt>(node))
    return !block->body_empty() && endsGroup(block->body_back());
  return llvm::isa<clang::BreakStmt, clang::ReturnStmt, clang::ContinueStmt,
                   clang::CoreturnStmt, clang::CXXThrowExpr, clang::GotoStmt>(
      node);
}

static llvm::SmallVector<SwitchGroup> groupsOf(const clang::SwitchStmt *node) {
  llvm::SmallVector<SwitchGroup> groups;
  const auto *body = llvm::dyn_cast<clang::CompoundStmt>(node->getBody());
  if (!body)
    return groups;
  for (const clang::Stmt *child : body->body()) {
    bool isLabelled = false;
    bool isDefault = false;
    while (const auto *label = llvm::dyn_cast<clang::SwitchCase>(child)) {
      isLabelled = true;
      isDefault |= llvm::isa<clang::DefaultStmt>(label);
      child = label->getSubStmt();
    }
    if (isLabelled)
      groups.emplace_back();
    if (groups.empty())
      continue;
    groups.back().isDefault |= isDefault;
    groups.back().statements.push_back(child);
    groups.back().fallsThrough = !endsGroup(child);
  }
  return groups;
}

/// A group that falls into the next stands in an If of its own before it, as
/// the next may run whether or not it did. Only a few are put into each other's
/// Else: nesting costs.
void Lowering::switchStatement(const clang::SwitchStmt *node) {
  constexpr unsigned mostNested = 12;
  enterScope(/*isLoop=*/false, /*isSwitch=*/true);
  statement(node->getInit());
  if (const clang::VarDecl *declared = node->getConditionVariable())
    variable(declared, spanOf(declared));
  ValueId subject = evaluated(node->getCond());
  Span whole = spanOf(node);
  unsigned open = 0;
  bool isElse = false;
  for (const SwitchGroup &group : groupsOf(node)) {
    if (isElse)
      builder.emit(OperationKind::Else, spanOf(group.statements.front()));
    bool isLast = isElse && group.isDefault && !group.fallsThrough;
    if (!isLast) {
      builder.emit({.kind = OperationKind::If,
                    .span = whole,
                    .inner = spanOf(node->getCond()),
                    .value = builder.unknown({subject})});
      ++open;
    }
    switchGroup(group.statements);
    isElse = !isLast && !group.fallsThrough && open < mostNested;
    if (!isElse)
      for (; open != 0; --open)
        builder.emit(OperationKind::EndIf, {whole.end, whole.end});
  }
  for (; open != 0; --open)
    builder.emit(OperationKind::EndIf, {whole.end, whole.end});
  leaveScope(node);
}

void Lowering::switchGroup(llvm::ArrayRef<const clang::Stmt *> group) {
  enterScope();
  for (const clang::Stmt *child : group)
    statement(child);
  leaveScope(group.back());
}

//===----------------------------------------------------------------------===//
// Jumps
//===----------------------------------------------------------------------===//

void Lowering::returnStatement(const clang::Stmt *node,
                               const clang::Expr *value) {
  ValueId returned;
  if (value)
    returned = typed(evaluated(value), origin(value)->getType());
  Span span = spanOf(node);
  endObjects(0, span, value);
  builder.emit({.kind = OperationKind::Return,
                .span = span,
                .inner = value ? spanOf(value) : span,
                .value = returned});
}

void Lowering::jump(const clang::Stmt *node, OperationKind kind) {
  bool isBreak = kind == OperationKind::Break;
  for (std::size_t i = scopes.size(); i-- > 0;) {
    if (!scopes[i].isLoop && !(isBreak && scopes[i].isSwitch))
      continue;
    endObjects(i + 1, spanOf(node), nullptr);
    // What follows the break of a switch is taken to run.
    if (scopes[i].isLoop)
      builder.emit(kind, spanOf(node));
    return;
  }
}

void Lowering::tryStatement(const clang::CXXTryStmt *node) {
  Span whole = spanOf(node);
  builder.emit(OperationKind::Try, whole);
  statement(node->getTryBlock());
  for (unsigned i = 0; i != node->getNumHandlers(); ++i)
    catchClause(node->getHandler(i));
  builder.emit(OperationKind::EndTry, {whole.end, whole.end});
}

void Lowering::catchClause(const clang::CXXCatchStmt *node) {
  const clang::VarDecl *exception = node->getExceptionDecl();
  const clang::RecordDecl *record =
      exception ? names.classOf(exception->getType()) : nullptr;
  ValueId type;
  if (exception)
    type = record ? entity(record) : builder.unknown();
  Span span = spanOf(node);
  OperationId except =
      builder.emit({.kind = OperationKind::Except,
                    .span = span,
                    .inner = exception ? spanOf(exception) : span,
                    .value = type});
  enterScope();
  if (exception)
    bindVariable(exception,
                 builder.add({.kind = ValueKind::Caught, .a = except.raw()}),
                 spanOf(exception));
  statement(node->getHandlerBlock());
  leaveScope(node);
}

} // namespace looplint::cpp
