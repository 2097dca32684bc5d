//===- Literals.cpp -------------------------------------------------------===//

#include "Lowering.h"

#include "clang/AST/APValue.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

namespace looplint::cpp {

ValueId Lowering::literal(const clang::Expr *node) {
  if (const auto *integer = llvm::dyn_cast<clang::IntegerLiteral>(node)) {
    const llvm::APInt &value = integer->getValue();
    return builder.integer(
        value.getActiveBits() > 31
            ? -1
            : static_cast<std::int64_t>(value.getZExtValue()));
  }
  if (const auto *truth = llvm::dyn_cast<clang::CXXBoolLiteralExpr>(node))
    return builder.boolean(truth->getValue());
  if (llvm::isa<clang::CXXNullPtrLiteralExpr, clang::GNUNullExpr>(node))
    return builder.constant(ValueKind::None);
  if (const auto *number = llvm::dyn_cast<clang::FloatingLiteral>(node))
    return builder.thousandths(number->getValueAsApproximateDouble());
  if (const auto *text = llvm::dyn_cast<clang::StringLiteral>(node))
    // Behind a null nobody reads on: Qt keeps the place of a slot there.
    return text->getCharByteWidth() == 1
               ? builder.string(text->getString().split('\0').first)
               : builder.unknown();
  if (const auto *character = llvm::dyn_cast<clang::CharacterLiteral>(node))
    return builder.integer(character->getValue());
  return operandsOf(node);
}

ValueId Lowering::userLiteral(const clang::UserDefinedLiteral *node) {
  if (std::optional<double> duration = seconds(node))
    return builder.thousandths(*duration);
  return builder.unknown();
}

/// The length of the unit of `std::chrono::duration<Count, Unit>`.
static std::optional<double>
unitOf(const clang::ClassTemplateSpecializationDecl *duration) {
  const clang::TemplateArgumentList &arguments = duration->getTemplateArgs();
  if (arguments.size() < 2 ||
      arguments[1].getKind() != clang::TemplateArgument::Type)
    return {};
  const auto *unit =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
          arguments[1].getAsType()->getAsCXXRecordDecl());
  if (!unit || unit->getTemplateArgs().size() != 2)
    return {};
  const clang::TemplateArgument &above = unit->getTemplateArgs()[0];
  const clang::TemplateArgument &below = unit->getTemplateArgs()[1];
  if (above.getKind() != clang::TemplateArgument::Integral ||
      below.getKind() != clang::TemplateArgument::Integral)
    return {};
  return above.getAsIntegral().roundToDouble() /
         below.getAsIntegral().roundToDouble();
}

/// Time is the language's (`std::chrono`); which time-outs matter, models say.
std::optional<double> Lowering::seconds(const clang::Expr *node) {
  const auto *duration =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
          node->getType()->getAsCXXRecordDecl());
  if (!duration || names.qualified(duration) != "std.chrono.duration")
    return {};
  std::optional<double> unit = unitOf(duration);
  clang::Expr::EvalResult result;
  if (!unit || node->isValueDependent() ||
      !node->EvaluateAsRValue(result, context) || !result.Val.isStruct() ||
      result.Val.getStructNumFields() != 1)
    return {};
  const clang::APValue &count = result.Val.getStructField(0);
  if (count.isInt())
    return count.getInt().roundToDouble() * *unit;
  if (count.isFloat())
    return count.getFloat().convertToDouble() * *unit;
  return {};
}

} // namespace looplint::cpp
