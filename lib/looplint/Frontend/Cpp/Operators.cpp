//===- Operators.cpp ------------------------------------------------------===//

#include "Lowering.h"

#include "clang/AST/ASTContext.h"

namespace looplint::cpp {

ValueId Lowering::unary(const clang::UnaryOperator *node) {
  const clang::Expr *operand = node->getSubExpr();
  switch (node->getOpcode()) {
  case clang::UO_AddrOf:
    letWrite(operand);
    return expression(operand);
  case clang::UO_Deref:
  case clang::UO_Plus:
  case clang::UO_Extension:
  case clang::UO_Coawait:
    return expression(operand);
  case clang::UO_LNot:
    return builder.negation(expression(operand));
  default:
    break;
  }
  ValueId before = expression(operand);
  ValueId result = builder.unknown({before});
  if (node->isIncrementDecrementOp())
    assign(before, result, spanOf(node), spanOf(operand));
  return result;
}

/// Whoever gets a number's address, or a reference to it, may change it.
void Lowering::letWrite(const clang::Expr *place) {
  const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(written(place));
  const auto *variable =
      reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl())
                : nullptr;
  if (!variable || !variable->hasLocalStorage())
    return;
  clang::QualType type = variable->getType();
  bool isNumber = type->isArithmeticType() || type->isEnumeralType();
  if (isNumber && !type.isConstQualified())
    bindVariable(variable, builder.unknown(), spanOf(place));
}

ValueId Lowering::binary(const clang::BinaryOperator *node) {
  if (node->getOpcode() == clang::BO_Assign)
    return assignment(node->getLHS(), node->getRHS(), spanOf(node));
  if (node->isLogicalOp())
    return shortCircuit(node);
  if (node->getOpcode() == clang::BO_Comma) {
    discarded(node->getLHS());
    return expression(node->getRHS());
  }
  if (auto compared =
          comparison(node->getOpcode(), node->getLHS(), node->getRHS()))
    return *compared;
  ValueId left = expression(node->getLHS());
  ValueId right = expression(node->getRHS());
  ValueId result = builder.unknown({left, right});
  if (node->isCompoundAssignmentOp())
    assign(left, result, spanOf(node), spanOf(node->getLHS()));
  return result;
}

std::optional<ValueId> Lowering::comparison(clang::BinaryOperatorKind kind,
                                            const clang::Expr *left,
                                            const clang::Expr *right) {
  if (!clang::BinaryOperator::isComparisonOp(kind) || kind == clang::BO_Cmp)
    return {};
  ValueId a = expression(left);
  ValueId b = expression(right);
  switch (kind) {
  case clang::BO_EQ:
    return builder.pair(ValueKind::Equal, a, b);
  case clang::BO_NE:
    return builder.negation(builder.pair(ValueKind::Equal, a, b));
  case clang::BO_LT:
    return builder.pair(ValueKind::Less, a, b);
  case clang::BO_GT:
    return builder.pair(ValueKind::Less, b, a);
  case clang::BO_LE:
    return builder.negation(builder.pair(ValueKind::Less, b, a));
  default:
    return builder.negation(builder.pair(ValueKind::Less, a, b));
  }
}

//===----------------------------------------------------------------------===//
// Parts that may not run. A bracket with nothing in it is taken back.
//===----------------------------------------------------------------------===//

ValueId Lowering::shortCircuit(const clang::BinaryOperator *node) {
  bool isAnd = node->getOpcode() == clang::BO_LAnd;
  ValueId left = expression(node->getLHS());
  Span whole = spanOf(node);
  std::uint32_t bracket = builder.position();
  builder.emit({.kind = OperationKind::If,
                .span = whole,
                .inner = spanOf(node->getLHS()),
                .value = isAnd ? left : builder.negation(left)});
  ValueId right = expression(node->getRHS());
  if (!builder.takeBackIfLast(bracket))
    builder.emit(OperationKind::EndIf, {whole.end, whole.end});
  return builder.add(isAnd ? ValueKind::And : ValueKind::Or, {left, right});
}

ValueId Lowering::conditional(const clang::AbstractConditionalOperator *node) {
  // `a ?: b` evaluates a once.
  const auto *elvis = llvm::dyn_cast<clang::BinaryConditionalOperator>(node);
  ValueId condition = expression(elvis ? elvis->getCommon() : node->getCond());
  Span whole = spanOf(node);
  std::uint32_t bracket = builder.position();
  builder.emit({.kind = OperationKind::If,
                .span = whole,
                .inner = spanOf(node->getCond()),
                .value = condition});
  ValueId whenTrue = elvis ? condition : expression(node->getTrueExpr());
  std::uint32_t middle = builder.position();
  builder.emit(OperationKind::Else, spanOf(node->getFalseExpr()));
  ValueId whenFalse = expression(node->getFalseExpr());
  builder.takeBackIfLast(middle);
  if (!builder.takeBackIfLast(bracket))
    builder.emit(OperationKind::EndIf, {whole.end, whole.end});
  return builder.add(ValueKind::Conditional, {whenTrue, whenFalse},
                     condition.raw());
}

//===----------------------------------------------------------------------===//
// Assignments
//===----------------------------------------------------------------------===//

ValueId Lowering::item(const clang::Expr *base, const clang::Expr *index,
                       Span span) {
  ValueId container = expression(base);
  ValueId key = expression(index);
  return builder.add({.kind = ValueKind::Item,
                      .a = container.raw(),
                      .b = key.raw(),
                      .span = span});
}

ValueId Lowering::assignment(const clang::Expr *target,
                             const clang::Expr *value, Span span) {
  ValueId assigned = typed(expression(value), origin(value)->getType());
  assign(expression(target), assigned, span, spanOf(target));
  return assigned;
}

/// Binds whatever \p target reads. What is no place (the result of a call that
/// returned a reference) keeps what it had.
void Lowering::assign(ValueId target, ValueId value, Span span, Span inner) {
  if (builder.kindOf(target) == ValueKind::Typed)
    target = ValueId(builder[target].a);
  const Value place = builder[target];
  switch (place.kind) {
  case ValueKind::Local:
  case ValueKind::Outer:
    // `*this = …` gives the object another state and not another object.
    if (!isThis(target))
      builder.bind({place.kind == ValueKind::Local ? builder.current()
                                                   : FunctionId(place.a),
                    place.kind == ValueKind::Local ? place.a : place.b},
                   value, span, inner);
    return;
  case ValueKind::Entity:
    builder.bind(builder.global(builder.summary.string(StringId(place.b))),
                 value, span, inner);
    return;
  case ValueKind::Attribute:
    builder.emit({.kind = OperationKind::BindAttribute,
                  .span = span,
                  .inner = inner,
                  .value = value,
                  .target = ValueId(place.a),
                  .name = StringId(place.b)});
    return;
  case ValueKind::Item:
    builder.emit({.kind = OperationKind::BindItem,
                  .span = span,
                  .inner = inner,
                  .value = value,
                  .target = ValueId(place.a),
                  .key = ValueId(place.b)});
    return;
  default:
    return;
  }
}

//===----------------------------------------------------------------------===//
// Overloaded operators
//===----------------------------------------------------------------------===//

static std::optional<clang::BinaryOperatorKind>
comparisonKind(clang::OverloadedOperatorKind kind) {
  switch (kind) {
  case clang::OO_EqualEqual:
  case clang::OO_ExclaimEqual:
  case clang::OO_Less:
  case clang::OO_Greater:
  case clang::OO_LessEqual:
  case clang::OO_GreaterEqual:
    return clang::BinaryOperator::getOverloadedOpcode(kind);
  default:
    return {};
  }
}

ValueId Lowering::overloaded(const clang::CXXOperatorCallExpr *node) {
  unsigned count = node->getNumArgs();
  const clang::Expr *first = node->getArg(0);
  const clang::FunctionDecl *function = node->getDirectCallee();
  bool isOwn = function && names.isProject(function);
  switch (node->getOperator()) {
  case clang::OO_Arrow:
  case clang::OO_Coawait:
    return expression(first);
  case clang::OO_Star:
  case clang::OO_Amp:
    if (count == 1)
      return expression(first);
    break;
  case clang::OO_Exclaim:
    return builder.negation(expression(first));
  case clang::OO_Equal:
    if (!isOwn || !function->isUserProvided())
      return assignment(first, node->getArg(1), spanOf(node));
    break;
  case clang::OO_Subscript:
    if (!isOwn && count == 2)
      return item(first, node->getArg(1), spanOf(node));
    break;
  case clang::OO_Comma:
    discarded(first);
    return expression(node->getArg(1));
  default:
    break;
  }
  if (auto kind = comparisonKind(node->getOperator()); kind && count == 2)
    if (auto compared = comparison(*kind, first, node->getArg(1)))
      return *compared;
  return operatorCall(node, isOwn);
}

/// Neither a callable nor an object that could hold one.
static bool isPlainData(const clang::Expr *node) {
  clang::QualType type = node->getType().getNonReferenceType();
  return type->isArithmeticType() || type->isEnumeralType() ||
         type->isArrayType() ||
         (type->isPointerType() && !type->getPointeeType()->isRecordType());
}

ValueId Lowering::operatorCall(const clang::CXXOperatorCallExpr *node,
                               bool isOwn) {
  const clang::FunctionDecl *function = node->getDirectCallee();
  llvm::SmallVector<const clang::Expr *, 4> list(node->arguments());
  Span inner = elsewhere ? *elsewhere : files.span(node->getOperatorLoc());
  Operation call = {.span = spanOf(node), .inner = inner};
  Arguments arguments;
  const auto *method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(function);
  if (node->getOperator() == clang::OO_Call) {
    const clang::Expr *object = list.front();
    call.value = expression(object);
    // A library's object that is called is the callable in it.
    if (isOwn)
      call.value = typed(call.value, object->getType());
    call.inner = spanOf(object);
    argumentsOf(llvm::ArrayRef(list).drop_front(), function, arguments);
    return builder.emitCall(call, arguments);
  }
  // Streams, strings, iterators, numbers: most of what is written.
  bool isStandard = function && names.qualified(function).starts_with("std.");
  if (isStandard ||
      (!isOwn && llvm::all_of(llvm::drop_begin(list), isPlainData)))
    return operandsOfCall(list);
  if (method && method->isInstance()) {
    call.value =
        builder.attribute(receiver(list.front()), names.member(method), inner);
    argumentsOf(llvm::ArrayRef(list).drop_front(), function, arguments);
  } else {
    call.value = function ? entity(function) : expression(node->getCallee());
    argumentsOf(list, function, arguments);
  }
  return builder.emitCall(call, arguments);
}

ValueId Lowering::operandsOfCall(llvm::ArrayRef<const clang::Expr *> list) {
  Values operands;
  for (const clang::Expr *each : list)
    operands.push_back(expression(each));
  return builder.unknown(operands);
}

} // namespace looplint::cpp
