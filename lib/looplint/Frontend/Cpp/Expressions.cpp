//===- Expressions.cpp - what an expression's value is --------------------===//

#include "Lowering.h"
#include "looplint/Program/Language.h"
#include "looplint/Support/QualifiedName.h"

#include "clang/AST/ASTContext.h"
#include "llvm/Support/SaveAndRestore.h"

namespace looplint::cpp {

/// What says the same as the expression in it.
const clang::Expr *Lowering::written(const clang::Expr *node) const {
  for (;;) {
    const clang::Expr *inner = node;
    if (const auto *full = llvm::dyn_cast<clang::FullExpr>(node))
      inner = full->getSubExpr();
    else if (const auto *paren = llvm::dyn_cast<clang::ParenExpr>(node))
      inner = paren->getSubExpr();
    else if (const auto *kept =
                 llvm::dyn_cast<clang::MaterializeTemporaryExpr>(node))
      inner = kept->getSubExpr();
    else if (const auto *bound =
                 llvm::dyn_cast<clang::CXXBindTemporaryExpr>(node))
      inner = bound->getSubExpr();
    else if (const auto *replaced =
                 llvm::dyn_cast<clang::SubstNonTypeTemplateParmExpr>(node))
      inner = replaced->getReplacement();
    else if (const auto *list =
                 llvm::dyn_cast<clang::CXXStdInitializerListExpr>(node))
      inner = list->getSubExpr();
    else if (const auto *cast = llvm::dyn_cast<clang::CastExpr>(node)) {
      bool isSame = cast->getCastKind() != clang::CK_NullToPointer &&
                    cast->getCastKind() != clang::CK_ConstructorConversion;
      inner = isSame ? cast->getSubExpr() : node;
    }
    if (inner == node)
      return node;
    node = inner;
  }
}

const clang::Expr *Lowering::origin(const clang::Expr *node) const {
  for (;;) {
    node = written(node);
    const auto *implicit = llvm::dyn_cast<clang::ImplicitCastExpr>(node);
    const auto *copy = llvm::dyn_cast<clang::CXXConstructExpr>(
        implicit ? written(implicit->getSubExpr()) : node);
    if (!copy || copy->getNumArgs() != 1)
      return node;
    bool isCopy = copy->getConstructor()->isCopyOrMoveConstructor();
    if (!isCopy && (!implicit || names.isProject(copy->getConstructor())))
      return node;
    node = copy->getArg(0);
  }
}

ValueId Lowering::expression(const clang::Expr *node) {
  if (!node || depth >= deepest)
    return builder.unknown();
  ++depth;
  ValueId value = evaluated(node);
  --depth;
  return value;
}

ValueId Lowering::evaluated(const clang::Expr *outer) {
  const clang::Expr *node = written(outer);
  switch (node->getStmtClass()) {
  case clang::Stmt::DeclRefExprClass:
    return name(node, llvm::cast<clang::DeclRefExpr>(node)->getDecl());
  case clang::Stmt::MemberExprClass:
    return memberAccess(llvm::cast<clang::MemberExpr>(node));
  case clang::Stmt::CXXThisExprClass:
    return thisValue();
  case clang::Stmt::CallExprClass:
  case clang::Stmt::CXXMemberCallExprClass:
  case clang::Stmt::CUDAKernelCallExprClass:
    return call(llvm::cast<clang::CallExpr>(node));
  case clang::Stmt::CXXOperatorCallExprClass:
    return overloaded(llvm::cast<clang::CXXOperatorCallExpr>(node));
  case clang::Stmt::UserDefinedLiteralClass:
    return userLiteral(llvm::cast<clang::UserDefinedLiteral>(node));
  case clang::Stmt::CXXConstructExprClass:
  case clang::Stmt::CXXTemporaryObjectExprClass:
    return construction(llvm::cast<clang::CXXConstructExpr>(node),
                        /*isImplicit=*/false);
  case clang::Stmt::UnaryOperatorClass:
    return unary(llvm::cast<clang::UnaryOperator>(node));
  case clang::Stmt::BinaryOperatorClass:
  case clang::Stmt::CompoundAssignOperatorClass:
    return binary(llvm::cast<clang::BinaryOperator>(node));
  case clang::Stmt::ConditionalOperatorClass:
  case clang::Stmt::BinaryConditionalOperatorClass:
    return conditional(llvm::cast<clang::AbstractConditionalOperator>(node));
  case clang::Stmt::ArraySubscriptExprClass: {
    const auto *subscript = llvm::cast<clang::ArraySubscriptExpr>(node);
    return item(subscript->getBase(), subscript->getIdx(), spanOf(node));
  }
  case clang::Stmt::LambdaExprClass:
    return lambda(llvm::cast<clang::LambdaExpr>(node));
  case clang::Stmt::InitListExprClass:
    return aggregate(llvm::cast<clang::InitListExpr>(node));
  default:
    return rareExpression(node);
  }
}

ValueId Lowering::rareExpression(const clang::Expr *node) {
  if (const auto *cast = llvm::dyn_cast<clang::CastExpr>(node))
    return conversion(cast);
  if (const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(node))
    return awaitOperand(node, await->getOperand());
  if (const auto *await = llvm::dyn_cast<clang::DependentCoawaitExpr>(node))
    return awaitOperand(node, await->getOperand());
  if (const auto *yield = llvm::dyn_cast<clang::CoyieldExpr>(node))
    return yieldOperand(node, yield->getOperand());
  if (const auto *thrown = llvm::dyn_cast<clang::CXXThrowExpr>(node))
    return throwExpression(thrown);
  if (const auto *made = llvm::dyn_cast<clang::CXXNewExpr>(node))
    return newExpression(made);
  if (const auto *ended = llvm::dyn_cast<clang::CXXDeleteExpr>(node))
    return deleteExpression(ended);
  if (const auto *fallback = llvm::dyn_cast<clang::CXXDefaultInitExpr>(node))
    return writtenElsewhere(fallback->getExpr(), node);
  if (const auto *fallback = llvm::dyn_cast<clang::CXXDefaultArgExpr>(node))
    return writtenElsewhere(fallback->getExpr(), node);
  if (const auto *rewritten =
          llvm::dyn_cast<clang::CXXRewrittenBinaryOperator>(node)) {
    auto parts = rewritten->getDecomposedForm();
    if (auto value = comparison(parts.Opcode, parts.LHS, parts.RHS))
      return *value;
  }
  if (const auto *inherited =
          llvm::dyn_cast<clang::CXXScalarValueInitExpr>(node))
    return inherited->getType()->isPointerType()
               ? builder.constant(ValueKind::None)
               : builder.unknown();
  if (const auto *block = llvm::dyn_cast<clang::StmtExpr>(node))
    return statementExpression(block);
  if (const auto *compound = llvm::dyn_cast<clang::CompoundLiteralExpr>(node))
    return expression(compound->getInitializer());
  if (const auto *opaque = llvm::dyn_cast<clang::OpaqueValueExpr>(node))
    return expression(opaque->getSourceExpr());
  return patternExpression(node);
}

/// A default of another file runs here and counts as standing here.
ValueId Lowering::writtenElsewhere(const clang::Expr *value,
                                   const clang::Expr *use) {
  std::optional<Span> here = elsewhere;
  if (files.projectFile(value->getExprLoc()) !=
      files.projectFile(use->getExprLoc()))
    here = spanOf(use);
  llvm::SaveAndRestore standsHere(elsewhere, here);
  return expression(value);
}

/// What stands only in templates that nothing instantiates, and the rest.
ValueId Lowering::patternExpression(const clang::Expr *node) {
  if (const auto *overloads = llvm::dyn_cast<clang::OverloadExpr>(node))
    return unresolvedName(overloads);
  if (const auto *member =
          llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(node)) {
    ValueId object = member->isImplicitAccess() ? thisValue()
                                                : expression(member->getBase());
    return builder.attribute(object, member->getMember().getAsString(),
                             spanOf(node));
  }
  if (const auto *made =
          llvm::dyn_cast<clang::CXXUnresolvedConstructExpr>(node)) {
    llvm::SmallVector<const clang::Expr *, 4> arguments(made->arguments());
    return unresolvedConstruction(made->getTypeAsWritten(), arguments,
                                  spanOf(node));
  }
  if (const auto *expansion = llvm::dyn_cast<clang::PackExpansionExpr>(node))
    return expression(expansion->getPattern());
  if (llvm::isa<clang::UnaryExprOrTypeTraitExpr, clang::CXXNoexceptExpr,
                clang::CXXTypeidExpr, clang::RequiresExpr, clang::TypeTraitExpr,
                clang::ConceptSpecializationExpr, clang::OffsetOfExpr,
                clang::ImplicitValueInitExpr>(node))
    return builder.unknown();
  if (const auto *broken = llvm::dyn_cast<clang::RecoveryExpr>(node))
    return notUnderstood(broken);
  return literal(node);
}

/// What Clang has an error for may be anything: what some function returns that
/// nobody knows, and that gets the parts which are understood.
ValueId Lowering::notUnderstood(const clang::RecoveryExpr *node) {
  llvm::SmallVector<Argument, 4> parts;
  for (const clang::Expr *part : node->subExpressions())
    if (part)
      parts.push_back({.kind = Argument::Positional,
                       .name = {},
                       .value = expression(part),
                       .span = spanOf(part)});
  llvm::StringRef name = language::notUnderstood;
  name.consume_front(cppNamePrefix);
  ValueId callee = builder.entity(name, "");
  return builder.emitCall(
      {.span = spanOf(node), .inner = spanOf(node), .value = callee}, parts);
}

ValueId Lowering::operandsOf(const clang::Stmt *node) {
  Values operands;
  for (const clang::Stmt *child : node->children())
    if (const auto *part = llvm::dyn_cast_or_null<clang::Expr>(child))
      operands.push_back(expression(part));
  return builder.unknown(operands);
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

ValueId Lowering::entity(const clang::NamedDecl *declaration) {
  // What instantiates a library's template is for models, by the pattern.
  const clang::NamedDecl *linked = declaration;
  if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(declaration))
    if (!names.isProject(declaration))
      if (const clang::FunctionDecl *pattern =
              function->getTemplateInstantiationPattern())
        linked = pattern;
  return builder.entity(names.qualified(linked), names.linkage(linked));
}

ValueId Lowering::name(const clang::Expr *node,
                       const clang::ValueDecl *declaration) {
  if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration)) {
    if (!variable->hasGlobalStorage() || variable->isLocalVarDecl())
      return variableValue(variable);
    return entity(variable);
  }
  if (llvm::isa<clang::BindingDecl>(declaration))
    return variableValue(declaration);
  if (llvm::isa<clang::FunctionDecl, clang::EnumConstantDecl, clang::FieldDecl>(
          declaration))
    return entity(declaration);
  return operandsOf(node);
}

ValueId Lowering::unresolvedName(const clang::OverloadExpr *node) {
  if (const auto *member = llvm::dyn_cast<clang::UnresolvedMemberExpr>(node)) {
    ValueId object = member->isImplicitAccess() ? thisValue()
                                                : expression(member->getBase());
    return builder.attribute(object, member->getName().getAsString(),
                             spanOf(node));
  }
  if (node->decls_begin() == node->decls_end())
    return builder.unknown();
  const clang::NamedDecl *first = (*node->decls_begin())->getUnderlyingDecl();
  if (const auto *pattern = llvm::dyn_cast<clang::TemplateDecl>(first))
    if (pattern->getTemplatedDecl())
      first = pattern->getTemplatedDecl();
  return entity(first);
}

ValueId Lowering::memberAccess(const clang::MemberExpr *node) {
  const clang::ValueDecl *member = node->getMemberDecl();
  const auto *field = llvm::dyn_cast<clang::FieldDecl>(member);
  if (!field) {
    if (!llvm::isa<clang::CXXThisExpr>(written(node->getBase())))
      expression(node->getBase());
    return name(node, member);
  }
  ValueId object = receiver(node->getBase());
  // The members of a nameless union are members of the class around it.
  if (field->isAnonymousStructOrUnion())
    return object;
  return builder.attribute(object, field->getName(), spanOf(node));
}

ValueId Lowering::thisValue() {
  if (!thisFunction)
    return builder.unknown();
  return builder.variable({thisFunction, 0});
}

ValueId Lowering::receiver(const clang::Expr *node) {
  const clang::Expr *object = written(node);
  if (llvm::isa<clang::CXXThisExpr>(object))
    return thisValue();
  ValueId value = expression(object);
  clang::QualType type = object->getType().getNonReferenceType();
  if (type->isPointerType())
    type = type->getPointeeType();
  const clang::RecordDecl *record = type->getAsRecordDecl();
  // `->` of a smart pointer leads to its object, `.` to itself.
  if (record && object->getStmtClass() != clang::Stmt::CXXOperatorCallExprClass)
    return typedAs(value, record);
  return typed(value, node->getType());
}

ValueId Lowering::typed(ValueId value, clang::QualType type) {
  const clang::RecordDecl *record = names.classOf(type);
  return record ? typedAs(value, record) : value;
}

bool Lowering::isThis(ValueId value) const {
  const Value &read = builder[value];
  if (read.kind == ValueKind::Local)
    return builder.current() == thisFunction && read.a == 0;
  return read.kind == ValueKind::Outer && read.a == thisFunction.raw() &&
         read.b == 0;
}

/// Whether \p value is the result of constructing what \p type names.
bool Lowering::isConstructed(ValueId value, ValueId type) {
  const Operation &made = builder.operation(builder[value].a);
  return made.value && builder.kindOf(made.value) == ValueKind::Entity &&
         builder[made.value].a == builder[type].a;
}

ValueId Lowering::typedAs(ValueId value, const clang::RecordDecl *record) {
  switch (builder.kindOf(value)) {
  case ValueKind::Local:
  case ValueKind::Outer:
  case ValueKind::Entity:
  case ValueKind::Attribute:
  case ValueKind::Item:
  case ValueKind::Element:
  case ValueKind::Result:
  case ValueKind::Awaited:
  case ValueKind::Caught:
  case ValueKind::Unknown:
    break;
  default:
    return value;
  }
  const auto *withMembers = llvm::dyn_cast<clang::CXXRecordDecl>(record);
  if ((withMembers && withMembers->isLambda()) || isThis(value))
    return value;
  ValueId type = entity(record);
  if (builder.kindOf(value) == ValueKind::Result && isConstructed(value, type))
    return value;
  return builder.pair(ValueKind::Typed, value, type);
}

} // namespace looplint::cpp
