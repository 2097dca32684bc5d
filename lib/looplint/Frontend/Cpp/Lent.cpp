//===- Lent.cpp - arguments that end before a coroutine does --------------===//
//
// A reference, a pointer or a view that is passed to a coroutine outlives what
// it refers to where that is a temporary or an object of the calling function.
// Only what the syntax shows is noted: a reference that was handed on may refer
// to anything.
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"

namespace looplint::cpp {

/// A class whose objects refer to what they are made of.
static bool isView(clang::QualType type) {
  const clang::CXXRecordDecl *record = type->getAsCXXRecordDecl();
  return record && record->isInStdNamespace() && record->getIdentifier() &&
         (record->getName() == "basic_string_view" ||
          record->getName() == "span");
}

/// `std::move(x)` is x.
static const clang::Expr *moved(const clang::Expr *node) {
  const auto *call = llvm::dyn_cast<clang::CallExpr>(node);
  const clang::FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  bool isMove = callee && callee->isInStdNamespace() &&
                callee->getIdentifier() && callee->getName() == "move" &&
                call->getNumArgs() == 1;
  return isMove ? call->getArg(0) : nullptr;
}

static Argument::Lent lentVariable(const clang::DeclRefExpr *node) {
  const auto *variable = llvm::dyn_cast<clang::VarDecl>(node->getDecl());
  bool isLocal = variable && variable->hasLocalStorage() &&
                 !variable->getType()->isReferenceType() &&
                 !node->refersToEnclosingVariableOrCapture();
  return isLocal ? Argument::LocalObject : Argument::NotLent;
}

/// What stands behind one layer of \p node; null where that is no layer.
/// \p isPlace says whether the object itself is referred to from here on.
static const clang::Expr *inside(const clang::Expr *node, bool &isPlace) {
  if (const auto *cast = llvm::dyn_cast<clang::CastExpr>(node)) {
    isPlace |= cast->getCastKind() == clang::CK_ArrayToPointerDecay;
    return cast->getSubExpr();
  }
  if (const auto *call = llvm::dyn_cast<clang::CXXMemberCallExpr>(node)) {
    // A text that is converted to a view of it.
    isPlace = true;
    return llvm::isa_and_nonnull<clang::CXXConversionDecl>(
               call->getMethodDecl())
               ? call->getImplicitObjectArgument()
               : nullptr;
  }
  if (const auto *made = llvm::dyn_cast<clang::CXXConstructExpr>(node))
    return made->getNumArgs() == 1 && isView(made->getType()) ? made->getArg(0)
                                                              : nullptr;
  if (const auto *address = llvm::dyn_cast<clang::UnaryOperator>(node)) {
    isPlace = true;
    return address->getOpcode() == clang::UO_AddrOf ? address->getSubExpr()
                                                    : nullptr;
  }
  if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(node))
    return member->isArrow() ? nullptr : member->getBase();
  if (const auto *temporary = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(node))
    return temporary->getSubExpr();
  if (const auto *whole = llvm::dyn_cast<clang::ParenExpr>(node))
    return whole->getSubExpr();
  return moved(node);
}

Argument::Lent Lowering::lentTo(const clang::FunctionDecl *function,
                                std::size_t position,
                                const clang::Expr *argument) const {
  if (!function || !names.isProject(function) ||
      position >= function->getNumParams())
    return Argument::NotLent;
  clang::QualType type = function->getParamDecl(position)->getType();
  bool isReference = type->isReferenceType();
  if (!isReference && !type->isPointerType() && !isView(type))
    return Argument::NotLent;
  bool isPlace = isReference;
  while (argument) {
    if (const auto *made =
            llvm::dyn_cast<clang::MaterializeTemporaryExpr>(argument)) {
      if (isPlace && !isView(made->getType()))
        return Argument::Temporary;
      argument = made->getSubExpr();
      continue;
    }
    if (const auto *name = llvm::dyn_cast<clang::DeclRefExpr>(argument))
      return isPlace ? lentVariable(name) : Argument::NotLent;
    argument = inside(argument, isPlace);
  }
  return Argument::NotLent;
}

} // namespace looplint::cpp
