//===- Closures.cpp - lambdas, and what waits, throws or converts ---------===//

#include "Lowering.h"
#include "looplint/Program/Language.h"

#include "clang/AST/ASTContext.h"

namespace looplint::cpp {

//===----------------------------------------------------------------------===//
// Lambdas
//===----------------------------------------------------------------------===//

ValueId Lowering::lambda(const clang::LambdaExpr *node) {
  auto init = node->capture_init_begin();
  for (const clang::LambdaCapture &capture : node->captures()) {
    if (capture.capturesVariable() && node->isInitCapture(&capture)) {
      const auto *declaration =
          llvm::cast<clang::VarDecl>(capture.getCapturedVar());
      ValueId value = typed(expression(*init), origin(*init)->getType());
      bindVariable(declaration, value, spanOf(declaration));
    }
    ++init;
  }

  const clang::CXXMethodDecl *body = node->getCallOperator();
  const clang::FunctionTemplateDecl *pattern =
      body->getDescribedFunctionTemplate();
  if (!pattern)
    return closure(node, body);
  // A generic lambda is what its instantiations do: any of them is called.
  constexpr unsigned mostInstantiations = 4;
  ValueId value;
  unsigned count = 0;
  for (const clang::FunctionDecl *instance : pattern->specializations()) {
    const clang::FunctionDecl *definition = instance->getDefinition();
    if (!definition || ++count > mostInstantiations)
      continue;
    ValueId one = closure(node, definition);
    value = value ? builder.add(ValueKind::Conditional, {value, one},
                                builder.unknown().raw())
                  : one;
  }
  return value ? value : closure(node, body);
}

ValueId Lowering::closure(const clang::LambdaExpr *node,
                          const clang::FunctionDecl *body) {
  Summary &summary = builder.summary;
  llvm::SmallVector<Parameter, 8> parameters;
  // The closure itself, where it is a parameter, is no argument of a call.
  for (const clang::ParmVarDecl *declaration : body->parameters())
    if (!declaration->isExplicitObjectParameter())
      parameters.push_back(parameter(declaration));
  Function result;
  result.kind = FunctionKind::Lambda;
  result.ownsCaptures = body->hasCXXExplicitFunctionObjectParameter() &&
                        !body->getParamDecl(0)->getType()->isReferenceType();
  result.isAsync =
      llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(body->getBody());
  result.isEager = startsAtOnce(body);
  result.name = summary.intern("<lambda>");
  result.parent = builder.current();
  llvm::StringRef around =
      summary.string(summary.function(result.parent).qualifiedName);
  result.qualifiedName = result.parent == module
                             ? result.name
                             : summary.intern((around + ".<lambda>").str());
  result.span = spanOf(node);
  result.nameSpan =
      elsewhere ? *elsewhere : files.span(node->getIntroducerRange());
  if (const clang::RecordDecl *record = names.classOf(body->getReturnType()))
    result.returnAnnotation = entity(record);
  FunctionId id = builder.addFunction(result, parameters);
  placeParameters(id, body);
  closures.push_back({id, body, thisFunction, elsewhere});
  ValueId value = builder.add(
      {.kind = ValueKind::Function, .a = id.raw(), .span = result.span});
  if (!node->getLambdaClass()->hasTrivialDestructor())
    lambdas[node] = value;
  return value;
}

//===----------------------------------------------------------------------===//
// Coroutines
//===----------------------------------------------------------------------===//

/// What the promise of a coroutine that returns \p record suspends with at
/// first; null where the class does not say so itself.
static const clang::RecordDecl *
firstSuspend(const clang::CXXRecordDecl *record) {
  for (const clang::Decl *member : record->decls()) {
    const auto *promise = llvm::dyn_cast<clang::CXXRecordDecl>(member);
    if (!promise || !promise->hasDefinition() ||
        promise->getName() != "promise_type")
      continue;
    for (const clang::CXXMethodDecl *method :
         promise->getDefinition()->methods())
      if (method->getNameAsString() == "initial_suspend")
        return method->getReturnType()->getAsRecordDecl();
  }
  return nullptr;
}

/// Whether the function is a coroutine that does not suspend before it begins.
/// In a template that nothing instantiates its promise is asked.
bool Lowering::startsAtOnce(const clang::FunctionDecl *function) {
  const auto *coroutine =
      llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(function->getBody());
  if (!coroutine)
    return false;
  const auto *start =
      llvm::dyn_cast_or_null<clang::Expr>(coroutine->getInitSuspendStmt());
  const auto *suspend =
      start ? llvm::dyn_cast<clang::CoawaitExpr>(start->IgnoreImplicit())
            : nullptr;
  const clang::RecordDecl *type =
      suspend ? names.classOf(suspend->getCommonExpr()->getType()) : nullptr;
  const auto *returned = function->getReturnType()->getAsCXXRecordDecl();
  if (!type && returned)
    type = firstSuspend(returned);
  return type && names.qualified(type).ends_with(language::neverSuspend);
}

/// Closures that are temporaries of what is awaited live until that is done.
void Lowering::endClosures(const clang::Expr *operand) {
  if (lambdas.empty())
    return;
  llvm::SmallVector<const clang::Stmt *, 16> open = {operand};
  while (!open.empty()) {
    const clang::Stmt *node = open.pop_back_val();
    const auto *lambda = llvm::dyn_cast_or_null<clang::LambdaExpr>(node);
    auto known = lambda ? lambdas.find(lambda) : lambdas.end();
    if (known != lambdas.end()) {
      Span span = builder[known->second].span;
      ValueId callee =
          builder.attribute(known->second, language::destructor, span);
      builder.discard(
          builder.emitCall({.span = span, .inner = span, .value = callee}, {}));
    }
    // What another one awaits ends with that.
    if (node && !lambda && !llvm::isa<clang::CoawaitExpr>(node))
      llvm::append_range(open, node->children());
  }
}

ValueId Lowering::awaitOperand(const clang::Expr *node,
                               const clang::Expr *operand) {
  ValueId value = typed(expression(operand), origin(operand)->getType());
  Span span = spanOf(node);
  OperationId await = builder.emit({.kind = OperationKind::Await,
                                    .span = span,
                                    .inner = spanOf(operand),
                                    .value = value});
  endClosures(operand);
  return builder.add(
      {.kind = ValueKind::Awaited, .a = await.raw(), .span = span});
}

ValueId Lowering::yieldOperand(const clang::Expr *node,
                               const clang::Expr *operand) {
  ValueId value = expression(operand);
  Summary &summary = builder.summary;
  summary.functions[builder.current().index()].isGenerator = true;
  OperationId yield = builder.emit({.kind = OperationKind::Yield,
                                    .span = spanOf(node),
                                    .inner = spanOf(operand),
                                    .value = value});
  endClosures(operand);
  return builder.add({.kind = ValueKind::Received, .a = yield.raw()});
}

ValueId Lowering::throwExpression(const clang::CXXThrowExpr *node) {
  ValueId thrown;
  if (const clang::Expr *operand = node->getSubExpr())
    thrown = expression(operand);
  builder.emit(OperationKind::Raise, spanOf(node), thrown);
  return builder.unknown();
}

/// The statement expression of GNU C: its last statement is its value.
ValueId Lowering::statementExpression(const clang::StmtExpr *node) {
  const clang::CompoundStmt *block = node->getSubStmt();
  ValueId value;
  enterScope();
  for (const clang::Stmt *child : block->body()) {
    const auto *last = llvm::dyn_cast<clang::Expr>(child);
    if (child == block->body_back() && last)
      value = expression(last);
    else
      statement(child);
  }
  leaveScope(node);
  return value ? value : builder.unknown();
}

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

/// The casts that make something: all others are the value itself.
ValueId Lowering::conversion(const clang::CastExpr *node) {
  if (node->getCastKind() == clang::CK_NullToPointer)
    return builder.constant(ValueKind::None);
  const clang::Expr *made = written(node->getSubExpr());
  if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(made))
    return construction(construct, llvm::isa<clang::ImplicitCastExpr>(node));
  return expression(made);
}

} // namespace looplint::cpp
