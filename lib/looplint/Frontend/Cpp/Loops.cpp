//===- Loops.cpp ----------------------------------------------------------===//

#include "Lowering.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"

namespace looplint::cpp {

void Lowering::beginLoop(const clang::Stmt *node) {
  builder.emit(OperationKind::Loop, spanOf(node));
  enterScope(/*isLoop=*/true);
}

void Lowering::endLoop(const clang::Stmt *node) {
  leaveScope(node);
  Span whole = spanOf(node);
  builder.emit(OperationKind::EndLoop, {whole.end, whole.end});
}

void Lowering::loopTest(const clang::Expr *condition) {
  if (condition)
    builder.emit(OperationKind::LoopTest, spanOf(condition),
                 evaluated(condition));
}

void Lowering::whileStatement(const clang::WhileStmt *node) {
  beginLoop(node);
  if (const clang::VarDecl *declared = node->getConditionVariable())
    variable(declared, spanOf(declared));
  loopTest(node->getCond());
  statement(node->getBody());
  endLoop(node);
}

/// The body runs before the test, so the test is an If that leaves.
void Lowering::doStatement(const clang::DoStmt *node) {
  beginLoop(node);
  statement(node->getBody());
  Span span = spanOf(node->getCond());
  ValueId condition = evaluated(node->getCond());
  // `do … while (false)` runs once.
  if (builder.kindOf(condition) == ValueKind::False) {
    builder.emit(OperationKind::Break, span);
  } else {
    builder.emit(OperationKind::If, span, builder.negation(condition));
    builder.emit(OperationKind::Break, span);
    builder.emit(OperationKind::EndIf, {span.end, span.end});
  }
  endLoop(node);
}

void Lowering::forStatement(const clang::ForStmt *node) {
  enterScope();
  statement(node->getInit());
  beginLoop(node);
  if (const clang::VarDecl *declared = node->getConditionVariable())
    variable(declared, spanOf(declared));
  loopTest(node->getCond());
  statement(node->getBody());
  if (node->getInc())
    discarded(node->getInc());
  endLoop(node);
  leaveScope(node);
}

void Lowering::rangeFor(const clang::CXXForRangeStmt *node) {
  enterScope();
  statement(node->getInit());
  const clang::Expr *range = node->getRangeInit();
  ValueId container = typed(evaluated(range), range->getType());
  beginLoop(node);
  builder.emit(OperationKind::Iterate, spanOf(range), container);
  const clang::VarDecl *declared = node->getLoopVariable();
  ValueId value = typed(builder.element(container), declared->getType());
  if (const auto *parts = llvm::dyn_cast<clang::DecompositionDecl>(declared))
    decomposition(parts, value, spanOf(declared));
  else
    bindVariable(declared, value, spanOf(declared));
  statement(node->getBody());
  endLoop(node);
  leaveScope(node);
}

} // namespace looplint::cpp
